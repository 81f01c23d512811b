import type { Word } from "../vocabulary";
import type { CalendarDate } from "../calendarDate";
import type { Tan } from "../identifiers";
import { sumOfAll, type Rupees } from "../rupees";
import { taxCreditKindOf, type Deductor, type TaxCredit, type TaxCreditStatement } from "./taxCredits";
import type { IncomeYear } from "../taxPeriod";
import { readTdsSection } from "./tdsSection";

/** What third parties have reported about the taxpayer in one year (the statement called AIS). */
export interface InformationStatement {
  readonly incomeYear: IncomeYear;
  readonly entries: readonly InformationEntry[];
  /** The number of elements of unknown shape. If it is not 0, entries are missing. */
  readonly unreadCount?: number | undefined;
}

export interface InformationEntry {
  readonly part: Word<"InformationPart">;
  /** The Department's code: "TDS-192", "SFT-016(SB)". For a demand or a refund: "demand", "refund". */
  readonly code?: string | undefined;
  readonly description?: string | undefined;
  readonly category?: string | undefined;
  /** Who reported it, by name: numbers of other persons are not kept. */
  readonly reportedBy?: string | undefined;
  /** The number of the deductor or collector. */
  readonly tan?: Tan | undefined;
  readonly reportedOn?: CalendarDate | undefined;
  readonly count?: number | undefined;
  /** The year of income it belongs to. A challan is listed in the year of payment, often the year after. */
  readonly incomeYear?: IncomeYear | undefined;
  readonly amount: Rupees | null;
  /** After the taxpayer's own feedback, where there is one. */
  readonly derivedAmount: Rupees | null;
  /** The single reports behind the sum. Undefined where the statement has the sum only. */
  readonly reports?: readonly InformationReport[] | undefined;
}

export interface InformationReport {
  /** A corrected or withdrawn report stays in the statement as INACTIVE and is not counted. */
  readonly status: Word<"ReportStatus">;
  readonly transactedOn?: CalendarDate | undefined;
  readonly reportedOn?: CalendarDate | undefined;
  readonly amount: Rupees | null;
  readonly taxWithheld: Rupees | null;
  readonly taxDeposited: Rupees | null;
}

/** An entry is active as long as one of its reports is. */
export function statusOfEntry({ reports = [] }: InformationEntry): Word<"ReportStatus"> {
  if (reports.some(({ status }) => status === "ACTIVE")) return "ACTIVE";
  return reports.length > 0 && reports.every(({ status }) => status === "INACTIVE") ? "INACTIVE" : "UNKNOWN";
}

export function taxWithheldOf(entry: InformationEntry): Rupees | null {
  const reports = countingReports(entry);
  return reports && sumOfAll(reports.map(({ taxWithheld }) => taxWithheld));
}

export function taxDepositedOf(entry: InformationEntry): Rupees | null {
  const reports = countingReports(entry);
  return reports && sumOfAll(reports.map(({ taxDeposited }) => taxDeposited));
}

function countingReports({ part, reports }: InformationEntry): readonly InformationReport[] | null {
  if (part !== "TAX_DEDUCTED_OR_COLLECTED" || reports === undefined || reports.length === 0) return null;
  return reports.filter(({ status }) => status !== "INACTIVE");
}

/**
 * The taxpayer's own payments of tax on this year's income. Not counted are challans of other years, and challans for TDS
 * that a buyer or tenant deposits for someone else. Null if a challan names no year.
 */
export function taxPaidFor({ incomeYear, entries }: InformationStatement): Rupees | null {
  const own = entries.filter(
    ({ part, description = "" }) => part === "TAX_PAYMENT" && !/\bTDS\b|\b800\b/i.test(description),
  );
  if (own.some((entry) => entry.incomeYear === undefined)) return null;
  return sumOfAll(own.filter((entry) => entry.incomeYear === incomeYear).map(({ amount }) => amount));
}

/**
 * The tax credits in an information statement; undefined where it has none. It does not say whether a booking is matched,
 * so Form 26AS itself is preferred.
 */
export function taxCreditsIn({ incomeYear, entries }: InformationStatement): TaxCreditStatement | undefined {
  const deducted = entries.filter(isTaxCredit);
  const groups = Map.groupBy(deducted, ({ tan, reportedBy }) => tan ?? reportedBy);
  const deductors = [...groups.values()].map((group): Deductor => {
    const { reportedBy: name, tan } = group[0] ?? {};
    return { name, tan, credits: group.flatMap(creditsOfEntry) };
  });
  return deductors.length === 0 ? undefined : { incomeYear, deductors };
}

/** "(P)" is the payer's side: the taxpayer bought or rented, and the credit belongs to the other party. */
function isTaxCredit(entry: InformationEntry): boolean {
  const { part, code = "" } = entry;
  return part === "TAX_DEDUCTED_OR_COLLECTED" && !/\(P\)$/i.test(code) && statusOfEntry(entry) !== "INACTIVE";
}

function creditsOfEntry(entry: InformationEntry): readonly TaxCredit[] {
  const { code = "", amount } = entry;
  const about = {
    kind: /^TCS-/i.test(code) ? "COLLECTED" : taxCreditKindOf(code),
    section: readTdsSection(code),
    sectionLabel: code.replace(/^T[DC]S-/i, ""),
    bookingStatus: "UNKNOWN",
  } as const;
  const reports = countingReports(entry);
  if (reports === null) return [{ ...about, amountPaid: amount, taxWithheld: null, taxDeposited: null }];
  return reports.map((report) => ({
    ...about,
    transactedOn: report.transactedOn,
    amountPaid: report.amount,
    taxWithheld: report.taxWithheld,
    taxDeposited: report.taxDeposited,
  }));
}
