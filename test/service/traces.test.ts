import { randomBytes } from "node:crypto";
import { print } from "graphql";
import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import { OpenSessionDocument } from "../../packages/client/src/operations";
import { externalPlace, newDataDir } from "../store/storePlace";
import { openInput } from "../support/sessionCaller";
import { onOneDatabase, startSessionProcess, type SessionProcess } from "../support/sessionProcess";
import { startTestService } from "../support/service";
import { attributeOf, openTraceCollector, type CollectedSpan, type TraceCollector } from "../support/traceCollector";
import { openVendorGate } from "../support/vendorGate";
import { providerOf } from "../support/vendors";

const dataDir = newDataDir();
const traceId = randomBytes(16).toString("hex");
const callerSpan = randomBytes(8).toString("hex");
const fromCaller = { traceparent: `00-${traceId}-${callerSpan}-01`, tracestate: "vendor=canary-in-tracestate" };
let server: EmbeddedServer;
let collector: TraceCollector;
let tree: readonly CollectedSpan[];

/** A caller whose own system has begun the trace. */
async function askTraced(service: SessionProcess, query: string, variables: object): Promise<unknown> {
  const response = await fetch(service.url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${service.token}`, ...fromCaller },
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as { data: unknown }).data;
}

/** A session that is opened on one process, and gone on with by another, after the first has ended. Then one question. */
beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  collector = await openTraceCollector();
  await using opening = new AsyncDisposableStack();
  const place = opening.use(await externalPlace(server.url));
  const gate = opening.use(await openVendorGate(providerOf("FINPASS")));
  const shared = { ...onOneDatabase(await place.url()), ...gate.env(), FINPASS_POLL_MS: "1000" };
  const one = opening.use(await startSessionProcess({ ...shared, ...collector.env("one") }));
  const input = openInput({ provider: "FINPASS" });
  await askTraced(one, print(OpenSessionDocument), { input });
  await one.end("SIGTERM");
  const other = opening.use(await startSessionProcess({ ...shared, ...collector.env("other") }));
  await collector.until(({ door, name }) => door === "other" && name.startsWith("VENDOR_CALL FINPASS"));
  gate.letTimePass();
  await collector.until(({ events }) =>
    events.some((event) => attributeOf(event, "aaygraph.move") === "documentsRead"),
  );
  await askTraced(other, "query Income($pan: Pan!) { taxpayer(pan: $pan) { filings(first: 1) { nodes { id } } } }", {
    pan: input.pan,
  });
  await other.end("SIGTERM");
  tree = collector.spans.filter((span) => span.traceId === traceId);
}, 60_000);

afterAll(async () => {
  await collector[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

const ofKind = (kind: string, door?: string) =>
  tree.filter((span) => span.name.startsWith(`${kind} `) && (door === undefined || span.door === door));

describe("a session and a question whose caller has begun a trace", () => {
  it("are one tree below the caller's span", () => {
    const spanIds = new Set(tree.map(({ spanId }) => spanId));
    const outside = tree.map(({ parentSpanId }) => parentSpanId).filter((id) => !spanIds.has(id ?? ""));
    expect(new Set(outside)).toEqual(new Set([callerSpan]));
    expect(ofKind("OPERATION").map(({ parentSpanId }) => parentSpanId)).toEqual([callerSpan, callerSpan]);
  });

  it("show the login at the vendor within the operation that asked for it", () => {
    const [operation] = ofKind("OPERATION", "one");
    const [login] = ofKind("VENDOR_CALL", "one");
    expect(login?.parentSpanId).toBe(operation?.spanId);
    expect(attributeOf(login!, "aaygraph.provider")).toBe("FINPASS");
    expect(attributeOf(login!, "aaygraph.outcome")).toBe("OK");
  });

  it("show the statements of the store, by their names", () => {
    const names = ofKind("SQL").map(({ name }) => name);
    expect(names).toContain("SQL transaction");
    expect(names).toContain("SQL held_by_lookup");
  });

  it("show the jobs of another process, side by side below the operation that began them", () => {
    const [operation] = ofKind("OPERATION", "one");
    const jobs = ofKind("JOB", "other");
    expect(jobs.length).toBeGreaterThan(0);
    expect(new Set(jobs.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([operation?.spanId]));
    const polls = ofKind("VENDOR_CALL", "other").map(({ parentSpanId }) => parentSpanId);
    expect(jobs.map(({ spanId }) => spanId)).toEqual(expect.arrayContaining(polls));
  });

  it("name the operation", () => {
    const names = ofKind("OPERATION").map((span) => attributeOf(span, "graphql.operation.name"));
    expect(names).toEqual(["OpenSession", "Income"]);
  });

  it("have no text of the caller's system, beyond the numbers of the trace", () => {
    expect(collector.received.join()).not.toContain("canary-in-tracestate");
  });

  it("have only attributes that are meant to be there", () => {
    const lists = tree.flatMap(({ attributes, events }) => [attributes, ...events.map((event) => event.attributes)]);
    expect([...new Set(lists.flat().map(({ key }) => key))].sort()).toEqual([
      "aaygraph.count",
      "aaygraph.document",
      "aaygraph.endpoint",
      "aaygraph.faults",
      "aaygraph.move",
      "aaygraph.outcome",
      "aaygraph.provider",
      "aaygraph.state",
      "graphql.operation.name",
      "graphql.operation.type",
    ]);
  });
});

it("a collector that refuses all traces is reported in the log, once", async () => {
  await using refusing = await openTraceCollector(400);
  process.env.OTEL_BSP_SCHEDULE_DELAY = "20";
  await using service = await startTestService(refusing.env());
  for (const name of ["First", "Second", "Third"]) {
    await service.ask(`query ${name} { __typename }`);
    await refusing.until((span) => attributeOf(span, "graphql.operation.name") === name);
  }
  await service.service.stop("the test is over");
  const failures = service.log.filter((line) => line.includes("exporting traces"));
  expect(failures).toHaveLength(1);
});

it("a malformed traceparent begins a new trace", async () => {
  await using own = await openTraceCollector();
  process.env.OTEL_BSP_SCHEDULE_DELAY = "20";
  await using service = await startTestService(own.env());
  const traceparents = ["00-0-0-01", `00-${"0".repeat(32)}-${callerSpan}-01`, "canary"];
  for (const traceparent of traceparents) {
    await service.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", traceparent },
      body: JSON.stringify({ query: "query Malformed { __typename }" }),
    });
  }
  await service.service.stop("the test is over");
  const operations = own.spans.filter(({ name }) => name.startsWith("OPERATION"));
  expect(operations.map(({ parentSpanId }) => parentSpanId ?? "")).toEqual(traceparents.map(() => ""));
});
