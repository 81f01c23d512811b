import { Field, ObjectType } from "type-graphql";
import type { SessionOutcome } from "../sessions/outcome";
import { type GraphContext, forget } from "./context";
import { Problem, problemIn, toProblem } from "./problem";
import { Session, toSession } from "./session";

@ObjectType({ description: "What came of it: a session, or a problem, or a session that has one." })
export class SessionPayload {
  @Field(() => Session, { nullable: true, description: "The session as it is now." })
  session?: Session | undefined;

  @Field(() => Problem, { nullable: true, description: "What stood in the way, and whose doing it is." })
  problem?: Problem | undefined;

  @Field(() => Boolean, { description: "Whether the session was there before, so that nobody has logged in again." })
  replayed!: boolean;
}

export function toSessionPayload({ session, problem, replayed }: SessionOutcome): SessionPayload {
  return { session: session && toSession(session), problem: problem && toProblem(problem), replayed };
}

/** What was loaded before is stale once a session has been acted on; only what came of the act is known. */
export async function payloadOf(
  context: GraphContext,
  act: (context: GraphContext) => Promise<SessionOutcome>,
): Promise<SessionPayload> {
  let outcome: SessionOutcome;
  try {
    outcome = await act(context);
  } catch (thrown) {
    return { problem: problemIn(thrown), replayed: false };
  } finally {
    forget(context);
  }
  const { session } = outcome;
  if (session) context.sessionLoaders.sessionById.prime(session.id, session);
  return toSessionPayload(outcome);
}
