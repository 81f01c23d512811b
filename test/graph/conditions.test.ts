import { buildSchema, parse } from "graphql";
import { scopes, type Access } from "../../src/graph/access";
import type { GraphContext } from "../../src/graph/context";
import { createOperations } from "../../src/graph/execution/operations";

const schema = buildSchema("type Query { a: Int b: Int inner: Query other: Query }");
const rootFields = schema.getQueryType()!.getFields();
rootFields.a!.resolve = () => 1;
rootFields.b!.resolve = () => 2;
rootFields.inner!.resolve = () => ({});
rootFields.other!.resolve = () => ({});

const access: Access = { tenant: "lender", subject: "tests", scopes: new Set(scopes), expiresAtMs: Infinity };
const context = { access, cost: { paise: 0 } } as GraphContext;
const run = createOperations(schema, { introspection: true });

async function dataOf(query: string, variables: Record<string, boolean | null> = {}): Promise<unknown> {
  const { data, errors } = await run({ document: parse(query), operationName: undefined, variables }, context);
  return errors?.map(({ message, extensions }) => ({ message, ...extensions })) ?? data;
}

describe("a condition", () => {
  it.each([
    [
      "a fragment that is skipped where it is spread first",
      "{ ...F @skip(if: true) ...F } fragment F on Query { a }",
      { a: 1 },
    ],
    [
      "a fragment of two conditions",
      "{ inner { ...F @include(if: false) } other { ...F } } fragment F on Query { a }",
      { inner: {}, other: { a: 1 } },
    ],
    ["a field that is written twice", "{ a @include(if: false) a }", { a: 1 }],
    [
      "a field within a skipped one",
      "{ inner @skip(if: true) { ... on Query { a } } inner { b } }",
      { inner: { b: 2 } },
    ],
    ["both at one field", "{ a @include(if: true) @skip(if: true) b @include(if: true) @skip(if: false) }", { b: 2 }],
    ["everything", "{ a @skip(if: true) }", {}],
  ])("decides for itself alone: %s", async (_what, query, data) => {
    expect(await dataOf(query)).toEqual(data);
  });

  it("is decided by each operation's own variables", async () => {
    const document = parse(
      "query ($yes: Boolean! = true) { inner { ...F } } fragment F on Query { a b @include(if: $yes) }",
    );
    const results = [];
    for (const variables of [{ yes: false }, {}, { yes: false }, { yes: true }]) {
      results.push((await run({ document, operationName: undefined, variables }, context)).data);
    }
    const [without, whole] = [{ inner: { a: 1 } }, { inner: { a: 1, b: 2 } }];
    expect(results).toEqual([without, whole, without, whole]);
  });

  it("that is null is refused by the variable's name", async () => {
    expect(await dataOf("query ($yes: Boolean = true) { a @include(if: $yes) }", { yes: null })).toEqual([
      { message: "The variable yes is missing: Boolean! is required.", code: "BAD_USER_INPUT", field: "yes" },
    ]);
  });
});
