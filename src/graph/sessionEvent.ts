import { Field, ObjectType } from "type-graphql";
import { instantAt, type Instant } from "../domain/calendarDate";
import type { FaultCode } from "../kernel/fault";
import { nextStepOf } from "../sessions/nextStep";
import type { SessionStep } from "../sessions/ports";
import { faultOf } from "../sessions/problem";
import { problemOf, stateOf, type Session, type SessionState } from "../sessions/session";
import type { GraphContext } from "./context";
import { ProblemCodeEnum, SessionStateEnum } from "./enums";
import { DateTimeScalar } from "./scalars";

@ObjectType({ description: "One change of a session." })
export class SessionEvent {
  @Field(() => DateTimeScalar, { description: "When it happened." })
  at!: Instant;

  @Field(() => SessionStateEnum, { description: "What the session came to by it." })
  state!: SessionState;

  @Field(() => ProblemCodeEnum, { nullable: true, description: "What had gone wrong, where something had." })
  code?: FaultCode | undefined;

  @Field(() => String, { description: 'Plain words for a person to read: "The provider is logging in."' })
  message!: string;
}

export function toSessionEvent(
  session: Session,
  { progress, atMs }: SessionStep,
  { connected }: Pick<GraphContext, "connected">,
): SessionEvent {
  const problem = problemOf(progress);
  const { message } = problem ? faultOf(problem) : nextStepOf({ ...session, progress }, connected, atMs);
  return { at: instantAt(atMs), state: stateOf(progress), code: problem?.code, message };
}
