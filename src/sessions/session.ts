import type { Word, DocumentKind, ProviderId, IncomeYear } from "../domain";
import { Fault, type FaultCode } from "../kernel";

/** A document of one year, or of no year in particular. */
export interface DocumentOfYear {
  readonly document: DocumentKind;
  readonly incomeYear: IncomeYear | undefined;
}

/** A session that is not over, as those see it who want documents read through it. */
export interface OpenLogin {
  readonly sessionId: string;
  /** A reader names the version that it knows, so that what has just been read is not asked for again. */
  readonly version: number;
  readonly taxpayerId: string;
  readonly provider: ProviderId;
  readonly consentId: string;
  /** What the session was opened for. */
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly expiresAtMs: number;
  /** Documents can be read through it. */
  readonly isReady: boolean;
  /** What the provider does not support for this taxpayer. */
  readonly unsupported: readonly DocumentOfYear[];
  /** The last failure of documents. */
  readonly failure?: LoginFailure | undefined;
}

export interface LoginFailure {
  readonly fault: Fault;
  readonly atMs: number;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
}

/** The public part of a fault, as it is stored with a session. */
export interface Problem {
  readonly code: FaultCode;
  readonly provider?: string;
  readonly field?: string;
  readonly retryAfterSeconds?: number;
  readonly hint?: string;
}

export function toProblem({ code, context: { provider, field, retryAfterSeconds, hint } }: Fault): Problem {
  return {
    code,
    ...(provider !== undefined && { provider }),
    ...(field !== undefined && { field }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(hint !== undefined && { hint }),
  };
}

export function faultOf({ code, ...context }: Problem): Fault {
  return new Fault(code, context);
}

/** Documents, and the years of those that are of a year. */
export interface WantedDocuments {
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
}

/** The states that callers see. */
export const sessionStates = ["OPENING", "AWAITING_OTP", "PROCESSING", "READY", "FAILED", "ENDED"] as const;
export type SessionState = (typeof sessionStates)[number];

export const endReasons = ["CLOSED_BY_CALLER", "EXPIRED", "CONSENT_REVOKED", "ERASED", "FAILED"] as const;
export type EndReason = (typeof endReasons)[number];

interface OtpDue {
  readonly otpExpiresAtMs: number;
  readonly attemptsLeft: number;
  /** The provider hands its access token to the caller and not to us. */
  readonly needsAccessToken: boolean;
}

/** The phase of a session, with what is known in it. Nothing here is secret. */
export type Progress =
  /** The login call is under way. Only the process that makes it has the password. */
  | { readonly phase: "OPENING" }
  /** A problem is that of the last attempt. */
  | ({ readonly phase: "AWAITING_OTP"; readonly problem?: Problem } & OtpDue)
  /** An attempt is under way. It is counted already. */
  | ({ readonly phase: "CHECKING_OTP" } & OtpDue)
  /** The provider works by itself, and is polled. */
  | {
      readonly phase: "WAITING";
      readonly polls: number;
      /** The provider's own pace. */
      readonly pollMs: number;
      readonly nextPollAtMs: number;
      readonly giveUpAtMs: number;
    }
  /** The login has succeeded, and the documents are being read. */
  | {
      readonly phase: "READING";
      readonly tries: number;
      /** What is still to be read. */
      readonly documents: readonly DocumentKind[];
      readonly incomeYears: readonly IncomeYear[];
      /** Some documents have come. Where reading is what logs in, it is set once the first reading has ended. */
      readonly hasAnswers: boolean;
    }
  | {
      readonly phase: "READY";
      readonly problem?: Problem;
      /** What has failed with that problem. */
      readonly missing?: WantedDocuments;
      /** What of it is read again, and when. Left out where that does not help, or is left to callers. */
      readonly retry?: WantedDocuments & { readonly tries: number; readonly atMs: number };
      /** What the provider does not support for this taxpayer. It is not asked for again. */
      readonly unsupported?: readonly DocumentOfYear[];
    }
  | { readonly phase: "FAILED"; readonly problem: Problem }
  | { readonly phase: "ENDED"; readonly reason: EndReason; readonly problem?: Problem };

export type Phase = Progress["phase"];
export type ProgressIn<P extends Phase> = Extract<Progress, { phase: P }>;

/** One login of one taxpayer at one provider, for one tenant, under one consent. */
export interface Session {
  readonly id: string;
  readonly tenant: string;
  readonly taxpayerId: string;
  readonly provider: ProviderId;
  readonly consentId: string;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  /** Counts the changes. It is the optimistic lock: of two changes to one version, one wins. */
  readonly version: number;
  readonly progress: Progress;
  readonly openedAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
  readonly endedAtMs: number | undefined;
}

interface PhaseTraits {
  readonly state: SessionState;
  /** The process that makes the provider's call holds the taxpayer's secret, and logs out if the session ends meanwhile. */
  readonly isCalling: boolean;
  /** We work on the next step right now, so a caller waits a moment for it. */
  readonly isBusy: boolean;
  readonly audit: Word<"AuditRecordKind">;
  /** What a process looks for if nothing else happens: a call or a job that is lost, or a time that has passed. */
  readonly due: "LOST_CALL" | "LOST_JOB" | "OTP_EXPIRY" | "EXPIRY" | "NEVER";
}

/** All that the service knows about a phase by itself. Which phase follows which is in `transition.ts`. */
export const phases: Readonly<Record<Phase, PhaseTraits>> = {
  OPENING: { state: "OPENING", isCalling: true, isBusy: true, audit: "SESSION_OPENED", due: "LOST_CALL" },
  AWAITING_OTP: { state: "AWAITING_OTP", isCalling: false, isBusy: false, audit: "OTP_AWAITED", due: "OTP_EXPIRY" },
  CHECKING_OTP: { state: "AWAITING_OTP", isCalling: true, isBusy: true, audit: "OTP_SUBMITTED", due: "LOST_CALL" },
  WAITING: { state: "PROCESSING", isCalling: false, isBusy: false, audit: "SESSION_PROCESSING", due: "LOST_JOB" },
  READING: { state: "PROCESSING", isCalling: false, isBusy: true, audit: "SESSION_PROCESSING", due: "LOST_JOB" },
  READY: { state: "READY", isCalling: false, isBusy: false, audit: "SESSION_READY", due: "EXPIRY" },
  FAILED: { state: "FAILED", isCalling: false, isBusy: false, audit: "SESSION_FAILED", due: "NEVER" },
  ENDED: { state: "ENDED", isCalling: false, isBusy: false, audit: "SESSION_ENDED", due: "NEVER" },
};

export function stateOf({ phase }: Progress): SessionState {
  return phases[phase].state;
}

export function problemOf(progress: Progress): Problem | undefined {
  return "problem" in progress ? progress.problem : undefined;
}

export function isOver({ progress: { phase } }: Session): boolean {
  return phases[phase].due === "NEVER";
}

/** The outcome of a mutation: a session, a problem, or a session with a problem. */
export interface SessionOutcome {
  readonly session?: Session | undefined;
  readonly problem?: Fault | undefined;
  /** The session was there before, and nothing was done. */
  readonly replayed: boolean;
}

/** The session, with its own problem. */
export function outcomeOf(session: Session): SessionOutcome {
  const problem = problemOf(session.progress);
  return { session, problem: problem && faultOf(problem), replayed: false };
}

export function toOpenLogin(session: Session): OpenLogin {
  const { id: sessionId, version, taxpayerId, provider, consentId, documents, incomeYears, expiresAtMs } = session;
  const { progress, updatedAtMs: atMs } = session;
  const about = { sessionId, version, taxpayerId, provider, consentId, documents, incomeYears, expiresAtMs };
  if (progress.phase !== "READY") return { ...about, isReady: false, unsupported: [] };
  const { problem, missing, unsupported = [] } = progress;
  const failure = problem && missing && { fault: faultOf(problem), atMs, ...missing };
  return { ...about, isReady: true, unsupported, failure };
}
