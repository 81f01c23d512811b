import type { Fault } from "../kernel/fault";
import { faultOf } from "./problem";
import { problemOf, type Session } from "./session";

/** What came of a mutation: a session, or a problem, or a session that has one. */
export interface SessionOutcome {
  readonly session?: Session | undefined;
  readonly problem?: Fault | undefined;
  /** Nothing was done: the session was there before. */
  readonly replayed: boolean;
}

/** The session as it has become, with what went wrong on the way. */
export function outcomeOf(session: Session): SessionOutcome {
  const problem = problemOf(session.progress);
  return { session, problem: problem && faultOf(problem), replayed: false };
}
