import type { Demand } from "../../../domain/demand";
import type { Filing } from "../../../domain/filing";
import type { TaxCreditStatement } from "../../../domain/taxCredits";
import type { IncomeYear } from "../../../domain/taxPeriod";
import type { AadhaarLink, Profile } from "../../../domain/taxpayer";
import type { Listing } from "../../replies";
import type { CameFile } from "../../provider";

/** All that one reply tells, whichever its shape. Undefined where that shape does not carry the document at all. */
export interface Told {
  readonly profile: Profile | undefined;
  readonly aadhaarLink: AadhaarLink | undefined;
  readonly filings: Listing<Filing>;
  /** The Department's own files, where they came along. */
  readonly filesByYear: ReadonlyMap<IncomeYear, readonly CameFile[]>;
  readonly taxCredits: Listing<TaxCreditStatement> | undefined;
  readonly demands: Listing<Demand> | undefined;
}
