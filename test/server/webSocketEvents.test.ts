import { once } from "node:events";
import { createConnection } from "node:net";
import { buildSchema, GraphQLError, type ExecutionResult } from "graphql";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { createEvents, type EventFacts } from "../../src/kernel/events";
import { Fault } from "../../src/kernel/fault";
import { serveWebSockets } from "../support/bareWebSocket";

const schema = buildSchema(`
  type Query { a(pan: String): Int }
  type Subscription { ticked(times: Int): Int, broken: Int }
`);
const { ticked, broken } = schema.getSubscriptionType()!.getFields();
ticked!.subscribe = async function* (_root: unknown, { times }: { times: number }) {
  for (let at = 0; at < times; at += 1) yield await Promise.resolve({ ticked: at });
};
broken!.subscribe = async function* () {
  yield await Promise.resolve({ broken: 1 });
  throw new Error("CANARY");
};

/** Asks once, and gives back what was told of it. */
async function toldOf(
  query: string,
  runOperation: () => Promise<ExecutionResult> = () => Promise.resolve({ data: { a: 1 } }),
  asked: { operationName?: string; leaveEarly?: boolean } = {},
) {
  const { leaveEarly = false, ...rest } = asked;
  const events = createEvents();
  const ended: EventFacts["operation ended"][] = [];
  const refused: EventFacts["request refused"][] = [];
  const masked: EventFacts["fault masked"][] = [];
  events.on("operation ended", (facts) => ended.push(facts));
  events.on("request refused", (facts) => refused.push(facts));
  events.on("fault masked", (facts) => masked.push(facts));
  let answer: unknown;
  {
    await using served = await serveWebSockets(schema, { events, runOperation });
    const client = createClient({ url: served.url, webSocketImpl: WebSocket, retryAttempts: 0 });
    try {
      for await (answer of client.iterate({ query, ...rest })) if (leaveEarly) break;
    } catch (thrown) {
      answer = thrown;
    }
    await client.dispose();
  }
  return { answer, ended, refused, masked };
}

describe("an operation over WebSocket", () => {
  it("is told when it has ended", async () => {
    const { ended } = await toldOf("query Plain { a }");
    expect(ended).toEqual([
      {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        operationName: "Plain",
        kind: "query",
        durationMs: 0,
        faults: [],
      },
    ]);
  });

  it("is told without a name that may be a person's number", async () => {
    const { ended } = await toldOf("query ZZZPA1001A { a }");
    expect(ended).toMatchObject([{ operationName: "(withheld)" }]);
  });

  it("is told with the codes by which it failed", async () => {
    const failing = new GraphQLError("", { originalError: new Fault("PORTAL_UNAVAILABLE") });
    const { ended, masked } = await toldOf("{ a }", () => Promise.resolve({ errors: [failing] }));
    expect(ended).toMatchObject([{ faults: ["PORTAL_UNAVAILABLE"] }]);
    expect(masked).toEqual([]);
  });

  it("is told by its shape where an error of our own was masked", async () => {
    const error = new Error("CANARY");
    const own = new GraphQLError("CANARY", { originalError: error });
    const { answer, ended, masked } = await toldOf('query Q { b: a(pan: "CANARY") }', () =>
      Promise.resolve({ errors: [own] }),
    );
    expect(masked).toEqual([{ requestId: ended[0]!.requestId, error, operation: "query { a(pan) }" }]);
    expect(JSON.stringify(answer)).toContain("INTERNAL");
    expect(JSON.stringify([answer, ended])).not.toContain("CANARY");
  });

  it("is answered with INTERNAL when it cannot even be run", async () => {
    const { answer, masked, refused } = await toldOf("{ a }", () => Promise.reject(new Error("CANARY")));
    expect(JSON.stringify(answer)).toContain("INTERNAL");
    expect(JSON.stringify(answer)).not.toContain("CANARY");
    expect(masked).toMatchObject([{ error: { message: "CANARY" } }]);
    expect(refused).toMatchObject([{ code: "INTERNAL" }]);
  });

  it.each([
    ["{", "GRAPHQL_PARSE_FAILED", undefined],
    ["query Q { nothing }", "GRAPHQL_VALIDATION_FAILED", undefined],
    ["query A { a } query B { a }", "OPERATION_RESOLUTION_FAILURE", undefined],
    ["query A { a }", "OPERATION_RESOLUTION_FAILURE", "B"],
  ])("is told as none where it is not one: %s", async (query, code, operationName) => {
    const { answer, ended, masked } = await toldOf(query, undefined, { ...(operationName && { operationName }) });
    expect(ended).toMatchObject([{ kind: "invalid", operationName: undefined, faults: [code] }]);
    expect(masked).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain("INTERNAL");
  });

  it("is told as refused where it is never run", async () => {
    const { ended, refused } = await toldOf(`{ ${"a ".repeat(5_000)} }`);
    expect(refused).toMatchObject([{ code: "LIMIT_EXCEEDED" }]);
    expect(ended).toEqual([]);
  });
});

describe("a subscription", () => {
  it("is told once, when it is over", async () => {
    const { ended } = await toldOf("subscription Ticks { ticked(times: 3) }");
    expect(ended).toMatchObject([{ operationName: "Ticks", kind: "subscription", faults: [] }]);
  });

  it("is told once, when its reader leaves", async () => {
    const { ended } = await toldOf("subscription Ticks { ticked(times: 1000000) }", undefined, { leaveEarly: true });
    expect(ended).toMatchObject([{ operationName: "Ticks", kind: "subscription", faults: [] }]);
  });

  it("is told with what broke it", async () => {
    const { answer, ended, masked } = await toldOf("subscription { broken }");
    expect(ended).toMatchObject([{ kind: "subscription", faults: ["INTERNAL"] }]);
    expect(masked).toMatchObject([{ error: { message: "CANARY" }, operation: "subscription { broken }" }]);
    expect(JSON.stringify(answer)).not.toContain("CANARY");
  });
});

it("a connection with a bad token is told as refused", async () => {
  const events = createEvents();
  const codes: string[] = [];
  events.on("request refused", ({ code }) => codes.push(code));
  await using served = await serveWebSockets(schema, {
    events,
    authenticate: () => Promise.reject(new Fault("UNAUTHENTICATED")),
  });
  const client = createClient({ url: served.url, webSocketImpl: WebSocket, retryAttempts: 0 });
  await expect(client.iterate({ query: "{ a }" }).next()).rejects.toMatchObject({ code: 4403 });
  expect(codes).toEqual(["UNAUTHENTICATED"]);
});

describe("the end of the service", () => {
  it("waits little for a peer that does not answer the close frame", async () => {
    const server = await serveWebSockets(schema);
    const { hostname, port } = new URL(server.url);
    const silent = createConnection(Number(port), hostname);
    const upgrade = ["GET /graphql HTTP/1.1", `host: ${hostname}`, "connection: Upgrade", "upgrade: websocket"];
    const key = ["sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="];
    silent.write([...upgrade, ...key, "sec-websocket-protocol: graphql-transport-ws", "", ""].join("\r\n"));
    await once(silent, "data");
    const startedAtMs = performance.now();
    await server[Symbol.asyncDispose]();
    expect(performance.now() - startedAtMs).toBeLessThan(4_000);
    silent.destroy();
  });
});
