import type { AuditedCaller, ConsentTerms, DocumentKind, IncomeYear, Locale, ProviderId } from "../domain";
import type { FaultCode, Fault } from "../kernel";
import type { Problem } from "../sessions";

/** The states that callers see. */
export const linkStates = [
  "CREATED",
  "OPENED",
  "CONSENTED",
  "CONNECTED",
  "DECLINED",
  "FAILED",
  "EXPIRED",
  "CANCELLED",
] as const;
export type LinkState = (typeof linkStates)[number];

/** What changes while a link lives. Nothing here is secret. */
export interface LinkProgress {
  readonly state: LinkState;
  /** The language that the page shows, and in which the taxpayer agreed. */
  readonly locale: Locale;
  readonly agreedAtMs?: number | undefined;
  /** Who logs in. The taxpayer may agree to another one. */
  readonly provider: ProviderId;
  /** Logins begun, the one under way included. */
  readonly logins: number;
  /** How often the portal has refused the password. */
  readonly refusals: number;
  /** When the login under way began. Left out where none is. */
  readonly loginAtMs?: number | undefined;
  /** Of the request that began it. */
  readonly loginRequestId?: string | undefined;
  /** Of the last login. */
  readonly sessionId?: string | undefined;
  /** Granted with the first login. */
  readonly consentId?: string | undefined;
  readonly problem?: Problem | undefined;
}

/** A taxpayer's own page for one consent and one login. */
export interface Link {
  readonly id: string;
  readonly tenant: string;
  /** Undefined until the taxpayer has entered a PAN. */
  readonly taxpayerId: string | undefined;
  /** The caller has given the PAN, so the page does not ask for it. */
  readonly isPanGiven: boolean;
  readonly terms: ConsentTerms;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly returnUrl: string | undefined;
  /** Counts the changes: an optimistic lock. */
  readonly version: number;
  readonly progress: LinkProgress;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
}

/** One version in a link's history. */
export interface LinkStep {
  readonly version: number;
  readonly progress: LinkProgress;
  readonly atMs: number;
}

export interface LinkOutcome {
  readonly link?: Link | undefined;
  /** Only in the reply that made the link. */
  readonly url?: string | undefined;
  readonly problem?: Fault | undefined;
  readonly replayed: boolean;
}

const overStates: readonly LinkState[] = ["CONNECTED", "DECLINED", "FAILED", "EXPIRED", "CANCELLED"];

export function isLinkOver({ progress: { state } }: Pick<Link, "progress">): boolean {
  return overStates.includes(state);
}

/** How the audit trail names the taxpayer, who has no access token. */
export function taxpayerOf({ id }: Pick<Link, "id">, requestId: string): AuditedCaller {
  return { subject: `taxpayer:${id}`, requestId };
}

/** The portal locks an account at five. */
export const mostRefusals = 3;
/** Failures of vendors do not count as refusals, but each login has a price. */
const mostLogins = 8;

/** Nothing that the taxpayer does on the page helps with these. */
const finalCodes: readonly FaultCode[] = [
  "ACCOUNT_LOCKED",
  "CONSENT_REQUIRED",
  "CONSENT_EXPIRED",
  "CONSENT_REVOKED",
  "CONSENT_EXCEEDED",
  "ERASED",
];
/** The taxpayer has typed something that is not right. */
const refusalCodes: readonly FaultCode[] = ["INVALID_CREDENTIALS", "PAN_NOT_FOUND"];

/** What a failed login means for its link: it goes on with one refusal more or not, or it has failed. */
export function judgeFailure(
  { isPanGiven, progress: { logins, refusals } }: Link,
  code: FaultCode,
): { readonly isOver: boolean; readonly refusals: number } {
  const next = refusalCodes.includes(code) ? refusals + 1 : refusals;
  const isOver =
    finalCodes.includes(code) ||
    next >= mostRefusals ||
    logins >= mostLogins ||
    (code === "PAN_NOT_FOUND" && isPanGiven);
  return { isOver, refusals: next };
}
