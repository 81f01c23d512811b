import type { ComplianceStatus } from "../domain/compliance";
import type { Demand } from "../domain/demand";
import type { Filing } from "../domain/filing";
import type { InformationStatement } from "../domain/informationStatement";
import type { TaxCreditStatement } from "../domain/taxCredits";
import type { AadhaarLink, Profile } from "../domain/taxpayer";
import type { VerificationForm } from "../domain/verificationForm";

/** What each kind of document is, once it is in our words. */
export interface DocumentBodies {
  PROFILE: Profile;
  COMPLIANCE: ComplianceStatus;
  FILINGS: readonly Filing[];
  TAX_CREDITS: TaxCreditStatement;
  INFORMATION_STATEMENT: InformationStatement;
  DEMANDS: readonly Demand[];
  VERIFICATION_FORM: readonly VerificationForm[];
  AADHAAR_LINK: AadhaarLink;
}

/** What can be asked with a PAN alone. */
export type AnswerableKind = "COMPLIANCE";
