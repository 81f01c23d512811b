import crypto from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { print } from "graphql";
import { type EmbeddedServer, startEmbedded } from "../../src/store/embedded";
import { openStore } from "../../src/store/store";
import { everyRow } from "../store/sealingContract";
import { masterKey, newDataDir, settingsFor, sql } from "../store/storePlace";
import { startTestService, type TestService } from "../support/service";
import { openTap } from "../support/tap";
import { fullRun, type FullRun } from "./fullRun";

const dataDir = newDataDir();
let server: EmbeddedServer;
let service: TestService;
let run: FullRun;
let sent: readonly Buffer[];
let givenBack: unknown;

beforeAll(async () => {
  distinctOtps();
  server = await startEmbedded({ dataDir: dataDir.path });
  service = await startTestService({
    DATABASE_URL: server.url.reveal(),
    AAY_MASTER_KEY: masterKey.reveal().toString("base64"),
    TUTELAR_POLL_MS: "20",
    FINPASS_POLL_MS: "20",
  });
  await using tap = await openTap(service.service.address);
  await using store = await openStore(settingsFor({ databaseUrl: server.url, masterKey }));
  run = await fullRun({ service: through(tap.url), store });
  sent = tap.sent();
  const { id, input } = run.open;
  const { data } = await service.ask<unknown, unknown>(
    "query ($id: ID!, $pan: Pan!) { session(id: $id) { consent { reference } } taxpayer(pan: $pan) { pan(reveal: true) } }",
    { id, pan: input.pan },
  );
  givenBack = data;
}, 90_000);

afterAll(async () => {
  jest.restoreAllMocks();
  await service[Symbol.asyncDispose]();
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
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await service.token(caller)}` },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as never;
    },
  };
}

/** Which of them stand there. */
function findIn(texts: readonly (Buffer | string)[], wanted = run.secrets): string[] {
  return [...wanted].flatMap(([what, secret]) => (texts.some((text) => text.includes(secret)) ? [what] : []));
}

/** Text stands in a table as it is, and bytes as digits. */
async function findInTables(wanted = run.secrets): Promise<string[]> {
  const rows = await everyRow(server.url);
  const digits = new Map([...wanted].map(([what, secret]) => [what, Buffer.from(secret).toString("hex")]));
  return [...findIn([rows], wanted), ...findIn([rows], digits)];
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

  it("in the metrics", async () => {
    const metrics = await (await service.fetch("/metrics")).text();
    expect(metrics).toContain("aaygraph_session_changes_total");
    expect(findIn([metrics])).toEqual([]);
  });

  it("in any answer over HTTP or WebSocket", () => {
    const told = new Map(["openSession", "sessionChanged"].map((field) => [field, `"${field}":{`]));
    expect(findIn(sent, told)).toEqual([...told.keys()]);
    expect(findIn(sent)).toEqual([]);
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
});

describe("what is secret to others", () => {
  it("is given back to its own tenant by name: the consent's reference, or the PAN to who may reveal it", () => {
    const { input } = run.open;
    const { reference } = input.consent;
    expect(givenBack).toEqual({ session: { consent: { reference } }, taxpayer: { pan: input.pan } });
  });
});
