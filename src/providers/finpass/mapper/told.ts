import type { Demand } from "../../../domain/demand";
import type { Filing } from "../../../domain/filing";
import type { TaxCreditStatement } from "../../../domain/taxCredits";
import type { IncomeYear } from "../../../domain/taxPeriod";
import type { AadhaarLink, Profile } from "../../../domain/taxpayer";
import type { Listing } from "../../listing";

/** All that one reply tells, whichever its shape. Undefined where that shape does not carry the document at all. */
export interface Told {
  readonly profile: Profile | undefined;
  readonly aadhaarLink: AadhaarLink | undefined;
  readonly filings: Listing<Filing>;
  /** The years of which the Department's own file came along. */
  readonly parsedYears: ReadonlySet<IncomeYear>;
  readonly taxCredits: Listing<TaxCreditStatement> | undefined;
  readonly demands: Listing<Demand> | undefined;
}
