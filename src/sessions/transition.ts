import { Fault } from "../kernel";
import { type Phase, type ProgressIn, problemOf, stateOf, type Progress, type Session } from "./session";
import type { Change } from "./ports";
import type { SessionTools } from "./tools";

interface Move {
  readonly from: readonly Phase[];
  readonly to: Phase;
}

const live = ["OPENING", "AWAITING_OTP", "CHECKING_OTP", "WAITING", "BRINGING", "READY"] as const;

/** Every change that a session can go through. What is not here does not happen. */
export const moves = {
  otpSent: { from: ["OPENING"], to: "AWAITING_OTP" },
  otpTaken: { from: ["AWAITING_OTP"], to: "CHECKING_OTP" },
  otpRefused: { from: ["CHECKING_OTP"], to: "AWAITING_OTP" },
  toldToWait: { from: ["OPENING", "CHECKING_OTP", "WAITING"], to: "WAITING" },
  letIn: { from: ["OPENING", "CHECKING_OTP", "WAITING"], to: "BRINGING" },
  toldToReadAgain: { from: ["BRINGING"], to: "BRINGING" },
  brought: { from: ["OPENING", "CHECKING_OTP", "WAITING", "BRINGING"], to: "READY" },
  /** Asked for more, it stays what it is. */
  broughtMore: { from: ["READY"], to: "READY" },
  failed: { from: live, to: "FAILED" },
  ended: { from: live, to: "ENDED" },
} as const satisfies Record<string, Move>;

export type MoveName = keyof typeof moves;
type Destination<Name extends MoveName> = ProgressIn<(typeof moves)[Name]["to"]>;

export function isAllowed(name: MoveName, from: Phase): boolean {
  return (moves[name].from as readonly Phase[]).includes(from);
}

type Extras = Pick<Change, "ticket" | "jobAfterMs" | "logout" | "by"> & { readonly isOurs?: boolean };

/** Moves a session on. Undefined when somebody else has moved it meanwhile. */
export type Advance = <Name extends MoveName>(
  session: Session,
  name: Name,
  progress: Omit<Destination<Name>, "phase">,
  extras?: Extras,
) => Promise<Session | undefined>;

/** A job that is lost is found again by the sweep, so long after it was due. */
const lostJobMs = 60_000;
/** A call that has taken so long has come back to nobody. */
export const lostCallMs = 5 * 60_000;

export function createAdvance({ store, clock, events }: Pick<SessionTools, "store" | "clock" | "events">): Advance {
  return async (session, name, facts, extras = {}) => {
    const from = session.progress.phase;
    if (!isAllowed(name, from)) throw new Fault("INTERNAL", { note: `no way leads by ${name} from ${from}` });
    const progress = { phase: moves[name].to, ...facts } as Progress;
    const nowMs = clock.now();
    const changed = await store.change(session, {
      progress,
      state: stateOf(progress),
      nowMs,
      dueAtMs: dueAtMs(progress, session.expiresAtMs, nowMs + (extras.jobAfterMs ?? 0)),
      isOurs: false,
      ...extras,
    });
    if (changed) {
      const { provider } = session;
      const code = problemOf(progress)?.code;
      events.emit("session changed", { session: session.id, provider, move: name, state: stateOf(progress), code });
    }
    return changed;
  };
}

function dueAtMs(progress: Progress, expiresAtMs: number, jobAtMs: number): number | undefined {
  switch (progress.phase) {
    case "FAILED":
    case "ENDED":
      return undefined;
    case "AWAITING_OTP":
      return Math.min(expiresAtMs, progress.otpExpiresAtMs);
    case "WAITING":
    case "BRINGING":
      return Math.min(expiresAtMs, jobAtMs + lostJobMs);
    case "OPENING":
    case "CHECKING_OTP":
      return Math.min(expiresAtMs, jobAtMs + lostCallMs);
    case "READY":
      return expiresAtMs;
  }
}
