import { getOperationAST, parse, print } from "graphql";
import { buildGraph } from "../../src/graph/schema";
import { sensitiveNames, sensitivePlaces } from "../../src/graph/authorization/sensitive";
import { createGuard } from "../../src/guard/guard";
import { loggableName, shapeOf } from "../../src/guard/shape";
import { usualLimits } from "../support/usualLimits";
import { createDocumentStore } from "../../src/server/graphql/knownOperations";
import { askBy } from "../support/roads";
import { startTestService } from "../support/service";

const { schema } = buildGraph();
const guard = createGuard(schema, usualLimits);
const names = sensitiveNames(schema);
const goingIn = sensitivePlaces(schema).filter(({ direction }) => direction === "in");

function shape(text: string): string {
  const document = parse(text);
  return shapeOf(document, getOperationAST(document)!, names);
}

describe("the name of an operation", () => {
  it.each(["Compliance", "WholeTaxpayer", "Form26AS", "_x", undefined])(
    "is logged when it looks like one: %s",
    (name) => {
      expect(loggableName(name)).toBe(name);
    },
  );

  it.each(["ABCDE1234F", "zzzpa1001a", "otp_4711", "Otp_1_2_3_4_5_6", "Aadhaar_1234_5678_9012", "a".repeat(81)])(
    "is withheld when it may be a person's number: %s",
    (name) => {
      expect(loggableName(name)).toBe("(withheld)");
    },
  );
});

describe("the shape of an operation", () => {
  it("tells fields without what the caller called them", () => {
    expect(shape("query ABCDE1234F { ABCDE1234F: taxpayer(pan: $p) { x: id } }")).toBe(
      "query { taxpayer(pan: ***) { id } }",
    );
  });

  it("tells arguments without what was put there", () => {
    expect(shape('{ taxpayer(pan: "ABCDE1234F") { compliance(maxAgeSeconds: 4711) { standing } } }')).toBe(
      "query { taxpayer(pan: ***) { compliance(maxAgeSeconds) { standing } } }",
    );
  });

  it("tells what is in fragments", () => {
    expect(
      shape("{ taxpayer(pan: $p) { ...ABCDE1234F } } fragment ABCDE1234F on Taxpayer { id ... on Taxpayer { pan } }"),
    ).toBe("query { taxpayer(pan: ***) { id pan } }");
  });

  it("is cut where it grows long", () => {
    expect(shape(`{ ${"__typename ".repeat(200)} }`)).toHaveLength(401);
  });

  it.each(goingIn)("hides what stands at $path", ({ name }) => {
    expect(shape(`{ any(${name}: "CANARY", other: { ${name}: "CANARY" }) }`)).not.toContain("CANARY");
  });
});

describe("what stands at each marked place", () => {
  const literal = (name: string) => `{ any(input: { inner: [{ ${name}: "CANARY" }] }) { id } }`;

  it.each(goingIn)("keeps a document out of the cache: $path", async ({ name }) => {
    const store = createDocumentStore((document) => guard.mayBeKept(document) && !isRefused(print(document)));
    await store.set("key", parse(literal(name)));
    expect(await store.get("key")).toBeUndefined();
  });

  it("keeps no document out of it that has variables there", async () => {
    const store = createDocumentStore((document) => guard.mayBeKept(document));
    const document = parse("query ($pan: Pan!) { taxpayer(pan: $pan) { id } }");
    await store.set("key", document);
    expect(await store.get("key")).toBe(document);
  });

  it("is in no log line, at no level, of a service that is asked with it", async () => {
    await using service = await startTestService();
    for (const { name } of goingIn) {
      await askBy("POST", service, { query: literal(name) });
      await askBy("POST", service, {
        query: `query CANARY1234 ($v: String) { CANARY1234: any(${name}: $v) { id } }`,
        variables: { v: "CANARY" },
      });
      await askBy("POST", service, { query: `query CANARY1234 { CANARY1234: taxpayer(pan: "CANARY") { id } }` });
    }
    expect(service.log.join("")).toContain('"operation ended"');
    expect(service.log.join("")).not.toContain("CANARY");
  });
});

function isRefused(text: string): boolean {
  try {
    guard.admit({ text, operationName: undefined, variables: {}, isInAddress: false });
    return false;
  } catch {
    return true;
  }
}
