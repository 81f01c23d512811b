import { live } from "../config/liveSettings";
import { askBy } from "../support/roads";
import { startTestService, type TestService } from "../support/service";

let service: TestService;

beforeAll(async () => {
  service = await startTestService(live);
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

async function post(body: string, headers: Record<string, string> = {}) {
  const response = await service.fetch("/graphql", {
    method: "POST",
    caller: { scopes: ["income:read", "compliance:read", "session:write"] },
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, text, answer: JSON.parse(text) as Record<string, unknown> };
}

async function expectRefused(query: string): Promise<void> {
  const { answer, text } = await post(JSON.stringify({ query }));
  expect(answer.errors).toBeDefined();
  expect(answer.data ?? null).toBeNull();
  expect(text).not.toContain("INTERNAL");
}

/** By which limit a question was refused. */
async function limitMetBy(query: string): Promise<string | undefined> {
  const { answer, status } = await post(JSON.stringify({ query }));
  const told = answer as { data?: unknown; errors: { message: string; extensions: { code: string; blame: string } }[] };
  expect([status, told.data ?? null]).toEqual([400, null]);
  expect(told.errors).toMatchObject([{ extensions: { code: "LIMIT_EXCEEDED", blame: "CALLER" } }]);
  return /limit: (\w+)/.exec(told.errors[0]!.message)?.[1];
}

const aliases = (count: number, field: string) =>
  Array.from({ length: count }, (_, at) => `a${at}: ${field}`).join(" ");

const doubling = Array.from({ length: 24 }, (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`);
const deep = `${"node(id: 1) { ... on Taxpayer { sessions { nodes { taxpayer { ".repeat(30)} id ${"} } } } }".repeat(30)}`;

const fields = (count: number, field = "__typename") => Array.from({ length: count }, () => field).join(" ");

// What graphql-cop asks of a server, and what its makers call a finding.
describe("a service in live mode gives a prober", () => {
  it.each([
    ["the schema", "{ __schema { types { name } } }"],
    ["a type", '{ __type(name: "Taxpayer") { fields { name } } }'],
    ["a circle of introspection", "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"],
    ["a circle of fragments", "query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }"],
    ["a fragment of itself", "query { ...A } fragment A on Query { __typename ...A }"],
    ["ten equal directives", `{ __typename ${fields(10, "@include(if: true)")} }`],
    ["ten unknown directives", `{ __typename ${fields(10, "@aa")} }`],
    ["a deferred answer", "{ ... @defer { __typename } }"],
    ["a mutation beside a query without a name", "query { __typename } mutation { __typename }"],
  ])("no %s", async (_what, query) => {
    await expectRefused(query);
  });

  it.each([
    ["a hundred and one aliases", `{ ${aliases(101, "__typename")} }`, "rootFields"],
    ["a hundred and one aliases below", `{ providers { ${aliases(101, "id")} } }`, "aliases"],
    ["a thousand taxpayers", `{ ${aliases(1_000, 'taxpayer(pan: "ZZZPA1001A") { id }')} }`, "tokens"],
    ["five hundred equal fields", `{ ${fields(500)} }`, "rootFields"],
    ["ten thousand equal fields", `{ ${fields(10_000)} }`, "tokens"],
    ["a flood of fragments", `{ ${fields(1_500, "...A")} } fragment A on Query { __typename }`, "fields"],
    ["a flood of inline fragments", `{ ${fields(900, "... { __typename }")} }`, "rootFields"],
    ["a hundred directives", `{ ${fields(10, `__typename ${fields(10, "@include(if: true)")}`)} }`, "directives"],
    [
      "fragments that double at each level",
      `{ ...F0 } ${doubling.join(" ")} fragment F24 on Query { __typename }`,
      "fields",
    ],
    ["a deep question", `{ ${deep} }`, "depth"],
  ])("no %s", async (_what, query, limit) => {
    expect(await limitMetBy(query)).toBe(limit);
  });

  it.each([
    "{ __schema { types { name } } }",
    '{ __type(name: "Taxpayer") { fields { name } } }',
    "{ _service { sdl } }",
    "{ taxpayr }",
    "subscription { sessionChangd }",
  ])("nothing of its schema over WebSocket: %s", async (query) => {
    const { data, errors } = await askBy("WebSocket", service, { query }, { scopes: ["income:read", "session:write"] });
    expect(data ?? null).toBeNull();
    expect(JSON.stringify(errors)).toMatch(/FORBIDDEN|GRAPHQL_VALIDATION_FAILED/);
    expect(JSON.stringify(errors)).not.toMatch(/did you mean|sessionChanged/i);
  });

  it("no suggestion of a field, a type or an argument", async () => {
    for (const query of [
      "{ taxpayr }",
      "{ providers { idd } }",
      "fragment A on Taxpayr { id } { ...A }",
      "{ taxpayer(pann: 1) { id } }",
    ]) {
      expect((await post(JSON.stringify({ query }))).text).not.toMatch(/did you mean/i);
    }
  });

  it("no suggestion of a value", async () => {
    const query = '{ plan(pan: "ZZZPA1001A", documents: [FILINGZ]) { __typename } }';
    expect((await post(JSON.stringify({ query }))).text).not.toMatch(/did you mean/i);
  });

  it.each(["/playground", "/graphiql", "/altair", "/voyager", "/console", "/"])("no page at %s", async (path) => {
    expect((await service.fetch(path, { headers: { accept: "text/html" } })).status).toBe(404);
  });

  it("no page at the place where it asks", async () => {
    const response = await service.fetch("/graphql", { headers: { accept: "text/html" } });
    expect(await response.text()).not.toMatch(/<html/i);
  });

  it("no batch", async () => {
    const { status, answer } = await post(`[${fields(10, '{"query":"{ __typename }"},')}{"query":"{ __typename }"}]`);
    expect(status).toBe(400);
    expect(answer.data).toBeUndefined();
  });

  it("no mutation over GET", async () => {
    const response = await service.fetch(`/graphql?query=${encodeURIComponent("mutation { __typename }")}`);
    expect(response.status).toBe(405);
  });

  it.each([
    ["application/x-www-form-urlencoded", "query=%7B__typename%7D"],
    ["text/plain", '{"query":"{ __typename }"}'],
    ["multipart/form-data; boundary=x", "--x--"],
  ])("no answer to a form of %s", async (contentType, body) => {
    expect((await post(body, { "content-type": contentType })).status).toBe(415);
  });

  it("no answer without a token, even to the least question", async () => {
    for (const path of ["/graphql?query=%7B__typename%7D", "/metrics", "/documents/AAAA"]) {
      expect((await fetch(`${service.url}${path}`)).status).toBe(401);
    }
  });

  it.each(["apollo-federation-include-trace", "x-apollo-tracing", "apollo-query-plan-experimental", "x-debug"])(
    "no trace for %s",
    async (name) => {
      const { answer } = await post('{"query":"{ __typename }"}', { [name]: "ftv1" });
      expect(Object.keys(answer.extensions ?? {})).toEqual(["cost"]);
    },
  );

  it("no stack with an error", async () => {
    for (const query of [
      "{",
      "{ nonsense }",
      '{ node(id: "none") { id } }',
      "query A { __typename } query B { __typename }",
    ]) {
      expect((await post(JSON.stringify({ query }))).text).not.toMatch(
        /node_modules|\.[jt]s:\d|"stacktrace"|exception/,
      );
    }
  });

  it("no word of what it runs on", async () => {
    const { headers } = await service.fetch("/graphql");
    for (const name of ["server", "x-powered-by", "via"]) expect(headers.has(name)).toBe(false);
    for (const query of ["{", "{ nonsense }", "{ __schema { types { name } } }", "mutation { __typename }"]) {
      expect((await post(JSON.stringify({ query }))).text).not.toMatch(/apollo|graphql-js|node\.js/i);
    }
    for (const search of ["", "?query=mutation%7B__typename%7D", "?query=%7B__typename%7D&extensions=1"]) {
      expect(await (await service.fetch(`/graphql${search}`)).text()).not.toMatch(/apollo/i);
    }
  });
});
