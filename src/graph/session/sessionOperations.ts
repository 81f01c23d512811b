import {
  Arg,
  Ctx,
  Mutation,
  Resolver,
  Args,
  ArgsType,
  Field,
  ID,
  Query,
  Root,
  Subscription,
  type SubscribeResolverData,
  ObjectType,
} from "type-graphql";
import { Fault, Secret } from "../../kernel";
import { type GraphContext, forget } from "../context";
import { Requires } from "../access";
import type { SessionState, SessionOutcome } from "../../sessions";
import {
  enums,
  type Connection,
  connectionOf,
  PageArgs,
  pageOf,
  toConnection,
  panArgument,
  PanScalar,
  Problem,
  problemIn,
  toProblem,
} from "../types";
import { Sensitive } from "../authorization";
import type * as sessions from "../../sessions";
import { toOpenRequest, OpenSessionInput, SessionInput, SubmitOtpInput } from "./sessionInputs";
import { Session, sessionById, toSession } from "./session";

@ObjectType({ description: "What came of it: a session, or a problem, or a session that has one." })
class SessionPayload {
  @Field(() => Session, { nullable: true, description: "The session as it is now." })
  session?: Session | undefined;

  @Field(() => Problem, { nullable: true, description: "What stood in the way, and whose doing it is." })
  problem?: Problem | undefined;

  @Field(() => Boolean, { description: "Whether the session was there before, so that nobody has logged in again." })
  replayed!: boolean;
}

function toSessionPayload({ session, problem, replayed }: SessionOutcome): SessionPayload {
  return { session: session && toSession(session), problem: problem && toProblem(problem), replayed };
}

/** After a mutation of a session the loaded data is stale; only the result of the mutation is current. */
async function payloadOf(
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

@Resolver()
export class SessionMutationResolver {
  @Requires("session:write")
  @Mutation(() => SessionPayload, {
    description:
      "Logs a taxpayer in: the only way to spend a login. Follow the session's nextAction. Where this person has a session open that serves, that one comes back, replayed.",
  })
  openSession(
    @Arg("input", () => OpenSessionInput, { description: "The login to make, and what it is for." })
    input: OpenSessionInput,
    @Ctx() context: GraphContext,
  ): Promise<SessionPayload> {
    const request = toOpenRequest(input, context);
    return payloadOf(context, async ({ sessions, cost }) => {
      const outcome = await sessions.open(request);
      if (outcome.session && !outcome.replayed) cost.portalLogins += 1;
      return outcome;
    });
  }

  @Requires("session:write")
  @Mutation(() => SessionPayload, {
    description: "Submits the one-time password. One operation may do so once for each session.",
  })
  submitOtp(
    @Arg("input", () => SubmitOtpInput, { description: "The one-time password, and whose it is." })
    input: SubmitOtpInput,
    @Ctx() context: GraphContext,
  ): Promise<SessionPayload> {
    const { sessionId, otp, accessToken } = input;
    if (context.otpSubmittedFor.has(sessionId)) return secondAttempt(sessionId, context);
    context.otpSubmittedFor.add(sessionId);
    const submission = {
      by: context.by,
      otp: new Secret(otp),
      accessToken: accessToken ? new Secret(accessToken) : undefined,
    };
    return payloadOf(context, ({ sessions, access }) => sessions.submitOtp(access.tenant, sessionId, submission));
  }

  @Requires("session:write")
  @Mutation(() => SessionPayload, {
    description: "Asks for another one-time password, where the provider can send one.",
  })
  resendOtp(
    @Arg("input", () => SessionInput, { description: "Which session." }) { sessionId }: SessionInput,
    @Ctx() context: GraphContext,
  ): Promise<SessionPayload> {
    return payloadOf(context, ({ sessions, access }) => sessions.resendOtp(access.tenant, sessionId));
  }

  @Requires("session:write")
  @Mutation(() => SessionPayload, {
    description: "Ends a session, and logs out at the provider where it can. Closing it again changes nothing.",
  })
  closeSession(
    @Arg("input", () => SessionInput, { description: "Which session." }) { sessionId }: SessionInput,
    @Ctx() context: GraphContext,
  ): Promise<SessionPayload> {
    return payloadOf(context, ({ sessions, access, by }) => sessions.close(access.tenant, sessionId, by));
  }
}

/** One operation must not make guessing a one-time password cheaper. */
async function secondAttempt(id: string, { sessionLoaders }: GraphContext): Promise<SessionPayload> {
  const session = await sessionLoaders.sessionById.load(id);
  if (session === null) throw new Fault("NOT_FOUND", { field: "id" });
  const hint = "One operation may submit one one-time password for each session.";
  const problem = new Fault("LIMIT_EXCEEDED", { provider: session.provider, field: "otp", hint });
  return toSessionPayload({ session, problem, replayed: false });
}

const SessionConnection = connectionOf("Session", Session);

@ArgsType()
class SessionsArgs extends PageArgs {
  @Field(() => PanScalar, { nullable: true, description: "Only sessions of this person." })
  @Sensitive("PERSONAL")
  pan?: string | null;

  @Field(() => [enums.SessionState], {
    nullable: true,
    description: "Only sessions in one of these states: [AWAITING_OTP, PROCESSING].",
  })
  states?: SessionState[] | null;
}

@Resolver()
export class SessionQueryResolver {
  @Query(() => Session, { nullable: true, description: "One session of this tenant." })
  session(
    @Arg("id", () => ID, { description: "As openSession named it." }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<Session> {
    return sessionById(id, context);
  }

  @Requires("session:write")
  @Query(() => SessionConnection, { description: "This tenant's sessions, newest first." })
  async sessions(
    @Args(() => SessionsArgs) { pan, states, ...args }: SessionsArgs,
    @Ctx() context: GraphContext,
  ): Promise<Connection<Session>> {
    const { access, sessionLoaders, sessionStore } = context;
    const { first, after } = pageOf(args);
    const isUnknown = after !== undefined && (await sessionLoaders.sessionById.load(after)) === null;
    if (isUnknown) throw new Fault("BAD_INPUT", { field: "after" });
    const { sessions, hasNext } = await sessionStore.list(access.tenant, {
      pan: typeof pan === "string" ? panArgument(context, "pan", pan) : undefined,
      states: states ?? undefined,
      first,
      after,
    });
    return toConnection(sessions.map(toSession), { hasNext, after });
  }
}

function watch({
  args,
  context,
}: SubscribeResolverData<unknown, { id: string }, GraphContext>): Promise<AsyncIterable<sessions.Session>> {
  return context.sessions.watch(context.access.tenant, args.id);
}

@Resolver()
export class SessionSubscriptionResolver {
  @Subscription(() => Session, {
    description: "The session as it is now, then every change of it, in order; it completes when the session is over.",
    subscribe: watch,
  })
  sessionChanged(
    @Arg("id", () => ID, { description: "A session of this tenant." }) _id: string,
    @Root() changed: sessions.Session | undefined,
  ): Session {
    if (changed === undefined) {
      throw new Fault("BAD_INPUT", { hint: "Subscriptions come over WebSocket, by graphql-transport-ws." });
    }
    return toSession(changed);
  }
}
