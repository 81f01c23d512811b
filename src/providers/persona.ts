import type {
  Word,
  ComplianceStatus,
  Demand,
  Filing,
  InformationStatement,
  Pan,
  TaxCreditStatement,
  Profile,
} from "../domain";

/** An invented taxpayer, whole: what is true of them, and how the portal treats their login. */
export interface Persona {
  readonly pan: Pan;
  /** What this person is there to show. */
  readonly title: string;
  readonly password: string;
  readonly portal: PortalBehaviour;
  readonly profile: Profile;
  /** Twelve digits, as real payloads carry them: our side must cut them. */
  readonly fullAadhaar: string | undefined;
  readonly fatherName: string;
  readonly residence: "RES" | "NRI" | "NOR";
  readonly fullBankAccounts: readonly PersonaBankAccount[];
  /** Newest first; a revised return stands beside the original it replaces. */
  readonly filings: readonly Filing[];
  readonly taxCredits: readonly TaxCreditStatement[];
  readonly informationStatements: readonly InformationStatement[];
  readonly demands: readonly Demand[];
  /** Undefined: the Department has no record under this PAN. */
  readonly compliance: ComplianceStatus | undefined;
}

export type PortalBehaviour =
  | "OPEN"
  /** Only a digital signature or net banking opens this account. */
  | "VAULT"
  | "LOCKED"
  /** Every password is wrong. */
  | "WRONG_PASSWORD"
  | "SLOW"
  /** The Department's own source does not answer about this person. */
  | "SOURCE_DOWN"
  | "OTP_NOT_SENT";

export interface PersonaBankAccount {
  readonly accountNumber: string;
  readonly kind: Word<"BankAccountKind">;
  readonly bankName: string;
  readonly ifsc: string;
  readonly isForRefund: boolean;
}
