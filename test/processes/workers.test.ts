import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { print } from "graphql";
import { OpenSessionDocument, SessionByIdDocument, SubmitOtpDocument } from "../../packages/client/src/operations";
import { ask, launch, startProcess, type ServiceProcess } from "../support/process";
import { openInput } from "../support/sessionCaller";

let folder: string;
let env: Record<string, string>;
let service: ServiceProcess;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "aaygraph-workers-"));
  env = { AAY_DATA_DIR: join(folder, "kept"), AAY_PROCESSES: "2" };
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface LogLine {
  readonly msg: string;
  readonly pid: number;
}

function log(): readonly LogLine[] {
  const lines = service.output().split("\n").slice(0, -1);
  return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as LogLine);
}

/** The processes that have served, in the order in which they came up. */
function workers(): readonly number[] {
  return log().flatMap(({ msg, pid }) => (msg === "service started" ? [pid] : []));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 25));
}

/** Asks again where a process that has died took the answer with it. */
async function askAgain(query: string, variables: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  for (;;) {
    try {
      const { data } = await ask(service, query, variables);
      if (data) return data as Record<string, unknown>;
    } catch {
      // Its connection is gone.
    }
  }
}

/** Over a connection of its own, so that each process gets some. */
async function get(path: string): Promise<string> {
  const headers = { connection: "close", authorization: `Bearer ${service.token}` };
  return (await fetch(new URL(path, service.url), { headers })).text();
}

function control(path: string): URL {
  const phone = /Fake phone +(\S+)/.exec(service.output())?.[1];
  return new URL(path, phone);
}

async function readOtp(pan: string): Promise<string> {
  let otp: string | undefined;
  await until(async () => {
    const { messages } = (await (await fetch(control(`phone.json?pan=${pan}`))).json()) as {
      messages: readonly { otp: string }[];
    };
    otp = messages[0]?.otp;
    return otp !== undefined;
  });
  return otp ?? "";
}

async function stateOf(id: string): Promise<string> {
  const { session } = await askAgain(print(SessionByIdDocument), { id });
  return (session as { state: string }).state;
}

async function operationsCounted(): Promise<number> {
  const text = await get("/metrics");
  return [...text.matchAll(/^aaygraph_operation_seconds_count\S* (\d+)/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
}

describe("several processes behind one port", () => {
  beforeEach(async () => {
    service = await startProcess(env);
    await until(() => workers().length === 2);
  }, 60_000);

  afterEach(async () => {
    if (isAlive(service.pid)) await service.end("SIGTERM");
  });

  it("lose no session when one of them is killed under load", async () => {
    let isOver = false;
    const load = Array.from({ length: 8 }, async () => {
      while (!isOver) await askAgain(`{ taxpayer(pan: "ZZZPA1001A") { compliance { standing } } }`);
    });
    const input = openInput({ provider: "KWIKID", idempotencyKey: randomUUID() });
    const opened = await askAgain(print(OpenSessionDocument), { input });
    const { id } = (opened.openSession as { session: { id: string } }).session;
    await until(async () => (await stateOf(id)) === "AWAITING_OTP");
    process.kill(workers()[0] ?? 0, "SIGKILL");
    const otp = await readOtp(input.pan);
    await askAgain(print(SubmitOtpDocument), { input: { sessionId: id, otp } });
    await until(async () => (await stateOf(id)) === "READY");
    await until(() => workers().length === 3);
    isOver = true;
    await Promise.all(load);
    expect(log()).toContainEqual(expect.objectContaining({ msg: "worker ended", worker: workers()[0], by: "SIGKILL" }));
  }, 60_000);

  it("end together with status 0 on SIGTERM, the embedded PostgreSQL with them", async () => {
    expect(await service.end("SIGTERM")).toBe(0);
    expect(workers().filter(isAlive)).toEqual([]);
    expect(log().filter(({ msg }) => msg === "service stopped")).toHaveLength(2);
    expect(existsSync(join(folder, "kept", "postgres", "postmaster.pid"))).toBe(false);
  });

  it("end when their primary is killed, and start again on the same folder", async () => {
    const before = workers();
    await service.end("SIGKILL");
    await until(() => !before.some(isAlive));
    service = await startProcess(env);
    expect(await askAgain("{ __typename }")).toEqual({ __typename: "Query" });
  });

  it("play the same day in the sandbox", async () => {
    const dayMs = 86_400_000;
    const jump = await fetch(control("clock"), { method: "POST", body: JSON.stringify({ advanceMs: 40 * dayMs }) });
    expect(jump.status).toBe(200);
    for (let at = 0; at < 12; at += 1) {
      const { now } = JSON.parse(await get("/playground/phone.json")) as { now: string };
      expect(Date.parse(now)).toBeGreaterThan(Date.now() + 39 * dayMs);
    }
  });

  it("count together, and count on when one of them has been killed", async () => {
    for (let at = 0; at < 20; at += 1) await get("/graphql?query={__typename}&apollo-require-preflight=1");
    const before = await operationsCounted();
    expect(await get("/metrics")).toMatch(/^aaygraph_store_listening 1$/m);
    process.kill(workers()[1] ?? 0, "SIGKILL");
    await until(() => workers().length === 3);
    expect(await operationsCounted()).toBeGreaterThanOrEqual(before);
  });
});

describe("several processes that cannot start", () => {
  it("name each mistake of the configuration once", async () => {
    const { ended, printed } = launch({ ...env, PORT: "none" });
    expect(await ended).toEqual([1, null]);
    expect(printed.err.match(/PORT/g)).toHaveLength(1);
  });

  it("do not share the port of another service", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { ended, printed } = launch({ ...env, PORT: String((other.address() as AddressInfo).port) });
    expect(await ended).toEqual([1, null]);
    expect(printed.err).toContain("EADDRINUSE");
    other.close();
  });

  it("end with the reason of the first one", async () => {
    const { ended, printed } = launch({ ...env, DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
    expect(await ended).toEqual([1, null]);
    expect(printed.err).toMatch(/PostgreSQL|database/);
    expect(printed.out).toBe("");
  });
});
