import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from "type-graphql";
import { Fault } from "../kernel/fault";
import type { SessionState } from "../sessions/session";
import { type Connection, connectionOf, PageArgs, pageOf, toConnection } from "./connection";
import type { GraphContext } from "./context";
import { SessionStateEnum } from "./enums";
import { Requires } from "./access";
import { panArgument } from "./panArgument";
import { PanScalar } from "./scalars";
import { Sensitive } from "./authorization/sensitive";
import { Session, sessionById, toSession } from "./session";

const SessionConnection = connectionOf("Session", Session);

@ArgsType()
class SessionsArgs extends PageArgs {
  @Field(() => PanScalar, { nullable: true, description: "Only sessions of this person." })
  @Sensitive("PERSONAL")
  pan?: string | null;

  @Field(() => [SessionStateEnum], {
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
