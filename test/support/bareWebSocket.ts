import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { GraphQLSchema } from "graphql";
import type { GraphContext } from "../../src/graph/context";
import { sensitiveNames } from "../../src/graph/authorization/sensitive";
import { createGuard } from "../../src/guard/guard";
import { manualClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { acceptWebSockets, type WebSocketSettings } from "../../src/server/webSocket/webSocket";
import { usualLimits } from "./usualLimits";

export const startMs = Date.UTC(2026, 10, 21);

/** WebSockets over a graph of the test's own, with nothing behind it; whoever asks has a token for a minute. */
export async function serveWebSockets(
  schema: GraphQLSchema,
  settings: Partial<WebSocketSettings> = {},
): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer();
  const webSockets = acceptWebSockets({
    server,
    schema,
    runOperation: () => Promise.resolve({ data: { a: 1 } }),
    authenticate: () => ({
      tenant: "lender",
      subject: "loans",
      scopes: new Set(),
      expiresAtMs: startMs + 60_000,
    }),
    makeContext: (request) => request as unknown as GraphContext,
    introspection: true,
    guard: createGuard(schema, usualLimits),
    trusted: undefined,
    rates: { take: () => ({ limit: 1, remaining: 1, resetsAtMs: startMs, secondsLeft: 1 }) },
    enter: { operation: () => () => undefined, subscription: () => () => undefined },
    limits: usualLimits,
    sensitive: sensitiveNames(schema),
    clock: manualClock(startMs),
    events: createEvents(),
    tokenClock: manualClock(startMs),
    allowedOrigins: [],
    ...settings,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async [Symbol.asyncDispose]() {
      await webSockets.close();
      await new Promise((closed) => server.close(closed));
    },
  };
}
