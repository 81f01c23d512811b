import {
  incomeInsights,
  reconcileFilings,
  rupees,
  standardPolicy,
  type CalendarDate,
  type CrossCheckName,
  type Filing,
  type InformationEntry,
  type InformationStatement,
  type TaxCredit,
  type TaxCreditStatement,
  type IncomeYear,
} from "../../../src/domain";
import { business, heads, insightsOf, provenance, returnOf, salaryOf } from "./returns";

const incomeYear = 2024 as IncomeYear;

function credits(section: string, paid: number, more: Partial<TaxCredit> = {}): TaxCreditStatement {
  const credit = {
    kind: "DEDUCTED",
    section: section as never,
    bookingStatus: "FINAL",
    amountPaid: rupees(paid),
    taxWithheld: rupees(paid / 10),
    taxDeposited: rupees(paid / 10),
    ...more,
  } as const;
  return { incomeYear, deductors: [{ name: "A", credits: [credit] }] };
}

function statement(
  ...entries: readonly (readonly [code: string, amount: number, by?: string])[]
): InformationStatement {
  return {
    incomeYear,
    entries: entries.map(([code, amount, reportedBy = "A BANK LIMITED"]): InformationEntry => ({
      part: "FINANCIAL_TRANSACTION",
      code,
      reportedBy,
      amount: rupees(amount),
      derivedAmount: null,
    })),
  };
}

interface Case {
  readonly filing: Filing;
  readonly taxCredits?: TaxCreditStatement;
  readonly informationStatement?: InformationStatement;
}

function outcomeOf(name: CrossCheckName, { filing, ...statements }: Case): string | undefined {
  const known = {
    filings: reconcileFilings([{ provenance, filings: [filing] }]),
    statementsOf: () => statements,
    untold: [],
    today: "2025-10-01" as CalendarDate,
  };
  return incomeInsights(standardPolicy, known).crossChecks.find((check) => check.name === name)?.outcome;
}

const interest = (amount: number) => returnOf(2024, { otherIncome: [{ kind: "INTEREST", amount: rupees(amount) }] });
const dividend = (amount: number) => returnOf(2024, { otherIncome: [{ kind: "DIVIDEND", amount: rupees(amount) }] });
const turnover = (amount: number) => returnOf(2024, { business: business({ turnover: rupees(amount) }) });
const taxed = (more: Partial<Filing>, taxDeducted = 10_000) =>
  returnOf(2024, {
    taxesPaid: {
      advanceTax: null,
      taxDeducted: rupees(taxDeducted),
      taxCollected: null,
      selfAssessmentTax: null,
      total: null,
      balancePayable: null,
    },
    grossTotalIncome: rupees(1_000_000),
    incomeHeads: heads({ salary: rupees(1_000_000) }),
    ...more,
  });
const donating = (claimed: number) =>
  taxed({ deductionsBySection: [{ section: "80GGC", claimed: rupees(claimed), allowed: null }] });

const cases: readonly (readonly [CrossCheckName, Case, string])[] = [
  ["SALARY_AGAINST_TAX_CREDITS", { filing: salaryOf(2024, 950_000), taxCredits: credits("192", 1_000_000) }, "PASSED"],
  ["SALARY_AGAINST_TAX_CREDITS", { filing: salaryOf(2024, 949_999), taxCredits: credits("192", 1_000_000) }, "FLAGGED"],
  ["SALARY_AGAINST_TAX_CREDITS", { filing: salaryOf(2024, 949_999) }, "NOT_POSSIBLE"],
  ["TURNOVER_AGAINST_TAX_CREDITS", { filing: turnover(950_000), taxCredits: credits("194J(b)", 1_000_000) }, "PASSED"],
  ["TURNOVER_AGAINST_TAX_CREDITS", { filing: turnover(900_000), taxCredits: credits("194C", 1_000_000) }, "FLAGGED"],
  ["TURNOVER_AGAINST_TAX_CREDITS", { filing: turnover(900_000), taxCredits: credits("194A", 1_000_000) }, "PASSED"],
  [
    "TURNOVER_AGAINST_TAX_CREDITS",
    { filing: { ...salaryOf(2024, 1), form: "ITR_1" }, taxCredits: credits("194J(b)", 1_000_000) },
    "FLAGGED",
  ],
  [
    "TURNOVER_AGAINST_GST",
    { filing: turnover(900_000), informationStatement: statement(["EXC-GSTR3B", 1_000_000]) },
    "PASSED",
  ],
  [
    "TURNOVER_AGAINST_GST",
    { filing: turnover(890_000), informationStatement: statement(["EXC-GSTR3B", 1_000_000]) },
    "FLAGGED",
  ],
  ["TURNOVER_AGAINST_GST", { filing: turnover(890_000), informationStatement: statement() }, "NOT_POSSIBLE"],
  [
    "INTEREST_AGAINST_STATEMENT",
    { filing: interest(100_000), informationStatement: statement(["SFT-016(TD)", 100_000], ["TDS-194A", 90_000]) },
    "PASSED",
  ],
  [
    "INTEREST_AGAINST_STATEMENT",
    {
      filing: interest(100_000),
      informationStatement: statement(["SFT-016(TD)", 100_000], ["TDS-194A", 90_000, "ANOTHER BANK"]),
    },
    "FLAGGED",
  ],
  [
    "DIVIDEND_AGAINST_STATEMENT",
    { filing: dividend(10_000), informationStatement: statement(["SFT-015", 20_000]) },
    "FLAGGED",
  ],
  [
    "DIVIDEND_AGAINST_STATEMENT",
    { filing: dividend(20_000), informationStatement: statement(["SFT-015", 20_000], ["TDS-194", 20_000]) },
    "PASSED",
  ],
  [
    "SALES_WITHOUT_GAINS",
    { filing: returnOf(2024), informationStatement: statement(["SFT-17-LES(M)", 5_000]) },
    "FLAGGED",
  ],
  [
    "SALES_WITHOUT_GAINS",
    { filing: returnOf(2024), informationStatement: statement(["SFT-17(Pur)", 5_000]) },
    "PASSED",
  ],
  [
    "SALES_WITHOUT_GAINS",
    {
      filing: returnOf(2024, { incomeHeads: heads({ capitalGains: rupees(1_000) }) }),
      informationStatement: statement(["TDS-194IA", 5_000]),
    },
    "PASSED",
  ],
  ["TDS_CLAIM_AGAINST_DEPOSITS", { filing: taxed({}, 10_100), taxCredits: credits("192", 100_000) }, "PASSED"],
  ["TDS_CLAIM_AGAINST_DEPOSITS", { filing: taxed({}, 10_101), taxCredits: credits("192", 100_000) }, "FLAGGED"],
  [
    "TDS_CLAIM_AGAINST_DEPOSITS",
    { filing: taxed({}), taxCredits: credits("192", 100_000, { bookingStatus: "UNMATCHED" }) },
    "FLAGGED",
  ],
  ["REFUND_SHARE", { filing: taxed({ refund: { claimed: rupees(5_000) } }) }, "PASSED"],
  ["REFUND_SHARE", { filing: taxed({ refund: { claimed: rupees(5_001) } }) }, "FLAGGED"],
  ["DEDUCTION_SHARE", { filing: taxed({ deductions: rupees(400_000) }) }, "PASSED"],
  ["DEDUCTION_SHARE", { filing: taxed({ deductions: rupees(400_001) }) }, "FLAGGED"],
  ["DONATION_SHARE", { filing: donating(100_000) }, "PASSED"],
  ["DONATION_SHARE", { filing: donating(100_001) }, "FLAGGED"],
  ["DONATION_SHARE", { filing: taxed({}) }, "NOT_POSSIBLE"],
];

test.each(cases)("%s of %j is %s", (name, given, outcome) => {
  expect(outcomeOf(name, given)).toBe(outcome);
});

describe("Punctuality", () => {
  const filed = (year: number, filedOn: string, more: Partial<Filing> = {}) =>
    returnOf(year, { filedOn: filedOn as CalendarDate, ...more });

  test("counts a return filed after its due date by the first return of the year", () => {
    const late = filed(2023, "2024-12-20", { kind: "BELATED", timeliness: "LATE" });
    const revised = filed(2023, "2025-01-10", { kind: "REVISED", timeliness: "LATE" });
    const { punctuality } = insightsOf([filed(2024, "2025-07-20"), late, revised]);
    expect(punctuality).toMatchObject({ filed: 2, onTime: 1, late: 1, missing: [], filedTogether: false });
  });

  test("notices returns of two years that were filed within thirty days", () => {
    const { punctuality } = insightsOf([filed(2024, "2025-07-20"), filed(2023, "2025-06-20")]);
    expect(punctuality.filedTogether).toBe(true);
  });

  test("tells the longest time from filing to verification", () => {
    const verified = filed(2024, "2025-07-20", { verifiedOn: "2025-08-19" as CalendarDate });
    expect(insightsOf([verified]).punctuality.longestVerificationDays).toBe(30);
  });

  test("counts a named year without a return as missing once it was due", () => {
    const named = [2025, 2024, 2023] as IncomeYear[];
    const { punctuality } = insightsOf([filed(2023, "2024-07-20")], {}, { namedYears: named });
    expect(punctuality.missing).toEqual([]);
    const later = insightsOf(
      [filed(2023, "2024-07-20")],
      {},
      { namedYears: named, today: "2026-01-01" as CalendarDate },
    );
    expect(later.punctuality.missing).toEqual([2024]);
  });
});

test("a disputed fact flags the figures that rest on it", () => {
  const other = { ...provenance, provider: "KWIKID", method: "REPORTED" } as const;
  const believed = returnOf(2024, {
    acknowledgementNumber: "1" as never,
    incomeHeads: heads({ businessOrProfession: rupees(900_000) }),
  });
  const denied = returnOf(2024, {
    acknowledgementNumber: "1" as never,
    incomeHeads: heads({ businessOrProfession: rupees(700_000) }),
  });
  const filings = reconcileFilings([
    { provenance, filings: [believed] },
    { provenance: other, filings: [denied] },
  ]);
  const [year] = insightsOf([], {}, { filings }).years;
  expect(year?.business).toMatchObject({ amount: rupees(900_000), state: "FLAGGED" });
  expect(year?.salary.state).toBe("KNOWN");
});
