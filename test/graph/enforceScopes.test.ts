import { buildSchema, execute, parse, subscribe, type GraphQLSchema } from "graphql";
import type { Access } from "../../src/graph/access";
import { guard } from "../../src/graph/authorization/enforceScopes";

const directives = `
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  directive @authenticated on FIELD_DEFINITION
`;
const income = '@requiresScopes(scopes: [["income:read"]])';
const sessions = '@requiresScopes(scopes: [["session:write"]])';
const either = '@requiresScopes(scopes: [["income:read"], ["session:write"]])';

function guarded(types: string): GraphQLSchema {
  return guard(buildSchema(directives + types));
}

function accessWith(scopes: readonly string[]): Access {
  return { tenant: "acme", subject: "tests", scopes: new Set(scopes), expiresAtMs: Infinity };
}

function ask(schema: GraphQLSchema, query: string, scopes: readonly string[], rootValue: object = {}) {
  return execute({ schema, document: parse(query), rootValue, contextValue: { access: accessWith(scopes) } });
}

function resolverOf(schema: GraphQLSchema, type: string, field: string): unknown {
  return (schema.toConfig().types.find(({ name }) => name === type) as ReturnType<
    GraphQLSchema["getQueryType"]
  >)!.getFields()[field]!.resolve;
}

describe("a marked field", () => {
  const schema = guarded(`type Query { income: Int ${income} any: Int @authenticated }`);
  const root = { income: 5, any: 6 };

  it("is read by a caller with the scope", async () => {
    expect(await ask(schema, "{ income }", ["income:read"], root)).toEqual({ data: { income: 5 } });
  });

  it("is null for a caller without it, and the error at its place names the scope", async () => {
    expect(await ask(schema, "{ income any }", ["ops:read"], root)).toMatchObject({
      data: { income: null, any: 6 },
      errors: [{ path: ["income"], originalError: { code: "FORBIDDEN", context: { scopes: ["income:read"] } } }],
    });
  });

  it("asks no resolver on behalf of a caller without it", async () => {
    const income = jest.fn();
    await ask(schema, "{ income }", [], { income });
    expect(income).not.toHaveBeenCalled();
  });

  it("answers at once where its resolver does", () => {
    expect(ask(schema, "{ income }", ["income:read"], root)).not.toBeInstanceOf(Promise);
  });

  it("may be had with any one of several scopes", async () => {
    const open = guarded(`type Query { id: Int ${either} }`);
    expect(await ask(open, "{ id }", ["session:write"], { id: 1 })).toEqual({ data: { id: 1 } });
  });
});

describe("a marked type", () => {
  const schema = guarded(`
    type Query { own: Filing list: [Filing!] }
    type Filing ${income} { form: String next: Filing secret: String ${sessions} }
  `);
  const filing = { form: "ITR_1", secret: "s" };

  it.each(["{ own { form } }", "{ list { form } }"])(
    "is asked for by every field that returns it: %s",
    async (query) => {
      const { errors } = await ask(schema, query, [], { own: filing, list: [filing] });
      expect(errors?.[0]?.originalError).toMatchObject({ code: "FORBIDDEN" });
    },
  );

  it("leaves the fields below as plain as they are", () => {
    expect(resolverOf(schema, "Filing", "form")).toBeUndefined();
    expect(resolverOf(schema, "Filing", "next")).toBeUndefined();
  });

  it("does not open what is marked below it", async () => {
    const query = "{ own { form secret } }";
    expect(await ask(schema, query, ["income:read"], { own: filing })).toMatchObject({
      data: { own: { form: "ITR_1", secret: null } },
      errors: [{ path: ["own", "secret"] }],
    });
    expect(await ask(schema, query, ["income:read", "session:write"], { own: filing })).toEqual({
      data: { own: filing },
    });
  });
});

describe("a type with two ways to it", () => {
  const types = (list: string) => `
    type Query { own: Page ${income} list: Page ${list} }
    type Page { filing: Filing }
    type Filing ${income} { form: String }
  `;
  const query = "{ list { filing { form } } }";
  const root = { list: { filing: { form: "ITR_1" } } };

  it("is asked about again where one of them does not ask", async () => {
    const { errors } = await ask(guarded(types("@authenticated")), query, [], root);
    expect(errors?.[0]).toMatchObject({ path: ["list", "filing"], originalError: { code: "FORBIDDEN" } });
  });

  it("is not asked about again where both of them ask", () => {
    expect(resolverOf(guarded(types(income)), "Page", "filing")).toBeUndefined();
  });

  it("is asked about again where one of them asks for less", () => {
    expect(resolverOf(guarded(types(either)), "Page", "filing")).toBeDefined();
  });
});

it("a marked subscription is refused before it begins", async () => {
  const schema = buildSchema(
    `${directives} type Query { a: Int @authenticated } type Subscription { b: Int ${income} }`,
  );
  const begin = jest.fn();
  schema.getSubscriptionType()!.getFields().b!.subscribe = begin;
  const contextValue = { access: accessWith([]) };
  const result = await subscribe({ schema: guard(schema), document: parse("subscription { b }"), contextValue });
  expect(result).toMatchObject({ errors: [{ originalError: { code: "FORBIDDEN" } }] });
  expect(begin).not.toHaveBeenCalled();
});

it("a root field that says nothing of who may have it stops the schema from being built", () => {
  expect(() => guarded("type Query { forgotten: Int }")).toThrow("Query.forgotten");
});
