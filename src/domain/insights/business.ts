import type { BusinessIncome } from "../filing";
import type { Rupees } from "../rupees";
import { input, sum, type Expression } from "./expression";
import { stepOf, type Step } from "./figure";
import type { IncomePolicy } from "./policy";
import { mayHaveBusiness, type YearReturn } from "./yearReturn";

/** Income from business or profession, by the lender's basis. */
export function businessOf(ofYear: YearReturn, policy: IncomePolicy): Step {
  const { filing, year, place, doubtsAt } = ofYear;
  const name = `${year}.business`;
  if (!mayHaveBusiness(filing)) {
    return stepOf(name, { expression: { op: "NOTHING", path: `${place}.form`, label: "noneInForm" } });
  }
  const headPath = `${place}.incomeHeads.businessOrProfession`;
  const head = filing.incomeHeads?.businessOrProfession ?? null;
  const told = filing.business;
  const isPresumptive = told?.presumptiveSection !== undefined || filing.form === "ITR_4";
  const isAsDeclared = policy.businessBasis === "DECLARED" || (policy.businessBasis === "CASH_PROFIT" && isPresumptive);
  // A head of 0 without details is 0 on every basis.
  if (isAsDeclared || (head === 0 && !hasDetails(told))) {
    return head === null
      ? stepOf(name, { missing: [headPath] })
      : stepOf(name, { expression: input(headPath, "headOfBusiness", head), doubtsAt });
  }
  const { expression, missing } = made(told, `${place}.business`, policy);
  return stepOf(name, { expression, missing, doubtsAt });
}

function hasDetails(business: BusinessIncome | undefined): business is BusinessIncome {
  if (business === undefined) return false;
  const { turnover, grossProfit, netProfit, depreciation, interestPaid, partnerships } = business;
  const amounts = [turnover, grossProfit, netProfit, depreciation, interestPaid];
  return partnerships.length > 0 || amounts.some((amount) => amount !== null);
}

interface Made {
  readonly expression?: Expression | undefined;
  readonly missing: readonly string[];
}

function made(business: BusinessIncome | undefined, at: string, policy: IncomePolicy): Made {
  switch (policy.businessBasis) {
    case "GROSS_PROFIT":
      return grossProfitOf(business, at, policy.grossProfitShare);
    case "RECEIPTS":
      return receiptsOf(business, at, policy.receiptsMultiple);
    case "DECLARED":
    case "CASH_PROFIT":
      return cashProfitOf(business, at);
  }
}

function grossProfitOf(business: BusinessIncome | undefined, at: string, value: number): Made {
  const [grossProfit, turnover] = [business?.grossProfit ?? null, business?.turnover ?? null];
  if (grossProfit === null || turnover === null) {
    return { missing: missingOf(at, { grossProfit, turnover }) };
  }
  const share: Expression = {
    op: "TIMES",
    of: input(`${at}.turnover`, "turnover", turnover),
    factor: { path: "policy.grossProfitShare", value },
  };
  return {
    expression: { op: "LOWER_OF", of: [input(`${at}.grossProfit`, "grossProfit", grossProfit), share] },
    missing: [],
  };
}

function receiptsOf(business: BusinessIncome | undefined, at: string, value: number | undefined): Made {
  const turnover = business?.turnover ?? null;
  if (turnover === null) return { missing: missingOf(at, { turnover }) };
  if (value === undefined) return { missing: ["policy.receiptsMultiple"] };
  const factor = { path: "policy.receiptsMultiple", value };
  return { expression: { op: "TIMES", of: input(`${at}.turnover`, "turnover", turnover), factor }, missing: [] };
}

/** The profit before tax, with what costs no cash and what the owners' lenders and partners are paid added back. */
function cashProfitOf(business: BusinessIncome | undefined, at: string): Made {
  if (business === undefined || business.netProfit === null) return { missing: [`${at}.netProfit`] };
  const { netProfit, taxOnProfit, depreciation, interestPaid, partnerships } = business;
  const parts = [
    { path: `${at}.depreciation`, label: "depreciation", amount: depreciation },
    { path: `${at}.interestPaid`, label: "interestPaid", amount: interestPaid },
    ...partnerships.flatMap(({ remuneration, interest }, index) => [
      { path: `${at}.partnerships[${index}].remuneration`, label: "remuneration", amount: remuneration } as const,
      { path: `${at}.partnerships[${index}].interest`, label: "partnersInterest", amount: interest } as const,
    ]),
  ] as const;
  const added = parts.flatMap(({ path, label, amount }) => (amount === null ? [] : [input(path, label, amount)]));
  const { of } = sum(input(`${at}.netProfit`, "netProfit", netProfit), ...added);
  const tax =
    taxOnProfit === null ? [] : [{ isTakenOff: true, of: input(`${at}.taxOnProfit`, "taxOnProfit", taxOnProfit) }];
  return {
    expression: { op: "SUM", of: [...of, ...tax] },
    missing: parts.filter(({ amount }) => amount === null).map(({ path }) => path),
  };
}

function missingOf(at: string, amounts: Readonly<Record<string, Rupees | null>>): readonly string[] {
  return Object.entries(amounts).flatMap(([name, amount]) => (amount === null ? [`${at}.${name}`] : []));
}
