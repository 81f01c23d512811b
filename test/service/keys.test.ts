import { join } from "node:path";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { ComplianceDocument, OpenSessionDocument } from "../../packages/client/src/operations";
import { newDataDir, sql } from "../store/storePlace";
import { attachEmbedded } from "../../src/store/postgres/embedded";
import { launch } from "../support/process";
import { startTestService, type TestService } from "../support/service";
import { newPerson, openInput, openToReady } from "../support/sessionCaller";

const readFilings = "query ($pan: Pan!) { taxpayer(pan: $pan) { filings { nodes { form } } } }";

/** Runs a command of the service to its end. */
async function run(dataDir: string, ...args: string[]) {
  const { printed, ended } = launch({ AAY_DATA_DIR: dataDir }, args);
  const [status] = await ended;
  return { status, printed: printed.out + printed.err };
}

/** Asks without a pause until it is told to stop: what is held, whom nobody knows yet, and for sessions. */
async function underLoad<Result>(service: TestService, heldPan: string, during: () => Promise<Result>) {
  const failures: string[] = [];
  const served = { held: 0, met: 0, sessions: 0 };
  let isOver = false;
  async function keepAsking(kind: keyof typeof served, ask: () => Promise<{ errors?: unknown; data?: unknown }>) {
    while (!isOver) {
      const { errors, data } = await ask();
      if (errors || !data) failures.push(JSON.stringify(errors));
      served[kind] += 1;
    }
  }
  const asking = [
    keepAsking("held", () => service.ask(readFilings, { pan: heldPan })),
    keepAsking("met", () => service.ask(ComplianceDocument, { pan: newPerson().pan })),
    keepAsking("sessions", async () => {
      const answer = await service.ask(OpenSessionDocument, { input: openInput({ provider: "KWIKID" }) });
      const { problem } = answer.data?.openSession ?? {};
      return problem ? { errors: problem } : answer;
    }),
  ];
  const result = await during();
  isOver = true;
  await Promise.all(asking);
  return { result, failures, served };
}

describe("the sandbox's own master key", () => {
  it("is rotated under a service at work, which fails nobody and needs the old one no more", async () => {
    await using folder = newDataDir();
    const env = { AAY_DATA_DIR: folder.path };
    const keyFile = join(folder.path, "master-key");
    let heldPan = "";
    let oldKey = "";
    {
      await using service = await startTestService(env);
      heldPan = (await openToReady(service, "KWIKID")).input.pan;
      oldKey = readFileSync(keyFile, "utf8");
      const { result, failures, served } = await underLoad(service, heldPan, () => run(folder.path, "keys", "rotate"));
      expect(result).toMatchObject({ status: 0, printed: expect.stringContaining("Sealed anew: 1 look-up") as string });
      expect(failures).toEqual([]);
      expect(Math.min(...Object.values(served))).toBeGreaterThan(0);
      expect(readFileSync(keyFile, "utf8")).not.toBe(oldKey);
      expect(existsSync(`${keyFile}-old`)).toBe(false);
      const { data } = await service.ask(ComplianceDocument, { pan: newPerson().pan });
      expect(data?.taxpayer).toBeDefined();
      const url = await attachEmbedded({ dataDir: folder.path });
      const rows = await sql(url!, "select distinct master_key_id from aaygraph.subject_keys");
      expect(rows).toHaveLength(1);
    }
    {
      await using service = await startTestService(env);
      const { data } = await service.ask(readFilings, { pan: heldPan });
      expect(data).toMatchObject({ taxpayer: { filings: { nodes: [{}, {}] } } });
    }
    renameSync(keyFile, `${keyFile}-new`);
    writeFileSync(keyFile, oldKey);
    await expect(startTestService(env)).rejects.toThrow("No master key in the settings opens this store");
  }, 120_000);

  it("is not made anew where AAY_MASTER_KEY is set", async () => {
    await using folder = newDataDir();
    const env = { AAY_DATA_DIR: folder.path, AAY_MASTER_KEY: Buffer.alloc(32, 7).toString("base64") };
    const { printed, ended } = launch(env, ["keys", "rotate"]);
    const [status] = await ended;
    expect({ status, err: printed.err }).toMatchObject({
      status: 1,
      err: expect.stringContaining("AAY_MASTER_KEYS_OLD") as string,
    });
  }, 30_000);
});

describe("the key that a tenant's people are found by", () => {
  it("is rotated under a service at work, which fails nobody and meets nobody twice", async () => {
    await using folder = newDataDir();
    await using service = await startTestService({ AAY_DATA_DIR: folder.path });
    const heldPan = (await openToReady(service, "KWIKID")).input.pan;
    const rotate = () => run(folder.path, "keys", "rotate-lookup", "--tenant", "lender");
    const { result, failures, served } = await underLoad(service, heldPan, rotate);
    expect(result).toMatchObject({ status: 0, printed: expect.stringMatching(/Re-keyed: [1-9]/) as string });
    expect(failures).toEqual([]);
    expect(Math.min(...Object.values(served))).toBeGreaterThan(0);
    const { data } = await service.ask(readFilings, { pan: heldPan });
    expect(data).toMatchObject({ taxpayer: { filings: { nodes: [{}, {}] } } });
    const url = await attachEmbedded({ dataDir: folder.path });
    const people = await sql<{ lookup_key: number }>(url!, "select lookup_key from aaygraph.subjects");
    expect(people).toHaveLength(1 + served.met + served.sessions);
    expect(people.filter(({ lookup_key: number }) => number !== 1)).toEqual([]);
  }, 120_000);

  it("is not rotated without a tenant's name", async () => {
    await using folder = newDataDir();
    expect(await run(folder.path, "keys", "rotate-lookup")).toMatchObject({
      status: 1,
      printed: expect.stringContaining("--tenant NAME") as string,
    });
  }, 30_000);
});

describe("a master key that is given in a file", () => {
  it("is changed under a service at work, which reads the file anew", async () => {
    await using folder = newDataDir();
    await using keys = newDataDir();
    const [before, after] = [7, 8].map((byte) => Buffer.alloc(32, byte).toString("base64"));
    const file = `${keys.path}.key`;
    const oldFile = `${keys.path}.old`;
    writeFileSync(file, before!);
    writeFileSync(oldFile, "");
    const env = { AAY_DATA_DIR: folder.path, AAY_MASTER_KEY_FILE: file, AAY_MASTER_KEYS_OLD_FILE: oldFile };
    await using service = await startTestService(env);
    const heldPan = (await openToReady(service, "KWIKID")).input.pan;
    writeFileSync(oldFile, before!);
    writeFileSync(file, after!);
    const { result, failures } = await underLoad(service, heldPan, async () => {
      const { printed, ended } = launch(env, ["keys", "rewrap"]);
      const [status] = await ended;
      return { status, printed: printed.out + printed.err };
    });
    expect(result).toMatchObject({ status: 0 });
    expect(failures).toEqual([]);
    writeFileSync(oldFile, "");
    const { data, errors } = await service.ask(readFilings, { pan: heldPan });
    expect({ data, errors }).toMatchObject({ data: { taxpayer: { filings: { nodes: [{}, {}] } } }, errors: undefined });
  }, 120_000);
});
