import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Directive, Field, FieldResolver, ID, Info, Int, ObjectType, Resolver, Root } from "type-graphql";
import { type DocumentKind, type ProviderId, instantAt, type Instant } from "../../domain";
import { Fault, type FaultCode } from "../../kernel";
import { nextStepOf, faultOf, isOver, problemOf, stateOf, type EndReason, type SessionState } from "../../sessions";
import type * as sessions from "../../sessions";
import type { GraphContext } from "../context";
import { enums, NextAction, toNextAction, Problem, toProblem, Node, DateTimeScalar } from "../types";
import { Requires } from "../access";
import { Taxpayer, taxpayerById } from "../taxpayer";
import type { SessionStep } from "../../sessions/ports";
import { Consent, toConsent } from "./consent";

@ObjectType({ description: "One change of a session." })
class SessionEvent {
  @Field(() => DateTimeScalar, { description: "When it happened." })
  at!: Instant;

  @Field(() => enums.SessionState, { description: "What the session came to by it." })
  state!: SessionState;

  @Field(() => enums.ProblemCode, { nullable: true, description: "What had gone wrong, where something had." })
  code?: FaultCode | undefined;

  @Field(() => String, { description: 'Plain words for a person to read: "The provider is logging in."' })
  message!: string;
}

function toSessionEvent(
  session: sessions.Session,
  { progress, atMs }: SessionStep,
  { connected }: Pick<GraphContext, "connected">,
): SessionEvent {
  const problem = problemOf(progress);
  const { message } = problem ? faultOf(problem) : nextStepOf({ ...session, progress }, connected, atMs);
  return { at: instantAt(atMs), state: stateOf(progress), code: problem?.code, message };
}

@Directive('@key(fields: "id")')
@Requires("session:write")
@ObjectType({
  implements: Node,
  description: "One login of one taxpayer at one provider, under one consent. Follow nextAction until it is READY.",
})
export class Session implements Node {
  readonly __typename!: "Session";
  readonly kept!: sessions.Session;

  @Field(() => ID, { description: "Opaque, and this tenant's own." })
  id!: string;

  @Field(() => enums.ProviderId, { description: "Who logs in for us." })
  provider!: ProviderId;

  @Field(() => enums.SessionState, { description: "How far it has come." })
  state!: SessionState;

  @Field(() => Problem, {
    nullable: true,
    description: "Why it FAILED or ENDED, what the last attempt got wrong, or what of the documents could not be had.",
  })
  problem?: Problem | undefined;

  @Field(() => Int, {
    nullable: true,
    description: "How often a one-time password may still be submitted; null where none is due.",
  })
  attemptsLeft?: number | undefined;

  @Field(() => [enums.DocumentKind], { description: "What it brings: those of the wanted documents its provider has." })
  documents!: readonly DocumentKind[];

  @Field(() => DateTimeScalar, { description: "When it was asked for." })
  openedAt!: Instant;

  @Field(() => DateTimeScalar, { description: "When it last changed." })
  updatedAt!: Instant;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ends by itself; null once it is over." })
  expiresAt?: Instant | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it came to its end; null while it lives." })
  endedAt?: Instant | undefined;

  @Field(() => enums.EndReason, { nullable: true, description: "Why it is over; null while it lives." })
  endReason?: EndReason | undefined;
}

export function toSession(kept: sessions.Session): Session {
  const { id, provider, documents, progress, openedAtMs, updatedAtMs, expiresAtMs, endedAtMs } = kept;
  const problem = problemOf(progress);
  return {
    __typename: "Session",
    kept,
    id,
    provider,
    state: stateOf(progress),
    problem: problem && toProblem(faultOf(problem)),
    attemptsLeft: "attemptsLeft" in progress ? progress.attemptsLeft : undefined,
    documents,
    openedAt: instantAt(openedAtMs),
    updatedAt: instantAt(updatedAtMs),
    expiresAt: isOver(kept) ? undefined : instantAt(expiresAtMs),
    endedAt: endedAtMs === undefined ? undefined : instantAt(endedAtMs),
    endReason: endReasonOf(progress),
  };
}

function endReasonOf(progress: sessions.Progress): EndReason | undefined {
  if (progress.phase === "FAILED") return "FAILED";
  return progress.phase === "ENDED" ? progress.reason : undefined;
}

/** Another tenant's session and an unknown id get the same answer. */
export async function sessionById(id: string, { sessionLoaders }: GraphContext): Promise<Session> {
  const kept = await sessionLoaders.sessionById.load(id);
  if (kept === null) throw new Fault("NOT_FOUND", { field: "id" });
  return toSession(kept);
}

@Resolver(() => Session)
export class SessionResolver {
  @FieldResolver(() => Taxpayer, { description: "Whose login it is. What is told of them needs its own scopes." })
  taxpayer(
    @Root() { kept }: Session,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Taxpayer> {
    return taxpayerById(kept.taxpayerId, context, info);
  }

  @FieldResolver(() => NextAction, { description: "The one thing to do next." })
  nextAction(@Root() { kept }: Session, @Ctx() { connected, clock }: GraphContext): NextAction {
    return toNextAction(nextStepOf(kept, connected, clock.now()));
  }

  @FieldResolver(() => Consent, { description: "What the taxpayer agreed to." })
  async consent(
    @Root() { kept: { consentId } }: Session,
    @Ctx() { sessionLoaders, clock }: GraphContext,
  ): Promise<Consent> {
    const consent = await sessionLoaders.consentById.load(consentId);
    if (consent === null) throw new Fault("INTERNAL", { note: "a session without its consent" });
    return toConsent(consent, clock.now());
  }

  @FieldResolver(() => [SessionEvent], { description: "All that has happened to it, oldest first." })
  async events(@Root() { kept }: Session, @Ctx() context: GraphContext): Promise<SessionEvent[]> {
    const steps = await context.sessionStore.history(context.access.tenant, kept.id, 0);
    return steps.map((step) => toSessionEvent(kept, step, context));
  }
}
