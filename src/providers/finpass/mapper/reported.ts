import {
  readCalendarDate,
  type AadhaarLink,
  type CalendarDate,
  type Demand,
  type Filing,
  type IncomeYear,
  type Profile,
  type TaxCreditStatement,
} from "../../../domain";
import { textOf, type Listing } from "../../replies";
import type { ReceivedFile } from "../../provider";

/** What one reply reports, in either shape. Undefined where the shape does not have the document. */
export interface Reported {
  readonly profile: Profile | undefined;
  readonly aadhaarLink: AadhaarLink | undefined;
  readonly filings: Listing<Filing>;
  /** The Department's own files, where the reply has them. */
  readonly filesByYear: ReadonlyMap<IncomeYear, readonly ReceivedFile[]>;
  readonly taxCredits: Listing<TaxCreditStatement> | undefined;
  readonly demands: Listing<Demand> | undefined;
}

export function dateOf(value: unknown): CalendarDate | undefined {
  return readCalendarDate(textOf(value) ?? "");
}
