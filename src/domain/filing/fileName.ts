import type { DocumentKind } from "../answer";
import { assessmentYearLabel, type IncomeYear } from "../taxPeriod";
import type { FilingKind } from "./filing";
import type { AcknowledgementNumber } from "../identifiers";

/** The documents that have downloadable files. */
export type FiledDocument = Extract<DocumentKind, "VERIFICATION_FORM" | "FILINGS" | "INFORMATION_STATEMENT">;

const partsOf: Readonly<Record<FiledDocument, readonly [before: string, after: string]>> = {
  VERIFICATION_FORM: ["ITR-V-", ".pdf"],
  FILINGS: ["ITR-", ".json"],
  INFORMATION_STATEMENT: ["AIS-", ".json"],
};

/** A name to save it under: "ITR-V-2025-26.pdf". */
export function fileNameOf(document: FiledDocument, incomeYear: IncomeYear): string {
  const [before, after] = partsOf[document];
  return before + assessmentYearLabel(incomeYear) + after;
}

/** Distinguishes the files of one year's returns: by the return's number, or by its kind if the number is unknown. */
export function nameOfReturn(filed: {
  readonly acknowledgementNumber?: string | undefined;
  readonly kind: string;
}): string {
  return filed.acknowledgementNumber ?? filed.kind;
}

/** The one-page acknowledgement of a filed return (ITR-V), and where its provider keeps it. */
export interface VerificationForm {
  readonly incomeYear: IncomeYear;
  readonly acknowledgementNumber?: AcknowledgementNumber | undefined;
  readonly kind: FilingKind;
  /** The provider's address of the file. Only the guarded fetcher follows it, and callers never see it. */
  readonly location?: string | undefined;
}
