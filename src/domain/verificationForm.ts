import type { FilingKind } from "./filing";
import type { AcknowledgementNumber } from "./identifiers";
import type { IncomeYear } from "./taxPeriod";

/** The one-page acknowledgement of a filed return (ITR-V), and where its provider keeps it. */
export interface VerificationForm {
  readonly incomeYear: IncomeYear;
  readonly acknowledgementNumber?: AcknowledgementNumber | undefined;
  readonly kind: FilingKind;
  /** The provider's address of the file. Only the guarded fetcher follows it, and callers never see it. */
  readonly location?: string | undefined;
}
