import type { CalendarDate, Filing, IncomePolicy, IncomeYear, Instant, KnownReturns } from "../../../src/domain";
import { incomeInsights, reconcileFilings, rupees, standardPolicy } from "../../../src/domain";

export const provenance = {
  provider: "FINPASS",
  method: "PARSED",
  fetchedAt: "2025-10-01T00:00:00.000Z" as Instant,
} as const;

const nothing = { grossTotalIncome: null, deductions: null, totalIncome: null, demand: null };

/** A return of a proprietor without any income: 2024 stands for the assessment year 2025-26. */
export function returnOf(incomeYear: number, more: Partial<Filing> = {}): Filing {
  return {
    incomeYear: incomeYear as IncomeYear,
    form: "ITR_3",
    kind: "ORIGINAL",
    filedOn: `${incomeYear + 1}-07-20` as CalendarDate,
    timeliness: "ON_TIME",
    status: "PROCESSED",
    statusHistory: [],
    regime: "NEW",
    bankAccounts: [],
    incomeHeads: heads({}),
    salaries: [],
    houseProperties: [],
    otherIncome: [],
    ...nothing,
    ...more,
  };
}

export function heads(reported: Partial<NonNullable<Filing["incomeHeads"]>>): NonNullable<Filing["incomeHeads"]> {
  const none = rupees(0);
  return {
    salary: none,
    houseProperty: none,
    businessOrProfession: none,
    capitalGains: none,
    otherSources: none,
    ...reported,
  };
}

/** A return whose only income is this salary, in rupees. */
export function salaryOf(incomeYear: number, salary: number): Filing {
  return returnOf(incomeYear, {
    incomeHeads: heads({ salary: rupees(salary) }),
    salaries: [{ gross: rupees(salary), taxDeducted: null }],
  });
}

export function insightsOf(
  filings: readonly Filing[],
  policy: Partial<IncomePolicy> = {},
  more: Partial<KnownReturns> = {},
) {
  return incomeInsights(
    { ...standardPolicy, ...policy },
    {
      filings: reconcileFilings([{ provenance, filings }]),
      statementsOf: () => ({}),
      untold: [],
      today: "2025-10-01" as CalendarDate,
      ...more,
    },
  );
}

export function business(reported: Partial<NonNullable<Filing["business"]>>): NonNullable<Filing["business"]> {
  return {
    turnover: null,
    grossProfit: null,
    netProfit: null,
    taxOnProfit: null,
    depreciation: null,
    interestPaid: null,
    partnerships: [],
    ...reported,
  };
}
