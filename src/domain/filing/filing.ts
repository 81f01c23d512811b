import { type Word, vocabulary } from "../vocabulary";
import type { CalendarDate } from "../calendarDate";
import type { AcknowledgementNumber } from "../identifiers";
import type { MaskedAccountNumber } from "../masks";
import { type Rupees, sumOfReported } from "../rupees";
import type { SpecialRateIncome, TaxComputation, TaxRegime } from "../tax";
import type { IncomeYear } from "../taxPeriod";
import type { FilingStatus } from "./filingStatus";
import type { ReturnDetails } from "./returnDetails";

export const incomeHeadNames = [
  "salary",
  "houseProperty",
  "businessOrProfession",
  "capitalGains",
  "otherSources",
] as const;

/** Null where no source reports the head; zero where a source reports zero. */
export type IncomeHeads = Readonly<Record<(typeof incomeHeadNames)[number], Rupees | null>>;

export function totalOfHeads(heads: IncomeHeads): Rupees | null {
  return sumOfReported(incomeHeadNames.map((name) => heads[name]));
}

export type ReturnForm = Word<"ReturnForm">;

export type FilingKind = Word<"FilingKind">;

/**
 * One filed return as one provider reports it. Comparison and provenance are added when a question is answered.
 * An unknown amount is null. Any other unknown fact is left out.
 */
export interface Filing extends ReturnDetails {
  readonly acknowledgementNumber?: AcknowledgementNumber | undefined;
  readonly incomeYear: IncomeYear;
  readonly form: ReturnForm;
  readonly kind: FilingKind;
  /** The section of the Act it was filed under: "139(1)". */
  readonly section?: string | undefined;
  readonly filedOn?: CalendarDate | undefined;
  readonly dueOn?: CalendarDate | undefined;
  readonly timeliness: Word<"Timeliness">;
  readonly status: FilingStatus;
  /** Oldest first. */
  readonly statusHistory: readonly StatusEvent[];
  readonly regime: TaxRegime;
  readonly incomeHeads?: IncomeHeads | undefined;
  readonly grossTotalIncome: Rupees | null;
  readonly deductions: Rupees | null;
  readonly totalIncome: Rupees | null;
  readonly tax?: TaxComputation | undefined;
  readonly particulars?: TaxParticulars | undefined;
  readonly taxesPaid?: TaxesPaid | undefined;
  readonly refund?: Refund | undefined;
  readonly demand: Rupees | null;
  readonly bankAccounts: readonly BankAccount[];
  /** Second values of the same provider that were not chosen. */
  readonly contradictions?: readonly Contradiction[] | undefined;
}

/** One fact for which one provider reports two values. */
export interface Contradiction {
  /** "tax.rebate", "regime". */
  readonly path: string;
  readonly believed: string | Rupees;
  readonly alsoTold: string | Rupees;
}

/** Facts that the tax depends on and that no total shows. The checks need them. An unknown fact is left out. */
export interface TaxParticulars {
  readonly isFirm?: boolean | undefined;
  /** The farm income that counts for the rate of the rest. */
  readonly farmIncomeForRate?: Rupees | undefined;
  readonly dividend?: Rupees | undefined;
  readonly specialRateIncome?: Rupees | undefined;
  readonly specialRateTax?: Rupees | undefined;
  /** The same income and tax, section by section. */
  readonly specialRates?: readonly SpecialRateIncome[] | undefined;
}

export interface TaxesPaid {
  readonly advanceTax: Rupees | null;
  readonly taxDeducted: Rupees | null;
  readonly taxCollected: Rupees | null;
  readonly selfAssessmentTax: Rupees | null;
  readonly total: Rupees | null;
  readonly balancePayable: Rupees | null;
}

export interface Refund {
  readonly claimed: Rupees | null;
  readonly issuedOn?: CalendarDate | undefined;
}

export interface StatusEvent {
  readonly status: FilingStatus;
  /** The provider's own words. */
  readonly label: string;
  readonly occurredOn?: CalendarDate | undefined;
}

export interface BankAccount {
  readonly accountNumber: MaskedAccountNumber;
  readonly kind: Word<"BankAccountKind">;
  readonly bankName?: string | undefined;
  readonly ifsc?: string | undefined;
  readonly isForRefund?: boolean | undefined;
}

/** Reads "ITR-2", "itr_3", "ITR4" and "Form ITR-1 (Sahaj)". */
export function returnFormFromLabel(label: string): ReturnForm {
  const form = /\bITR[\s_-]?([1-7])(?![0-9])/i.exec(label)?.[1];
  return vocabulary.ReturnForm.find((known) => known === `ITR_${form}`) ?? "UNKNOWN";
}

export function timelinessOf(filedOn: CalendarDate | undefined, dueOn: CalendarDate | undefined): Word<"Timeliness"> {
  if (filedOn === undefined || dueOn === undefined) return "UNKNOWN";
  return filedOn <= dueOn ? "ON_TIME" : "LATE";
}
