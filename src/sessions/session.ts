import type { DocumentKind, ProviderId } from "../domain/answer";
import type { IncomeYear } from "../domain/taxPeriod";
import type { DocumentOfYear } from "../providers/openLogin";
import type { Problem } from "./problem";
import type { DocumentWish } from "./wish";

/** What callers see of a session's state. */
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

/** How far a session has come, with what is known at that point and no more. Nothing here is secret. */
export type Progress =
  /** The login call is under way, and the password is in the memory of the process that makes it. */
  | { readonly phase: "OPENING" }
  /** A problem here is what the last attempt got wrong. */
  | ({ readonly phase: "AWAITING_OTP"; readonly problem?: Problem } & OtpDue)
  /** An attempt is under way, and counted already. */
  | ({ readonly phase: "CHECKING_OTP" } & OtpDue)
  /** The provider works on by itself. */
  | {
      readonly phase: "WAITING";
      readonly polls: number;
      /** The provider's own pace. */
      readonly pollMs: number;
      readonly nextPollAtMs: number;
      readonly giveUpAtMs: number;
    }
  /** The provider has let us in; the session's documents are being read. */
  | {
      readonly phase: "BRINGING";
      /** How often they have been asked for, and what of them is missing still. */
      readonly tries: number;
      readonly documents: readonly DocumentKind[];
      readonly incomeYears: readonly IncomeYear[];
      /** Something has come already, so that the session is worth keeping whatever becomes of the rest. */
      readonly hasBrought: boolean;
    }
  | {
      readonly phase: "READY";
      readonly problem?: Problem;
      /** What has failed with that problem. */
      readonly missing?: DocumentWish;
      /** What the provider has said that it does not tell of this taxpayer: it is not asked again. */
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
  /** Counts the changes. Whoever changes a session says which version it knows, and of two at once one wins. */
  readonly version: number;
  readonly progress: Progress;
  readonly openedAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
  readonly endedAtMs: number | undefined;
}

const stateByPhase: Readonly<Record<Phase, SessionState>> = {
  OPENING: "OPENING",
  AWAITING_OTP: "AWAITING_OTP",
  CHECKING_OTP: "AWAITING_OTP",
  WAITING: "PROCESSING",
  BRINGING: "PROCESSING",
  READY: "READY",
  FAILED: "FAILED",
  ENDED: "ENDED",
};

export function stateOf({ phase }: Progress): SessionState {
  return stateByPhase[phase];
}

export function problemOf(progress: Progress): Problem | undefined {
  return "problem" in progress ? progress.problem : undefined;
}

export function isOver({ progress: { phase } }: Session): boolean {
  return phase === "FAILED" || phase === "ENDED";
}
