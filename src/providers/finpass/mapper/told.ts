import type { Demand, Filing, TaxCreditStatement, IncomeYear, AadhaarLink, Profile } from "../../../domain";
import type { Listing } from "../../replies";
import type { CameFile } from "../../provider";

/** All that one reply tells, whichever its shape. Undefined where that shape does not carry the document at all. */
export interface Reported {
  readonly profile: Profile | undefined;
  readonly aadhaarLink: AadhaarLink | undefined;
  readonly filings: Listing<Filing>;
  /** The Department's own files, where they came along. */
  readonly filesByYear: ReadonlyMap<IncomeYear, readonly CameFile[]>;
  readonly taxCredits: Listing<TaxCreditStatement> | undefined;
  readonly demands: Listing<Demand> | undefined;
}
