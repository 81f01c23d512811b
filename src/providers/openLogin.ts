import type { DocumentKind, ProviderId } from "../domain/answer";
import type { IncomeYear } from "../domain/taxPeriod";
import type { Fault } from "../kernel/fault";

/** A document of one year, or of no year in particular. */
export interface DocumentOfYear {
  readonly document: DocumentKind;
  readonly incomeYear: IncomeYear | undefined;
}

/** A taxpayer's login that is not over, as far as it concerns whoever wants something read through it. */
export interface OpenLogin {
  readonly sessionId: string;
  /** Whoever wants something of it says which version it knows, so that nobody asks for what has just been brought. */
  readonly version: number;
  readonly taxpayerId: string;
  readonly provider: ProviderId;
  readonly consentId: string;
  /** What it was opened for. */
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly expiresAtMs: number;
  /** It has brought what it was opened for, and can be asked for more. */
  readonly isReady: boolean;
  /** What the provider has said that it does not tell of this taxpayer. */
  readonly unsupported: readonly DocumentOfYear[];
  /** What failed when it was last asked for something. */
  readonly failure?: LoginFailure | undefined;
}

export interface LoginFailure {
  readonly fault: Fault;
  readonly atMs: number;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
}
