import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, launch, startProcess } from "../support/process";
import { openStandInEko, onRecord, type StandInEko } from "../support/standInEko";

let folder: string;
let dataDir: string;
let eko: StandInEko;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "aaygraph-process-"));
  dataDir = join(folder, "kept");
  eko = await openStandInEko();
});

afterEach(async () => {
  await eko[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const compliance = "query ($pans: [Pan!]!) { taxpayers(pans: $pans) { id compliance { standing filedOn } } }";

function pans(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `ZZZPW${1_000 + from + at}C`);
}

describe("the service as a process", () => {
  it("tells a person where to go, with which token, and whom to ask about, before its log begins", async () => {
    const service = await startProcess({ AAY_DATA_DIR: dataDir });
    const [welcome = "", log = ""] = service.output().split(/^(?=\{)/m);
    expect(welcome).toMatch(/Playground +http:\/\/127\.0\.0\.1:\d+\/playground/);
    expect(welcome).toContain("eyJ");
    expect(welcome.match(/ZZZP[A-Z]\d{4}[A-Z]/g)).toHaveLength(3);
    expect(JSON.parse(log.split("\n")[0] ?? "")).toMatchObject({ msg: "service started" });
    expect(await service.end("SIGTERM")).toBe(0);
  });

  it("ends with status 0 on SIGTERM and on SIGINT, and starts again on the same folder", async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const service = await startProcess({ AAY_DATA_DIR: dataDir });
      expect(await ask(service, "{ __typename }")).toMatchObject({ data: { __typename: "Query" } });
      expect(await service.end(signal)).toBe(0);
    }
  });

  it("refuses a folder that another service is using, and leaves that one alone", async () => {
    const first = await startProcess({ AAY_DATA_DIR: dataDir });
    const second = launch({ AAY_DATA_DIR: dataDir });
    expect(await second.ended).toEqual([1, null]);
    expect(second.printed.err).toContain(`Another service is already running on the folder ${dataDir}`);
    expect(await ask(first, "{ __typename }")).toMatchObject({ data: { __typename: "Query" } });
    expect(await first.end("SIGTERM")).toBe(0);
  });

  it("names everything that live mode misses in one message, and ends with status 1 before it listens", async () => {
    const { ended, printed } = launch({ AAY_MODE: "live", AAY_DATA_DIR: dataDir, EKO_ACCESS_KEY: "CANARY" });
    expect(await ended).toEqual([1, null]);
    for (const name of ["AAY_MASTER_KEY", "AAY_JWT_ISSUER", "AAY_JWT_AUDIENCE", "AAY_JWKS_URL", "EKO_BASE_URL"]) {
      expect(printed.err).toContain(name);
    }
    expect(printed.err + printed.out).not.toContain("CANARY");
    expect(printed.out).toBe("");
  });
});

describe("a service killed in the middle of its work", () => {
  it("has lost nothing that it answered, when it is started again", async () => {
    const answered: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const service = await startProcess({ AAY_DATA_DIR: dataDir, ...eko.env });
      const enough = Promise.withResolvers<undefined>();
      const inFlight = Array.from({ length: 30 }, async (_, at) => {
        const pan = pans(round * 100 + at, 1);
        const { errors } = await ask(service, compliance, { pans: pan });
        if (errors === undefined) answered.push(...pan);
        if (answered.length >= (round + 1) * 5) enough.resolve(undefined);
      });
      await enough.promise;
      expect(await service.end("SIGKILL")).toBe("SIGKILL");
      await Promise.allSettled(inFlight);
    }
    const service = await startProcess({ AAY_DATA_DIR: dataDir, ...eko.env });
    eko.reply = (pan) => onRecord(pan, { compliance_status: "Pending" });
    for (let at = 0; at < answered.length; at += 100) {
      const asked = answered.slice(at, at + 100);
      const { data, extensions } = await ask(service, compliance, { pans: asked });
      const held = { compliance: { standing: "COMPLIANT", filedOn: "2026-07-15" } };
      expect(data).toMatchObject({ taxpayers: asked.map(() => held) });
      expect(extensions?.cost).toMatchObject({ upstreamCalls: 0, heldAnswers: asked.length });
    }
    expect(await service.end("SIGTERM")).toBe(0);
  });
});
