import { Fault } from "../kernel";
import { type Phase, phases, type ProgressIn, problemOf, type Progress, type Session } from "./session";
import type { Change } from "./ports";
import type { SessionTools } from "./tools";

interface Edges {
  readonly from: readonly Phase[];
  readonly to: Phase;
}

const allPhases = Object.keys(phases) as Phase[];
const live = allPhases.filter((phase) => phases[phase].due !== "NEVER");

/** The state machine of a session. A transition that is not here is refused as INTERNAL. */
export const transitions = {
  otpSent: { from: ["OPENING"], to: "AWAITING_OTP" },
  otpSubmitted: { from: ["AWAITING_OTP"], to: "CHECKING_OTP" },
  otpRefused: { from: ["CHECKING_OTP"], to: "AWAITING_OTP" },
  processing: { from: ["OPENING", "CHECKING_OTP", "WAITING"], to: "WAITING" },
  loggedIn: { from: ["OPENING", "CHECKING_OTP", "WAITING"], to: "READING" },
  someRead: { from: ["READING"], to: "READING" },
  readAgain: { from: ["READING"], to: "READING" },
  documentsRead: { from: ["OPENING", "CHECKING_OTP", "WAITING", "READING"], to: "READY" },
  moreRead: { from: ["READY"], to: "READY" },
  failed: { from: live, to: "FAILED" },
  ended: { from: live, to: "ENDED" },
} as const satisfies Record<string, Edges>;

export type TransitionName = keyof typeof transitions;
type Destination<Name extends TransitionName> = ProgressIn<(typeof transitions)[Name]["to"]>;

export function isAllowed(name: TransitionName, from: Phase): boolean {
  return (transitions[name].from as readonly Phase[]).includes(from);
}

/** The state machine as a Mermaid diagram. Phases of one public state stand in one box. */
export function stateDiagram(): string {
  const states = [...new Set(allPhases.map((phase) => phases[phase].state))];
  const boxes = states.flatMap((state) => {
    const inside = allPhases.filter((phase) => phases[phase].state === state);
    if (inside.length === 1) return [];
    // A box must not have the name of a phase inside it.
    return [`  state "${state}" as ${state}_ {`, ...inside.map((phase) => `    ${phase}`), "  }"];
  });
  const edges = (Object.keys(transitions) as TransitionName[]).flatMap((name) =>
    transitions[name].from.map((from) => `  ${from} --> ${transitions[name].to}: ${name}`),
  );
  const ends = allPhases.filter((phase) => !live.includes(phase)).map((phase) => `  ${phase} --> [*]`);
  return ["stateDiagram-v2", ...boxes, `  [*] --> ${allPhases[0]}`, ...edges, ...ends].join("\n");
}

type Extras = Pick<Change, "ticket" | "jobAfterMs" | "logout" | "by"> & Partial<Pick<Change, "owner">>;

/** Moves a session to its next phase. Undefined when the session has changed meanwhile: its version is an optimistic lock. */
export type Transition = <Name extends TransitionName>(
  session: Session,
  name: Name,
  progress: Omit<Destination<Name>, "phase">,
  extras?: Extras,
) => Promise<Session | undefined>;

/** The sweep looks for a job so long after it was due. */
const lostJobMs = 20_000;
/** A call that takes longer is lost: its process has died, or could not write the outcome. */
export const lostCallMs = 5 * 60_000;

export function createTransition({
  store,
  clock,
  events,
}: Pick<SessionTools, "store" | "clock" | "events">): Transition {
  return async (session, name, facts, extras = {}) => {
    const from = session.progress.phase;
    if (!isAllowed(name, from)) throw new Fault("INTERNAL", { note: `no transition ${name} from ${from}` });
    const progress = { phase: transitions[name].to, ...facts } as Progress;
    const nowMs = clock.now();
    const { state, audit } = phases[progress.phase];
    const changed = await store.change(session, {
      progress,
      state,
      nowMs,
      dueAtMs: dueAtMs(progress, session.expiresAtMs, nowMs + (extras.jobAfterMs ?? 0)),
      owner: "NOBODY",
      // Another poll or another reading is no step of its own.
      ...(audit !== phases[from].audit && { audit }),
      ...extras,
    });
    if (changed) {
      const { provider } = session;
      const code = problemOf(progress)?.code;
      events.emit("session changed", { session: session.id, provider, move: name, state, code });
    }
    return changed;
  };
}

function dueAtMs(progress: Progress, expiresAtMs: number, jobAtMs: number): number | undefined {
  switch (phases[progress.phase].due) {
    case "LOST_CALL":
      return Math.min(expiresAtMs, jobAtMs + lostCallMs);
    case "LOST_JOB":
      return Math.min(expiresAtMs, jobAtMs + lostJobMs);
    case "OTP_EXPIRY":
      return Math.min(expiresAtMs, progress.phase === "AWAITING_OTP" ? progress.otpExpiresAtMs : expiresAtMs);
    case "EXPIRY": {
      const retryAtMs = progress.phase === "READY" ? progress.retry?.atMs : undefined;
      return retryAtMs === undefined ? expiresAtMs : Math.min(expiresAtMs, retryAtMs + lostJobMs);
    }
    case "NEVER":
      return undefined;
  }
}
