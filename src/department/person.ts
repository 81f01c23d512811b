import type { Word, Pan, Profile } from "../domain";

/** The person in the Department's files. Personal numbers are whole, as in real files. */
export interface Person {
  readonly pan: Pan;
  readonly profile: Profile;
  readonly fullAadhaar: string | undefined;
  readonly fatherName: string;
  readonly residence: "RES" | "NRI" | "NOR";
  readonly fullBankAccounts: readonly PersonAccount[];
}

interface PersonAccount {
  readonly accountNumber: string;
  readonly kind: Word<"BankAccountKind">;
  readonly bankName: string;
  readonly ifsc: string;
  readonly isForRefund: boolean;
}
