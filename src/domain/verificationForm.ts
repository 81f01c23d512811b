import type { FilingKind } from "./filing";
import type { AcknowledgementNumber } from "./identifiers";
import { assessmentYearLabel, type IncomeYear } from "./taxPeriod";

/** The one-page acknowledgement of a filed return (ITR-V), and where its provider keeps it. */
export interface VerificationForm {
  readonly incomeYear: IncomeYear;
  readonly acknowledgementNumber?: AcknowledgementNumber | undefined;
  readonly kind: FilingKind;
  /** The provider's address of the file. Only the guarded fetcher follows it, and callers never see it. */
  readonly location?: string | undefined;
}

/** A name to save it under: "ITR-V-2025-26.pdf". */
export function verificationFormFileName(incomeYear: IncomeYear): string {
  return `ITR-V-${assessmentYearLabel(incomeYear)}.pdf`;
}
