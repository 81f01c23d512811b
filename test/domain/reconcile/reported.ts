import type { Word } from "../../../src/domain";
import type { CalendarDate, Instant } from "../../../src/domain/calendarDate";
import type { Filing } from "../../../src/domain/filing/filing";
import type { AcknowledgementNumber } from "../../../src/domain/identifiers";
import {
  reconcileFilings,
  type ReconciledFiling,
  type Reported,
  type ReportedFilings,
} from "../../../src/domain/reconcile";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { testFiling } from "../../support/persona";

interface Circumstances {
  readonly method?: Word<"ProvenanceMethod">;
  /** A day of November 2026. */
  readonly day?: number;
}

/** What a provider tells, reported on the tenth unless said otherwise. */
export function reported<Body>(
  provider: string,
  value: Body,
  { method = "REPORTED", day = 10 }: Circumstances = {},
): Reported<Body> {
  const fetchedAt = `2026-11-${String(day).padStart(2, "0")}T09:00:00.000Z` as Instant;
  return { value, provenance: { provider, method, fetchedAt } };
}

export function reportedFilings(provider: string, filings: readonly Filing[], how?: Circumstances): ReportedFilings {
  return { provenance: reported(provider, filings, how).provenance, filings };
}

/** Asked about a year, the provider says that there is no return. */
export function reportedNone(provider: string, incomeYear: number, how?: Circumstances): ReportedFilings {
  return { ...reportedFilings(provider, [], how), incomeYear: incomeYear as IncomeYear };
}

export const number = "123456789100725" as AcknowledgementNumber;
export const otherNumber = "987654321201125" as AcknowledgementNumber;

/** The return of 2024-25 with its number. */
export function numbered(changes: Partial<Filing> = {}): Filing {
  return testFiling(2024, { acknowledgementNumber: number, ...changes });
}

/** The return that takes the place of it. */
export const revised = numbered({
  acknowledgementNumber: otherNumber,
  kind: "REVISED",
  section: "139(5)",
  filedOn: "2025-11-20" as CalendarDate,
});

/** A return of the same year of which nothing is known. */
export const silent: Filing = {
  incomeYear: numbered().incomeYear,
  form: "UNKNOWN",
  kind: "OTHER",
  timeliness: "UNKNOWN",
  status: "UNKNOWN",
  statusHistory: [],
  regime: "UNKNOWN",
  grossTotalIncome: null,
  deductions: null,
  totalIncome: null,
  demand: null,
  bankAccounts: [],
};

/** The one return that all this is about. */
export function only(reported: readonly ReportedFilings[]): ReconciledFiling {
  const reconciled = reconcileFilings(reported);
  expect(reconciled).toHaveLength(1);
  return reconciled[0]!;
}
