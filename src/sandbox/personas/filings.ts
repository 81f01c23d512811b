import {
  type CalendarDate,
  timelinessOf,
  type Filing,
  type FilingKind,
  dueDateOf,
  roundToTen,
  zeroRupees,
  type IncomeYear,
  daysAfter,
} from "../../domain";
import type { Facts, Story, YearIncome } from "./facts";
import { acknowledgementOf } from "./identity";
import { above, taxesPaid } from "./payments";
import { filerGroupOf, formOf, reckon } from "./reckoning";
import { statusHistory } from "./statuses";
import { withholdingsOf } from "./withholding";

/** One return to be filed: under which section, when, and with which incomes told. */
interface Plan {
  readonly kind: FilingKind;
  readonly section: string;
  readonly filedOn: CalendarDate;
  readonly income: YearIncome;
  readonly story: Story;
}

/** Early enough for a refund to be paid by the due date. */
const daysBeforeDue = 40;
const belatedDays = 60;
const revisedDays = 75;
const updatedDays = 550;

/** The returns of one year that are filed by today, newest first. */
export function filingsOf(facts: Facts, incomeYear: IncomeYear, story: Story, today: CalendarDate): Filing[] {
  const income = facts.income(incomeYear);
  const dueOn = dueDateOf(incomeYear, filerGroupOf(facts, income));
  return plansOf(story, income, dueOn)
    .filter(({ filedOn }) => filedOn <= today)
    .map((plan) => filingOf(facts, incomeYear, plan, { dueOn, today }))
    .map((filing) => (facts.holder === "COMPANY" ? listedOnly(filing) : filing));
}

function plansOf(story: Story, income: YearIncome, dueOn: CalendarDate): Plan[] {
  const filedOn = daysAfter(dueOn, -daysBeforeDue);
  const inTime: Plan = { kind: "ORIGINAL", section: "139(1)", filedOn, income, story };
  const forgetful: Plan = { ...inTime, income: { ...income, savingsInterest: zeroRupees } };
  switch (story) {
    case "NOT_FILED":
      return [];
    case "BELATED":
      return [{ ...inTime, kind: "BELATED", section: "139(4)", filedOn: daysAfter(dueOn, belatedDays) }];
    case "REVISED":
      return [
        { ...inTime, kind: "REVISED", section: "139(5)", filedOn: daysAfter(dueOn, revisedDays) },
        // The revised return takes its place before the Department is through with it.
        { ...forgetful, story: "UNDER_PROCESSING" },
      ];
    case "UPDATED":
      return [
        { ...inTime, kind: "UPDATED", section: "139(8A)", filedOn: daysAfter(dueOn, updatedDays) },
        { ...forgetful, story: "SETTLED" },
      ];
    case "SETTLED":
    case "VERIFICATION_PENDING":
    case "UNDER_PROCESSING":
    case "DEFECTIVE":
    case "REFUND_PENDING":
    case "DEMAND":
      return [inTime];
  }
}

function filingOf(
  facts: Facts,
  incomeYear: IncomeYear,
  { kind, section, filedOn, income, story }: Plan,
  { dueOn, today }: { dueOn: CalendarDate; today: CalendarDate },
): Filing {
  // The fee is owed by whoever files a year's first return late.
  const late = kind === "BELATED" ? { filedOn, dueOn } : undefined;
  const { basis, heads, tax, grossTotalIncome, deductions, totalIncome } = reckon(facts, incomeYear, income, late);
  const paid = taxesPaid(withholdingsOf(facts, incomeYear), tax, story !== "DEMAND");
  const claimed = roundToTen(above(paid.total ?? zeroRupees, tax.totalPayable ?? zeroRupees));
  const history = statusHistory(story, filedOn, { hasRefund: claimed > 0, today });
  const status = history.at(-1)?.status ?? "FILED";
  const issuedOn = history.find((event) => event.status === "REFUND_ISSUED")?.occurredOn;
  return {
    acknowledgementNumber: acknowledgementOf(`${facts.pan} ${incomeYear} ${kind}`, filedOn),
    incomeYear,
    form: formOf(facts, income, totalIncome),
    kind,
    section,
    filedOn,
    dueOn,
    timeliness: timelinessOf(filedOn, dueOn),
    status,
    statusHistory: history,
    regime: basis.regime,
    incomeHeads: heads,
    grossTotalIncome,
    deductions,
    totalIncome,
    tax,
    taxesPaid: paid,
    ...(claimed > 0 && { refund: { claimed, ...(issuedOn && { issuedOn }) } }),
    demand: status === "DEMAND_RAISED" ? paid.balancePayable : zeroRupees,
    bankAccounts: [],
  };
}

/** A company's form is none of those whose figures anyone reads: its return is known to be filed, and no more. */
function listedOnly(filing: Filing): Filing {
  return {
    ...filing,
    regime: "UNKNOWN",
    incomeHeads: undefined,
    grossTotalIncome: null,
    deductions: null,
    totalIncome: null,
    tax: undefined,
    taxesPaid: undefined,
    refund: undefined,
    demand: null,
  };
}
