import { Arg, ID, Resolver, Root, Subscription, type SubscribeResolverData } from "type-graphql";
import { Fault } from "../kernel/fault";
import type * as sessions from "../sessions/session";
import type { GraphContext } from "./context";
import { Session, toSession } from "./session";

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
