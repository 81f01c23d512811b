import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Fault } from "../kernel/fault";
import { Secret } from "../kernel/secret";
import type { GraphContext } from "./context";
import { Requires } from "./access";
import { toOpenRequest } from "./openRequest";
import { OpenSessionInput, SessionInput, SubmitOtpInput } from "./sessionInputs";
import { payloadOf, SessionPayload, toSessionPayload } from "./sessionPayload";

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

/** Guessing is not made cheaper by asking often in one breath. */
async function secondAttempt(id: string, { sessionLoaders }: GraphContext): Promise<SessionPayload> {
  const session = await sessionLoaders.sessionById.load(id);
  if (session === null) throw new Fault("NOT_FOUND", { field: "id" });
  const hint = "One operation may submit one one-time password for each session.";
  const problem = new Fault("LIMIT_EXCEEDED", { provider: session.provider, field: "otp", hint });
  return toSessionPayload({ session, problem, replayed: false });
}
