import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GraphQLError, Kind, parse } from "graphql";
import { faultBehind, faultExtensions, formatError, isMasked } from "../../src/graph/execution/errors";
import { createEvents } from "../../src/kernel/events";
import { asFault, Fault, faultCodes, faultRegister } from "../../src/kernel/fault";
import { printFaultTable } from "../../src/commands/registerPages";
import { createMetrics } from "../../src/server/http/metrics";

const schemaFolder = join(__dirname, "../../schema");

function enumValues(name: string): string[] {
  const { definitions } = parse(readFileSync(join(schemaFolder, "subgraph.graphql"), "utf8"));
  const found = definitions.find(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === name,
  );
  if (found?.kind !== Kind.ENUM_TYPE_DEFINITION) throw new Error(`the schema has no enum ${name}`);
  return (found.values ?? []).map((value) => value.name.value);
}

describe("the register of faults", () => {
  it("holds exactly the codes that the schema promises", () => {
    expect(enumValues("ProblemCode").sort()).toEqual([...faultCodes].sort());
  });

  it("is what schema/problems.md prints", () => {
    expect(readFileSync(join(schemaFolder, "problems.md"), "utf8")).toBe(printFaultTable());
  });

  it("has different words for each code", () => {
    expect(new Set(faultCodes.map((code) => faultRegister[code].message)).size).toBe(faultCodes.length);
  });
});

describe.each(faultCodes)("%s", (code) => {
  const { message, blame, retryable, httpStatus } = faultRegister[code];

  it("speaks in plain sentences", () => {
    expect(message).toMatch(/^[A-Z][a-zA-Z',. -]+\.$/);
  });

  it("uses no code words", () => {
    expect(message).not.toMatch(/_|HTTP|GraphQL|null|undefined/);
  });

  it("blames somebody whom the schema knows", () => {
    expect(enumValues("Blame")).toContain(blame);
  });

  it("has an HTTP status on the side of whoever is to blame", () => {
    const isTheirs = blame === "CALLER" || blame === "TAXPAYER";
    expect(Math.floor(httpStatus / 100)).toBe(isTheirs ? 4 : 5);
  });

  it("reaches GraphQL callers with its own words", () => {
    const error = new GraphQLError("internals", { originalError: new Fault(code) });
    expect(formatError(error.toJSON(), error)).toEqual({ message, extensions: { code, blame, retryable } });
  });

  it("counts under its own metrics label", async () => {
    const events = createEvents();
    const metrics = createMetrics(events);
    events.emit("operation ended", {
      requestId: "request",
      operationName: undefined,
      kind: "query",
      durationMs: 1,
      faults: [code],
    });
    events.emit("request refused", { requestId: "request", code, httpStatus });
    expect(await metrics.getSingleMetricAsString("aaygraph_faults_total")).toContain(`{code="${code}"} 2`);
  });

  it("is an upstream outcome that metrics can tell", async () => {
    const events = createEvents();
    const metrics = createMetrics(events);
    events.emit("upstream called", { provider: "EKO", operation: "itr-compliance", outcome: code, durationMs: 1 });
    expect(await metrics.getSingleMetricAsString("aaygraph_upstream_seconds")).toContain(`outcome="${code}"`);
  });

  it("has its row in the printed table", () => {
    const row = `| \`${code}\` | ${message} | ${blame} | ${retryable ? "yes" : "no"} | ${httpStatus} |`;
    expect(printFaultTable().split("\n")).toContain(row);
  });
});

describe("a fault", () => {
  it("adds its hint to the public words", () => {
    expect(new Fault("BAD_INPUT", { hint: "The year is missing." }).message).toBe(
      "Something in this request is not valid. The year is missing.",
    );
  });

  it("shows callers where it failed", () => {
    const fault = new Fault("RATE_LIMITED", { provider: "EKO", field: "pan", retryAfterSeconds: 7 });
    expect(faultExtensions(fault)).toMatchObject({ provider: "EKO", field: "pan", retryAfterSeconds: 7 });
  });

  it("keeps its note from callers", () => {
    const fault = new Fault("PROVIDER_UNAVAILABLE", { note: "for-our-logs", cause: new Error("for-our-logs") });
    const error = new GraphQLError("outer", { originalError: fault });
    expect(JSON.stringify(formatError(error.toJSON(), error))).not.toContain("for-our-logs");
  });

  it("is found behind the errors that GraphQL wraps around it", () => {
    const fault = new Fault("NOT_FOUND");
    const once = new GraphQLError("once", { originalError: fault });
    expect(faultBehind(new GraphQLError("twice", { originalError: once }))).toBe(fault);
  });
});

describe("what is thrown", () => {
  it("stays as it is when it is registered", () => {
    const fault = new Fault("PAN_NOT_FOUND");
    expect(asFault(fault)).toBe(fault);
  });

  it.each([new TypeError("PAN ZZZPA1234C"), "a text", undefined, null, { code: "BAD_INPUT" }])(
    "becomes INTERNAL when it is a stranger: %p",
    (stranger) => {
      expect(asFault(stranger)).toMatchObject({ code: "INTERNAL", cause: stranger });
    },
  );

  it("never shows a stranger's words to callers", () => {
    const error = new GraphQLError("PAN ZZZPA1234C", { originalError: new TypeError("PAN ZZZPA1234C") });
    expect(formatError(error.toJSON(), error)).toEqual({
      message: faultRegister.INTERNAL.message,
      extensions: { code: "INTERNAL", blame: "US", retryable: true },
    });
  });

  it("is to be found in the log when it is a stranger", () => {
    expect(isMasked(new GraphQLError("outer", { originalError: new TypeError("inner") }))).toBe(true);
  });
});
