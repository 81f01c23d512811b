import crypto from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { print } from "graphql";
import type { Events } from "../../src/kernel/events";
import { providers } from "../../src/providers/registry";
import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import { openStore } from "../../src/store/store";
import { everyRow } from "../store/sealingContract";
import { masterKey, newDataDir, settingsFor, sql } from "../store/storePlace";
import { startTestService, type TestService } from "../support/service";
import { sight } from "../support/sightings";
import { openTap } from "../support/tap";
import { attributeOf, openTraceCollector, type TraceCollector } from "../support/traceCollector";
import { fullRun, type FullRun } from "./fullRun";

/** Every event of the service with its facts, as deep as they go; and a way to make one happen. */
const mockTold: string[] = [];
const mockEmit: { now?: Events["emit"] } = {};
jest.mock("../../src/kernel/events", () => {
  const { createEvents } = jest.requireActual<{ createEvents: () => Events }>("../../src/kernel/events");
  const createOverheard = (): Events => {
    const events = createEvents();
    const emit: Events["emit"] = (name, facts) => {
      mockTold.push(`${name} ${inspect(facts, { depth: 20, showHidden: true, maxStringLength: null })}`);
      events.emit(name, facts);
    };
    mockEmit.now ??= emit;
    return { ...events, emit };
  };
  return { createEvents: createOverheard };
});

/** What is written past the log, by whomever. */
const printed: string[] = [];
const tokens = new Set<string>();
const dataDir = newDataDir();
let server: EmbeddedServer;
let service: TestService;
let collector: TraceCollector;
let run: FullRun;
let sent: readonly Buffer[];
let givenBack: unknown;

beforeAll(async () => {
  distinctOtps();
  for (const method of ["error", "warn", "info", "log", "debug"] as const) {
    jest.spyOn(console, method).mockImplementation((...words: unknown[]) => void printed.push(inspect(words)));
  }
  server = await startEmbedded({ dataDir: dataDir.path });
  collector = await openTraceCollector();
  const traces = collector.env();
  // The SDK reads it from the environment of the process.
  process.env.OTEL_BSP_SCHEDULE_DELAY = traces.OTEL_BSP_SCHEDULE_DELAY;
  service = await startTestService({
    ...traces,
    DATABASE_URL: server.url.reveal(),
    AAY_MASTER_KEY: masterKey.reveal().toString("base64"),
    TUTELAR_POLL_MS: "20",
    FINPASS_POLL_MS: "20",
    ...Object.fromEntries(providers.map(({ settings }) => [`${settings.prefix}_TIMEOUT_MS`, "4000"])),
  });
  await using tap = await openTap(service.service.address);
  await using store = await openStore(settingsFor({ databaseUrl: server.url, masterKey }));
  const { secrets, open } = await fullRun({ service: through(tap.url), store });
  run = { open, secrets: new Map([...secrets, ...ofOurOwn()]) };
  await through(tap.url).ask("{ canary_in_an_answer: __typename }");
  sent = tap.sent();
  const { id, input } = open;
  const { data } = await service.ask<unknown, unknown>(
    "query ($id: ID!, $pan: Pan!) { session(id: $id) { consent { reference } } taxpayer(pan: $pan) { pan(reveal: true) } }",
    { id, pan: input.pan },
  );
  givenBack = data;
}, 90_000);

afterAll(async () => {
  jest.restoreAllMocks();
  await service[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

/** Six digits may stand somewhere by chance, eight such digits do not. */
function distinctOtps(): void {
  const { randomInt } = crypto;
  let last = 73_190_482;
  const draw = (least: number, beyond?: number) =>
    beyond === undefined && least === 1_000_000 ? (last += 1) : randomInt(least, beyond ?? 0);
  jest.spyOn(crypto, "randomInt").mockImplementation(draw);
}

/** The service as it is seen over another wire. */
function through(url: string): TestService {
  return {
    ...service,
    url,
    async ask(operation, variables, caller) {
      const query = typeof operation === "string" ? operation : print(operation);
      const token = await service.token(caller);
      tokens.add(token);
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as never;
    },
  };
}

/** What lets callers in to us, and us in to the vendors and the taxpayers' keys. */
function ofOurOwn(): [what: string, secret: string][] {
  const credentials = providers.flatMap(({ settings: { sandbox } }) => Object.entries(sandbox));
  return [
    ...credentials.filter(([name]) => /KEY|SECRET|TOKEN/.test(name)),
    ...[...tokens].map((token, at): [string, string] => [`our token ${at}`, token.split(".")[2]!]),
    ["master key", masterKey.reveal().toString("base64")],
  ];
}

function findIn(texts: readonly (Buffer | string)[], wanted = run.secrets): string[] {
  return sight(texts, wanted);
}

async function findInTables(wanted = run.secrets): Promise<string[]> {
  return findIn([await everyRow(server.url)], wanted);
}

/** In every file that PostgreSQL has, its log among them, when all has been written there. */
async function findInFiles(wanted = run.secrets): Promise<string[]> {
  await sql(server.url, "checkpoint");
  const entries = await readdir(dataDir.path, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return findIn(await Promise.all(paths.map((path) => readFile(path))), wanted);
}

describe("when all vendors' flows have been gone through, well and badly, no secret stands", () => {
  it("in any table", async () => {
    expect(run.secrets.size).toBeGreaterThan(100);
    expect(await findInTables()).toEqual([]);
  });

  it("in any file of the database", async () => {
    expect(await findInFiles()).toEqual([]);
  });

  it("in the log", () => {
    expect(service.log.join("")).toContain("pii revealed");
    expect(findIn(service.log)).toEqual([]);
  });

  it("in any event, whoever may listen to it one day", () => {
    expect(mockTold.join("")).toContain("session changed");
    expect(findIn(mockTold)).toEqual([]);
  });

  it("in any trace", async () => {
    await service.ask("query LastOfAll { __typename }");
    // Spans are sent in the order of their ends.
    await collector.until((span) => attributeOf(span, "graphql.operation.name") === "LastOfAll");
    const kinds = new Set(collector.spans.map(({ name }) => name.split(" ", 1)[0]));
    expect([...kinds].sort()).toEqual(["JOB", "OPERATION", "SQL", "VENDOR_CALL"]);
    expect(collector.spans.flatMap(({ events }) => events.map(({ name }) => name))).toContain("session changed");
    expect(findIn(collector.received)).toEqual([]);
  });

  it("in what is written past the log", () => {
    expect(findIn(printed)).toEqual([]);
  });

  it("in the metrics", async () => {
    const metrics = await (await service.fetch("/metrics")).text();
    expect(metrics).toContain("aaygraph_session_changes_total");
    expect(findIn([metrics])).toEqual([]);
  });

  it("in any answer over HTTP or WebSocket", () => {
    const told = new Map(["openSession", "sessionChanged"].map((field) => [field, `"${field}":{`]));
    expect(findIn(sent, told)).toEqual([...told.keys()]);
    // A link of our own is told to the caller for whom it was made.
    expect(findIn(sent).filter((what) => !what.endsWith(": link"))).toEqual([]);
  });
});

describe("a secret that does stand", () => {
  const planted = (secret: string) => new Map([["planted", secret]]);
  const plant = (secret: string) =>
    sql(server.url, "insert into aaygraph.keyring values ($1, convert_to($1, 'UTF8'), '')", [secret]);

  it("in a table as bytes is found", async () => {
    const secret = "canary-in-a-table";
    await plant(secret);
    await sql(server.url, "update aaygraph.keyring set purpose = 'planted in a table' where purpose = $1", [secret]);
    expect(await findInTables(planted(secret))).toEqual(["planted"]);
  });

  it("in a file is found", async () => {
    const secret = "canary-in-a-file";
    await plant(secret);
    expect(await findInFiles(planted(secret))).toEqual(["planted"]);
  });

  it("in the database's own log is found", async () => {
    await sql(server.url, "do $$ begin raise log '%', 'canary-in-the-log-' || 'of-the-database'; end $$");
    expect(await findInFiles(planted("canary-in-the-log-of-the-database"))).toEqual(["planted"]);
  });

  it("in the name of an operation is found in a trace", async () => {
    await service.ask("query canary_in_a_trace { __typename }");
    await collector.until((span) => attributeOf(span, "graphql.operation.name") === "canary_in_a_trace");
    expect(findIn(collector.received, planted("canary_in_a_trace"))).toEqual(["planted"]);
  });

  it("in an event is found there, in the log, and in the metrics", async () => {
    const secret = "canary-in-an-event";
    mockEmit.now?.("pii revealed", { requestId: "", tenant: "", caller: "", field: secret });
    mockEmit.now?.("upstream called", { provider: secret, operation: "", outcome: "OK", durationMs: 1 });
    expect(findIn(mockTold, planted(secret))).toEqual(["planted"]);
    expect(findIn(service.log, planted(secret))).toEqual(["planted"]);
    expect(findIn([await (await service.fetch("/metrics")).text()], planted(secret))).toEqual(["planted"]);
  });

  it("in what is written past the log is found", () => {
    console.error(new Error("canary-past-the-log"));
    expect(findIn(printed, planted("canary-past-the-log"))).toEqual(["planted"]);
  });

  it("in an answer is found", () => {
    expect(findIn(sent, planted("canary_in_an_answer"))).toEqual(["planted"]);
  });

  it.each<[string, (secret: string) => Buffer | string]>([
    ["as it is", (secret) => secret],
    ["in lower case", (secret) => secret.toLowerCase()],
    ["in hex", (secret) => Buffer.from(secret).toString("hex")],
    ["in base64, behind another byte", (secret) => Buffer.from(`:${secret}.`).toString("base64")],
    ["in base64, behind two", (secret) => Buffer.from(`::${secret}.`).toString("base64")],
    ["in base64 for URLs", (secret) => Buffer.from(secret).toString("base64url")],
    ["in a URL", encodeURIComponent],
    ["backwards", (secret) => Array.from(secret).reverse().join("")],
    ["in JSON", (secret) => JSON.stringify({ secret })],
    [
      "in JSON's escapes",
      (secret) =>
        Array.from(secret)
          .map((each) => `\\u00${each.charCodeAt(0).toString(16)}`)
          .join(""),
    ],
    ["in UTF-16", (secret) => Buffer.from(`:${secret}`, "utf16le")],
  ])("%s is found", (_disguise, disguised) => {
    const secret = 'Pass?word>>1001/"';
    expect(findIn([Buffer.concat([Buffer.from("before "), Buffer.from(disguised(secret))])], planted(secret))).toEqual([
      "planted",
    ]);
  });
});

describe("what is secret to others", () => {
  it("is given back to its own tenant by name: the consent's reference, or the PAN to who may reveal it", () => {
    const { input } = run.open;
    const { reference } = input.consent;
    expect(givenBack).toEqual({ session: { consent: { reference } }, taxpayer: { pan: input.pan } });
  });
});
