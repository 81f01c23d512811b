import type { CalendarDate } from "./calendarDate";
import type { Tan } from "./identifiers";
import { sumOfAll, type Rupees } from "./rupees";
import { taxCreditKindOf, type Deductor, type TaxCredit, type TaxCreditStatement } from "./taxCredits";
import type { IncomeYear } from "./taxPeriod";
import { readTdsSection } from "./tdsSection";

/** What third parties have reported about the taxpayer in one year (the statement called AIS). */
export interface InformationStatement {
  readonly incomeYear: IncomeYear;
  readonly entries: readonly InformationEntry[];
  /** How many elements of the file have a shape that is not known. Where there are any, the entries are not all. */
  readonly unreadCount?: number | undefined;
}

export const informationParts = [
  "TAX_DEDUCTED_OR_COLLECTED",
  "FINANCIAL_TRANSACTION",
  "TAX_PAYMENT",
  "DEMAND_OR_REFUND",
  "OTHER",
] as const;
export type InformationPart = (typeof informationParts)[number];

/** What a reporter has corrected or taken back is shown on, and counts for nothing. */
export const reportStatuses = ["ACTIVE", "INACTIVE", "UNKNOWN"] as const;
export type ReportStatus = (typeof reportStatuses)[number];

export interface InformationEntry {
  readonly part: InformationPart;
  /** The Department's code: "TDS-192", "SFT-016(SB)"; of a demand or a refund that very word. */
  readonly code?: string | undefined;
  readonly description?: string | undefined;
  readonly category?: string | undefined;
  /** Who reported it, by name: numbers of other persons are not kept. */
  readonly reportedBy?: string | undefined;
  /** Of who withheld tax. */
  readonly tan?: Tan | undefined;
  readonly reportedOn?: CalendarDate | undefined;
  readonly count?: number | undefined;
  /** The year it is about, where it tells one: a challan stands in the statement of the year in which it was paid. */
  readonly incomeYear?: IncomeYear | undefined;
  readonly amount: Rupees | null;
  /** After the taxpayer's own feedback, where there is one. */
  readonly derivedAmount: Rupees | null;
  /** The single reports behind the sum, where they are told. */
  readonly reports?: readonly InformationReport[] | undefined;
}

export interface InformationReport {
  readonly status: ReportStatus;
  readonly transactedOn?: CalendarDate | undefined;
  readonly reportedOn?: CalendarDate | undefined;
  readonly amount: Rupees | null;
  readonly taxWithheld: Rupees | null;
  readonly taxDeposited: Rupees | null;
}

/** An entry stands as long as one of its reports does. */
export function statusOfEntry({ reports = [] }: InformationEntry): ReportStatus {
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
 * What the taxpayer has paid of the tax on this year's income. Challans of other years stand beside, and so do those by
 * which a buyer or a tenant deposits what was withheld from somebody else. Null where a challan does not tell its year.
 */
export function taxPaidFor({ incomeYear, entries }: InformationStatement): Rupees | null {
  const own = entries.filter(
    ({ part, description = "" }) => part === "TAX_PAYMENT" && !/\bTDS\b|\b800\b/i.test(description),
  );
  if (own.some((entry) => entry.incomeYear === undefined)) return null;
  return sumOfAll(own.filter((entry) => entry.incomeYear === incomeYear).map(({ amount }) => amount));
}

/**
 * The tax credits that stand in an information statement. It does not tell whether a booking is matched, so that the
 * statement of tax credits itself is believed before it. Undefined where there are none.
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

/** "(P)" is the payer's view: the taxpayer has bought or rented, and the tax is credited to the other side. */
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
