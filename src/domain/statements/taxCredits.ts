import type { Word } from "../vocabulary";
import type { CalendarDate } from "../calendarDate";
import type { Tan } from "../identifiers";
import { sumOfAll, type Rupees } from "../rupees";
import type { IncomeYear } from "../taxPeriod";
import { readTdsSection, type TdsSection } from "./tdsSection";

/** Any code under 206C or 394 is a collection, also a code that is not known yet. */
export function taxCreditKindOf(sectionLabel: string): Word<"TaxCreditKind"> {
  return /^(206C|394)/.test(readTdsSection(sectionLabel) ?? "") ? "COLLECTED" : "DEDUCTED";
}

/** Tax that others paid to the treasury for the taxpayer in one year. */
export interface TaxCreditStatement {
  readonly incomeYear: IncomeYear;
  readonly deductors: readonly Deductor[];
}

/** A deductor or collector of tax. */
export interface Deductor {
  readonly name?: string | undefined;
  /** A property buyer or a tenant has none. They have a PAN, which belongs to another person and is not kept. */
  readonly tan?: Tan | undefined;
  readonly credits: readonly TaxCredit[];
}

export interface TaxCredit {
  readonly kind: Word<"TaxCreditKind">;
  readonly section?: TdsSection | undefined;
  /** The provider's own spelling. */
  readonly sectionLabel?: string | undefined;
  readonly bookingStatus: Word<"BookingStatus">;
  readonly transactedOn?: CalendarDate | undefined;
  readonly bookedOn?: CalendarDate | undefined;
  /** What was paid or credited to the taxpayer, before tax. A reversal is negative. */
  readonly amountPaid: Rupees | null;
  readonly taxWithheld: Rupees | null;
  readonly taxDeposited: Rupees | null;
}

const bookingStatusByCode = new Map<string, Word<"BookingStatus">>([
  ["F", "FINAL"],
  ["P", "PROVISIONAL"],
  ["U", "UNMATCHED"],
  ["O", "OVERBOOKED"],
]);

export function bookingStatusFromCode(code: string): Word<"BookingStatus"> {
  return bookingStatusByCode.get(code.trim().toUpperCase()) ?? "UNKNOWN";
}

/** The total that counts against the taxpayer's own tax. Null if one of its deposits is unknown. */
export function creditedTotal(statement: TaxCreditStatement): Rupees | null {
  const counting = statement.deductors
    .flatMap((deductor) => deductor.credits)
    .filter((credit) => credit.bookingStatus !== "UNMATCHED");
  return sumOfAll(counting.map((credit) => credit.taxDeposited));
}
