import { Fault } from "../kernel";
import { type Phase, type ProgressIn, problemOf, stateOf, type Progress, type Session } from "./session";
import type { Change } from "./ports";
import type { SessionTools } from "./tools";

interface Move {
  readonly from: readonly Phase[];
  readonly to: Phase;
}

const live = ["OPENING", "AWAITING_OTP", "CHECKING_OTP", "WAITING", "READING", "READY"] as const;

/** Every change that a session can go through. What is not here does not happen. */
export const transitions = {
  otpSent: { from: ["OPENING"], to: "AWAITING_OTP" },
  otpSubmitted: { from: ["AWAITING_OTP"], to: "CHECKING_OTP" },
  otpRefused: { from: ["CHECKING_OTP"], to: "AWAITING_OTP" },
  processing: { from: ["OPENING", "CHECKING_OTP", "WAITING"], to: "WAITING" },
  loggedIn: { from: ["OPENING", "CHECKING_OTP", "WAITING"], to: "READING" },
  readAgain: { from: ["READING"], to: "READING" },
  documentsRead: { from: ["OPENING", "CHECKING_OTP", "WAITING", "READING"], to: "READY" },
  /** Asked for more, it stays what it is. */
  moreRead: { from: ["READY"], to: "READY" },
  failed: { from: live, to: "FAILED" },
  ended: { from: live, to: "ENDED" },
} as const satisfies Record<string, Move>;

export type TransitionName = keyof typeof transitions;
type Destination<Name extends TransitionName> = ProgressIn<(typeof transitions)[Name]["to"]>;

export function isAllowed(name: TransitionName, from: Phase): boolean {
  return (transitions[name].from as readonly Phase[]).includes(from);
}

type Extras = Pick<Change, "ticket" | "jobAfterMs" | "logout" | "by"> & { readonly isOurs?: boolean };

/** Moves a session on. Undefined when somebody else has moved it meanwhile. */
export type Transition = <Name extends TransitionName>(
  session: Session,
  name: Name,
  progress: Omit<Destination<Name>, "phase">,
  extras?: Extras,
) => Promise<Session | undefined>;

/** A job that is lost is found again by the sweep, so long after it was due. */
const lostJobMs = 60_000;
/** A call that has taken so long has come back to nobody. */
export const lostCallMs = 5 * 60_000;

export function createTransition({
  store,
  clock,
  events,
}: Pick<SessionTools, "store" | "clock" | "events">): Transition {
  return async (session, name, facts, extras = {}) => {
    const from = session.progress.phase;
    if (!isAllowed(name, from)) throw new Fault("INTERNAL", { note: `no way leads by ${name} from ${from}` });
    const progress = { phase: transitions[name].to, ...facts } as Progress;
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
    case "READING":
      return Math.min(expiresAtMs, jobAtMs + lostJobMs);
    case "OPENING":
    case "CHECKING_OTP":
      return Math.min(expiresAtMs, jobAtMs + lostCallMs);
    case "READY":
      return expiresAtMs;
  }
}
