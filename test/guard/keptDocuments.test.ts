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
  for (let time = 0; time < 3; time += 1) {
    const headers = new HeaderMap([["content-type", "application/json"]]);
    const body = { query: text, ...(extensions && { extensions }) };
    await graphql.answer({ method: "POST", headers, search: "", body }, () => context);
  }
  return new Set(ran).size;
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
