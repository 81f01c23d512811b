import type { Answer, DocumentKind } from "../domain/answer";
import type { Pan } from "../domain/identifiers";
import type { IncomeYear } from "../domain/taxPeriod";
import type { Secret } from "../kernel/secret";
import type { DocumentBodies } from "./documents";

/**
 * What a vendor needs in order to go on with a login: its tokens, client ids and job ids, as JSON text of the vendor's own
 * making. It is sealed while the session lives, and destroyed when the session ends.
 */
export type Ticket = Secret;

/** How far a login has come, and what is due next. */
export type Stage =
  | {
      readonly awaits: "OTP";
      readonly ticket: Ticket;
      /** The vendor hands its access token to the caller and not to us, so the caller must bring it with the OTP. */
      readonly needsAccessToken: boolean;
      readonly otpLifeMs: number;
      /** How many tries the vendor allows. */
      readonly otpAttempts: number;
    }
  | { readonly awaits: "TIME"; readonly ticket: Ticket; readonly pollAfterMs: number }
  /** The documents can be read; some have come along already. */
  | { readonly awaits: "NOTHING"; readonly ticket: Ticket; readonly readings: readonly Reading[] };

export interface Login {
  readonly pan: Pan;
  readonly password: Secret;
  /** How many years back are wanted: 1 to 7. */
  readonly years: number;
  readonly documents: readonly DocumentKind[];
}

export interface OtpEntry {
  readonly pan: Pan;
  readonly otp: Secret;
  readonly accessToken: Secret | undefined;
}

/** What is wanted of a session that is ready. */
export interface ReadingWish {
  readonly pan: Pan;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
}

/** A file of the Department's, in which Aadhaar and account numbers are masked. */
export interface CameFile {
  /** What tells it from others that come with the same document. */
  readonly name: string;
  readonly json: unknown;
}

/** One document, as it came: of one year, or of no year in particular. */
export type Reading = {
  readonly [Kind in DocumentKind]: {
    readonly document: Kind;
    readonly incomeYear: IncomeYear | undefined;
    readonly answer: Answer<DocumentBodies[Kind]>;
    /** Files that it was read from. */
    readonly files?: readonly CameFile[];
  };
}[DocumentKind];

/**
 * A vendor behind the portal's login. Each method throws a registered fault when it fails as a whole; a document that
 * fails alone is a reading whose answer says so. Nothing here is repeated by itself: whoever calls knows what a login costs.
 */
export interface LoginClient {
  readonly needs: "LOGIN";
  open(login: Login, signal: AbortSignal): Promise<Stage>;
  /** Only where the portal sends a one-time password. */
  submitOtp?(ticket: Ticket, entry: OtpEntry, signal: AbortSignal): Promise<Stage>;
  /** Only where the vendor works on by itself. */
  poll?(ticket: Ticket, signal: AbortSignal): Promise<Stage>;
  /** Spends as few calls as the vendor allows; the ticket may have changed by it. */
  read(
    ticket: Ticket,
    wish: ReadingWish,
    signal: AbortSignal,
  ): Promise<{ ticket: Ticket; readings: readonly Reading[] }>;
  /** Only where the vendor can log out. There is no ticket of a login that was cut short. */
  close?(pan: Pan, ticket: Ticket | undefined, signal: AbortSignal): Promise<void>;
}
