import { getIntrospectionQuery } from "graphql";
import { roads, askBy, type Asked, type Road } from "../support/roads";
import { startTestService, type GraphAnswer, type TestService } from "../support/service";

const limits = {
  AAY_LIMIT_BODY_BYTES: "2000",
  AAY_LIMIT_TOKENS: "60",
  AAY_LIMIT_VARIABLE_DEPTH: "3",
  AAY_LIMIT_LIST_SIZE: "4",
  AAY_LIMIT_DEPTH: "4",
  AAY_LIMIT_FIELDS: "12",
  AAY_LIMIT_ROOT_FIELDS: "5",
  AAY_LIMIT_ALIASES: "3",
  AAY_LIMIT_DIRECTIVES: "3",
  AAY_LIMIT_COST: "100",
};

let service: TestService;
let usual: TestService;

beforeAll(async () => {
  [service, usual] = await Promise.all([startTestService(limits), startTestService()]);
});

afterAll(async () => {
  await Promise.all([service[Symbol.asyncDispose](), usual[Symbol.asyncDispose]()]);
});

const names = (count: number, name: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => name(at)).join(" ");
const pans = (count: number) => Array.from({ length: count }, (_, at) => `ZZZPA${1_001 + at}A`);
const nested = (depth: number): unknown => (depth === 0 ? 1 : { inner: nested(depth - 1) });

/** What asks for exactly so much of one thing, and little of everything else. */
const askingFor: Record<string, { readonly most: number; readonly ask: (count: number) => Asked }> = {
  tokens: { most: 60, ask: (count) => ({ query: `{ ${names(count - 2, () => "__typename")} }` }) },
  variableDepth: {
    most: 3,
    ask: (depth) => ({ query: "{ __typename }", variables: { unused: nested(depth) } }),
  },
  listSize: {
    most: 4,
    ask: (count) => ({
      query: "query ($pans: [Pan!]!) { taxpayers(pans: $pans) { id } }",
      variables: { pans: pans(count) },
    }),
  },
  depth: {
    most: 4,
    ask: (depth) => ({
      query:
        depth === 4
          ? "{ __schema { types { fields { name } } } }"
          : "{ __schema { types { fields { type { name } } } } }",
    }),
  },
  fields: {
    most: 12,
    ask: (count) => ({ query: `{ providers { ${names(count - 1, () => "id")} } }` }),
  },
  rootFields: { most: 5, ask: (count) => ({ query: `{ ${names(count, () => "__typename")} }` }) },
  aliases: { most: 3, ask: (count) => ({ query: `{ ${names(count, (at) => `a${at}: __typename`)} }` }) },
  directives: {
    most: 3,
    ask: (count) => ({ query: `{ ${names(count, () => "__typename @include(if: true)")} }` }),
  },
};
// The fields of a test of tokens are too many for the limits on fields: tokens are told first.
const numbers = Object.entries(askingFor);

describe.each(roads)("over %s", (road) => {
  it.each(numbers.filter(([name]) => name !== "tokens"))(
    "an operation at the limit on %s is answered",
    async (_name, { most, ask }) => {
      const { errors } = await askBy(road, service, ask(most));
      expect(errors).toBeUndefined();
    },
  );

  it.each(numbers)(
    "an operation one beyond the limit on %s is refused by its name and number",
    async (name, { most, ask }) => {
      const { status, data, errors } = await askBy(road, service, ask(most + 1));
      expect(data ?? null).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: "LIMIT_EXCEEDED", blame: "CALLER", retryable: false } }]);
      expect(errors?.[0]?.message).toMatch(new RegExp(`At most ${most} .*\\(limit: ${name}\\)`));
      expect(status).toBe(road === "WebSocket" ? undefined : 400);
    },
  );

  it("a document at the limit on tokens is judged by the other limits", async () => {
    const { errors } = await askBy(road, service, askingFor.tokens!.ask(60));
    expect(errors?.[0]?.message).toContain("limit: fields");
  });
});

describe.each(roads)("the cost of an operation over %s", (road) => {
  const query =
    "query ($pans: [Pan!]!) { taxpayers(pans: $pans) { compliance { standing } filings(first: 6) { nodes { id } } } }";
  // For each taxpayer: one, five for compliance, five for the list of filings, one for each of six filings.
  const each = 1 + 5 + 5 + 6;

  it("grows with the lists in its variables, up to the limit", async () => {
    const within = await askBy(road, usual, {
      query: `query ($pans: [Pan!]!) { rateLimit { cost } ${query.slice(query.indexOf("{") + 1)}`,
      variables: { pans: pans(3) },
    });
    expect(within.data).toMatchObject({ rateLimit: { cost: 1 + 3 * each } });
  });

  const costOf = async (selection: string, variables?: Record<string, unknown>) => {
    const { data, errors } = await askBy(road, usual, { query: selection, ...(variables && { variables }) });
    return errors?.[0]?.message ?? (data!.rateLimit as { cost: number }).cost;
  };
  const listOf = (count: number) => JSON.stringify(pans(count));

  it.each([
    ["a list", `query ($p: [Pan!]! = ${listOf(7)}) { rateLimit { cost } taxpayers(pans: $p) { id } }`, 1 + 7],
    ["a number", "query ($n: Int = 90) { rateLimit { cost } sessions(first: $n) { nodes { id } } }", 1 + 1 + 90],
  ])("is reckoned from the defaults of variables: %s", async (_what, query, cost) => {
    expect(await costOf(query)).toBe(cost);
  });

  it.each([
    ["written down", "{ rateLimit { cost } sessions(first: null) { nodes { id } } }", undefined],
    ["in a variable", "query ($n: Int) { rateLimit { cost } sessions(first: $n) { nodes { id } } }", { n: null }],
    [
      "instead of a default",
      "query ($n: Int = 3) { rateLimit { cost } sessions(first: $n) { nodes { id } } }",
      { n: null },
    ],
  ])("takes null for the usual number: %s", async (_what, query, variables) => {
    expect(await costOf(query, variables)).toBe(1 + 1 + 20);
  });

  it("of a hundred taxpayers with a hundred filings each is refused, by defaults as by variables", async () => {
    const query =
      "{ taxpayers(pans: $p) { filings(first: $n) { nodes { id incomeHeads { salary } checks { name } } } } }";
    const variables = { p: pans(100), n: 100 };
    const limited = expect.stringContaining("limit: cost") as string;
    expect(await costOf(`query ($p: [Pan!]!, $n: Int) ${query}`, variables)).toEqual(limited);
    expect(await costOf(`query ($p: [Pan!]! = ${listOf(100)}, $n: Int = 100) ${query}`)).toEqual(limited);
  });

  it("at the limit is spent", async () => {
    const asked = { query: query.replace("first: 6", "first: 14"), variables: { pans: pans(4) } };
    expect((await askBy(road, service, asked)).errors).toBeUndefined();
  });

  it("beyond the limit is refused each time it is asked", async () => {
    const asked = { query: query.replace("first: 6", "first: 15"), variables: { pans: pans(4) } };
    for (let time = 0; time < 2; time += 1) {
      const { errors } = await askBy(road, service, asked);
      expect(errors).toMatchObject([{ extensions: { code: "LIMIT_EXCEEDED" } }]);
      expect(errors?.[0]?.message).toContain("At most 100 points");
    }
  });
});

it("an operation that was answered before is refused for variables beyond the limits", async () => {
  const query = "query ($pans: [Pan!]!) { taxpayers(pans: $pans) { id } }";
  const ask = (count: number) => askBy("POST", service, { query, variables: { pans: pans(count) } });
  expect((await ask(2)).errors).toBeUndefined();
  expect((await ask(2)).errors).toBeUndefined();
  expect(await ask(5)).toMatchObject({ status: 400, errors: [{ extensions: { code: "LIMIT_EXCEEDED" } }] });
});

describe("a body", () => {
  const bodyOf = (bytes: number) => '{"query":"{ __typename }"}'.padEnd(bytes, " ");

  it("at the limit on bytes is read", async () => {
    const headers = { "content-type": "application/json" };
    const response = await service.fetch("/graphql", { method: "POST", headers, body: bodyOf(2_000) });
    expect(await response.json()).toMatchObject({ data: { __typename: "Query" } });
  });

  it("one byte beyond it is refused", async () => {
    const headers = { "content-type": "application/json" };
    const response = await service.fetch("/graphql", { method: "POST", headers, body: bodyOf(2_001) });
    expect(response.status).toBe(413);
    const { errors } = (await response.json()) as GraphAnswer<unknown>;
    expect(errors?.[0]?.message).toContain("At most 2000 bytes");
  });

  it("beyond it ends a WebSocket", async () => {
    // The library writes to the console for whoever runs it.
    jest.spyOn(console, "error").mockImplementation(() => undefined);
    const query = `{ __typename } #${"x".repeat(2_000)}`;
    await expect(askBy("WebSocket", service, { query })).rejects.toMatchObject({ code: 1009 });
  });
});

const floods: Record<string, string> = {
  aliases: `{ ${names(1_000, (at) => `a${at}: __typename`)} }`,
  "fragments that double each other": `${names(40, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F40 on Query { __typename } { ...F0 }`,
  "one directive again and again": `{ __typename ${names(500, () => "@include(if: true)")} }`,
  "introspection in circles": `{ __schema { ${names(10, () => "types { fields { type {")} name ${"} } } ".repeat(10)} } }`,
  "lists in lists": `{ taxpayer(pan: ${"[".repeat(3_900)}`,
};

describe("with the limits as they come", () => {
  it.each(Object.keys(floods))("a flood of %s is refused", async (name) => {
    const answer = await askBy("POST", usual, { query: floods[name]! });
    expect(["LIMIT_EXCEEDED", "GRAPHQL_PARSE_FAILED"]).toContain(answer.errors?.[0]?.extensions.code);
    expect(await (await fetch(`${usual.url}/health/ready`)).json()).toEqual({ status: "ok" });
  });

  it("fragments in a circle are refused in GraphQL's own words", async () => {
    const { errors } = await askBy("POST", usual, {
      query: "fragment A on Query { ...B } fragment B on Query { ...A } { ...A }",
    });
    expect(errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  it.each<Road>(["POST", "GET", "WebSocket"])("the playground reads the schema over %s", async (road) => {
    const { errors } = await askBy(road, usual, { query: getIntrospectionQuery() });
    expect(errors).toBeUndefined();
  });

  it("operations in a batch are refused", async () => {
    const response = await usual.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }]),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_INPUT" } }] });
  });
});
