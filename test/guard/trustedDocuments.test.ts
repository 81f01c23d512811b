import { hash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { concatAST, getIntrospectionQuery, parse, print, separateOperations } from "graphql";
import { askBy, roads, type Asked } from "../support/roads";
import { startTestService, type TestService } from "../support/service";

const text = "query Mine($pan: Pan!) { taxpayer(pan: $pan) { pan } }";
const variables = { pan: "ZZZPA1001A" };
const answer = { taxpayer: { pan: "ZZZPA****A" } };
const sha256Hash = hash("sha256", text);

let folder: string;
let service: TestService;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "aaygraph-documents-"));
  service = await startTestService({ AAY_TRUSTED_DOCUMENTS: manifestOf({ mine: text }), AAY_INTROSPECTION: "off" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function manifestOf(textById: Record<string, string>): string {
  const path = join(folder, `${hash("sha256", JSON.stringify(textById))}.json`);
  writeFileSync(path, JSON.stringify(textById));
  return path;
}

describe.each(roads)("over %s", (road) => {
  it.each<[string, Asked]>([
    ["by its id", { documentId: "mine", variables }],
    ["by its hash", { extensions: { persistedQuery: { version: 1, sha256Hash } }, variables }],
    ["by its hash as an id", { documentId: sha256Hash, variables }],
    ["by its hash as an id with the prefix of the standard", { documentId: `sha256:${sha256Hash}`, variables }],
    ["by its text", { query: text, variables }],
    ["by its id, beside another text", { documentId: "mine", query: "{ providers { id } }", variables }],
  ])("a trusted document is answered %s, each time", async (_title, asked) => {
    for (let time = 0; time < 2; time += 1) {
      const { data, errors } = await askBy(road, service, asked);
      expect(errors).toBeUndefined();
      expect(data).toEqual(answer);
    }
  });

  it.each<[string, Asked]>([
    ["another text", { query: "{ providers { id } }" }],
    ["the same text with a blank more", { query: `${text} `, variables }],
    ["an id that nobody registered", { documentId: "other", variables }],
    [
      "a hash that nobody registered",
      { extensions: { persistedQuery: { version: 1, sha256Hash: "0" } }, query: text, variables },
    ],
    ["introspection", { query: getIntrospectionQuery() }],
    ["what is not GraphQL", { query: "CANARY" }],
  ])("%s is refused", async (_title, asked) => {
    const { data, errors, status } = await askBy(road, service, asked);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", blame: "CALLER" } }]);
    expect(status).toBe(road === "WebSocket" ? undefined : 403);
    expect(JSON.stringify(errors)).not.toContain("CANARY");
  });
});

it("introspection is answered beside trusted documents where it is on", async () => {
  await using open = await startTestService({
    AAY_TRUSTED_DOCUMENTS: manifestOf({ mine: text }),
    AAY_INTROSPECTION: "on",
  });
  for (const road of roads) {
    expect((await askBy(road, open, { query: getIntrospectionQuery() })).errors).toBeUndefined();
    const { errors } = await askBy(road, open, { query: "{ __typename providers { id } }" });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  }
});

it("an id means nothing where no documents are registered", async () => {
  await using open = await startTestService();
  const { errors } = await askBy("POST", open, { documentId: "mine", variables });
  expect(errors).toMatchObject([{ extensions: { code: "BAD_INPUT" } }]);
});

describe("a manifest", () => {
  it.each([
    ["unknown fields", "query Bad { nothing }", "Bad is refused. Cannot query field"],
    [
      "a secret in its text",
      'mutation Bad { submitOtp(input: { sessionId: "x", otp: "1234" }) { replayed } }',
      "Bad is refused.",
    ],
    ["more than the limits allow", `query Bad { ${"__typename ".repeat(30)} }`, "(limit: rootFields)"],
    ["no GraphQL", "query Bad {", "bad-id is refused. It is not GraphQL."],
  ])("with %s ends the start with the operation's name", async (_title, bad, complaint) => {
    const starting = startTestService({ AAY_TRUSTED_DOCUMENTS: manifestOf({ mine: text, "bad-id": bad }) });
    await expect(starting).rejects.toThrow(complaint);
  });

  it("of all our own operations is served", async () => {
    const operations = join(__dirname, "../../schema/operations");
    const all = concatAST(readdirSync(operations).map((file) => parse(readFileSync(join(operations, file), "utf8"))));
    // Each with the fragments that it needs.
    const texts = Object.entries(separateOperations(all)).map(([name, document]) => [name, print(document)] as const);
    expect(texts.length).toBeGreaterThan(20);
    await using open = await startTestService({ AAY_TRUSTED_DOCUMENTS: manifestOf(Object.fromEntries(texts)) });
    const { data } = await askBy("POST", open, { documentId: "Providers" });
    expect(data).toMatchObject({ providers: expect.any(Array) as unknown });
  });
});
