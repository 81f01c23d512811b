import { HeaderMap } from "@apollo/server";
import type { DocumentNode } from "graphql";
import type { GraphContext } from "../../src/graph/context";
import { buildGraph } from "../../src/graph/schema";
import { sensitiveNames } from "../../src/graph/authorization/sensitive";
import { createGuard } from "../../src/guard/guard";
import { systemClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { usualLimits } from "../support/usualLimits";
import { createApollo, type GraphqlServer } from "../../src/server/graphql/apollo";

const { schema } = buildGraph();

let graphql: GraphqlServer;
const ran: DocumentNode[] = [];

beforeAll(async () => {
  graphql = createApollo({
    schema,
    guard: createGuard(schema, usualLimits),
    sensitive: sensitiveNames(schema),
    trusted: undefined,
    introspection: true,
    clock: systemClock,
    events: createEvents(),
    runOperation: ({ document }) => {
      ran.push(document);
      return Promise.resolve({ data: {} });
    },
  });
  await graphql.start();
});

afterAll(() => graphql.stop());

const access = { tenant: "lender", subject: "tests", scopes: new Set(), expiresAtMs: Infinity };
const cost = { upstreamCalls: 0, sharedFlights: 0 };
const context = { startedAtMs: 0, access, cost, loaders: {}, today: () => "2026-08-01" } as unknown as GraphContext;

/** How many documents so many equal questions came to: one when it is kept, as many when it is read anew each time. */
async function documentsOf(text: string, extensions?: object): Promise<number> {
  ran.length = 0;
  for (let time = 0; time < 3; time += 1) await ask({ query: text, ...(extensions && { extensions }) });
  return new Set(ran).size;
}

async function ask(body: object): Promise<void> {
  const headers = new HeaderMap([["content-type", "application/json"]]);
  await graphql.answer({ method: "POST", headers, search: "", body }, () => context);
}

// What clients send along takes an operation past our own memory of what is known, and to Apollo's.
describe.each([
  ["the operations that are known", undefined],
  ["the documents that Apollo keeps", { clientLibrary: { name: "any" } }],
])("among %s", (_title, extensions) => {
  it("a document without personal data in its text is kept", async () => {
    const text = "query ($pan: Pan!) { taxpayer(pan: $pan) { id } }";
    expect(await documentsOf(text, extensions)).toBe(1);
  });

  it.each([
    '{ taxpayer(pan: "ZZZPA1001A") { id } }',
    '{ taxpayers(pans: ["ZZZPA1001A"]) { id } }',
    'query ($pan: Pan! = "ZZZPA1001A") { taxpayer(pan: $pan) { id } }',
  ])("one with a PAN in its text is not: %s", async (text) => {
    expect(await documentsOf(text, extensions)).toBe(3);
  });
});

describe("the variables of an operation that is known", () => {
  const canary = "canary-7f3a";

  it.each([
    ["never a mutation's", "mutation ($id: ID!) { closeSession(input: { sessionId: $id }) { replayed } }", false],
    ["only a query's", "query ($id: ID!) { session(id: $id) { id } }", true],
  ])("become part of a cache key: %s", async (_what, query, isExpected) => {
    await ask({ query, variables: { id: canary } });
    const stringify = jest.spyOn(JSON, "stringify");
    await ask({ query, variables: { id: canary } });
    const isWritten = stringify.mock.results.some(({ value }) => String(value).includes(canary));
    stringify.mockRestore();
    expect(isWritten).toBe(isExpected);
  });
});
