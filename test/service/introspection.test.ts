import { startTestService, type TestService } from "../support/service";
import { codesOf, subscribe } from "../support/sessionCaller";

const aboutTheSchema = [
  "{ __schema { queryType { name } } }",
  '{ __type(name: "Taxpayer") { name } }',
  "{ _service { sdl } }",
  "{ providers { id } ...Hidden } fragment Hidden on Query { a: __schema { queryType { name } } }",
  "query ($yes: Boolean = true) { ... @include(if: $yes) { __schema { queryType { name } } } }",
];
const everythingElse = { scopes: ["income:read", "compliance:read", "session:write", "pii:reveal", "audit:read"] };

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ AAY_INTROSPECTION: "off" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

describe("introspection that is switched off", () => {
  it.each(aboutTheSchema)("is refused to whoever does not run the service: %s", async (query) => {
    // Asked before by somebody who may, so that the operation is known.
    expect((await service.ask(query)).errors).toBeUndefined();
    const { data, errors } = await service.ask(query, {}, everythingElse);
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors![0]!.extensions).toMatchObject({ code: "FORBIDDEN", scopes: ["ops:read"] });
  });

  it.each(aboutTheSchema)("is open to whoever runs it: %s", async (query) => {
    expect((await service.ask(query, {}, { scopes: ["ops:read"] })).errors).toBeUndefined();
  });

  it.each(aboutTheSchema)("is refused over GET: %s", async (query) => {
    const address = `/graphql?query=${encodeURIComponent(query)}`;
    const headers = { "x-apollo-operation-name": "any" };
    const response = await service.fetch(address, { headers, caller: everythingElse });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
  });

  it.each(aboutTheSchema)("is refused over WebSocket: %s", async (query) => {
    for await (const { data, errors } of subscribe(service, query, {}, everythingElse)) {
      expect(data).toBeNull();
      expect(codesOf(errors)).toEqual(["FORBIDDEN"]);
    }
    expect.hasAssertions();
  });

  it("cannot be asked for by a subscription", async () => {
    const events = subscribe(service, "subscription { __schema { queryType { name } } }", {}, everythingElse);
    const refusal: unknown = await events.next().catch((thrown: unknown) => thrown);
    expect(JSON.stringify(refusal)).toContain("GRAPHQL_VALIDATION_FAILED");
  });

  it("leaves the names of types to everybody", async () => {
    expect((await service.ask("{ __typename }", {}, everythingElse)).data).toEqual({ __typename: "Query" });
  });
});
