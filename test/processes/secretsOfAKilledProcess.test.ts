import { mkdtempSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { print } from "graphql";
import { OpenSessionDocument, SubmitOtpDocument } from "../../packages/client/src/operations";
import { ask, startProcess, type ServiceProcess } from "../support/process";
import { openInput } from "../support/sessionCaller";
import { sight } from "../support/sightings";

const folder = mkdtempSync(join(tmpdir(), "aaygraph-killed-"));
const env = { AAY_DATA_DIR: join(folder, "kept") };
const secrets = new Map<string, string>();
let printed = "";

/** Somebody at each vendor, with a session under way when the process is killed. */
async function openEverywhere(service: ServiceProcess): Promise<void> {
  for (const provider of ["KWIKID", "DEEPVUE", "TUTELAR", "FINPASS"] as const) {
    const input = openInput({ provider, idempotencyKey: `canary-key-of-killed-${provider}` });
    secrets.set(`${provider}: PAN`, input.pan);
    secrets.set(`${provider}: password`, input.password);
    secrets.set(`${provider}: idempotency key`, input.idempotencyKey);
    const { data } = await ask(service, print(OpenSessionDocument), { input });
    const { id } = (data as { openSession: { session: { id: string } } }).openSession.session;
    const otp = `canary-otp-of-${provider}`;
    secrets.set(`${provider}: OTP`, otp);
    // Nobody waits for this answer: the kill comes in the middle of it.
    void ask(service, print(SubmitOtpDocument), { input: { sessionId: id, otp } }).catch(() => undefined);
  }
}

async function filesOf(path: string): Promise<Buffer[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map((each) => readFile(each)));
}

beforeAll(async () => {
  const first = await startProcess(env);
  await openEverywhere(first);
  await first.end("SIGKILL");
  // Another one takes over what is left, and ends in order.
  const second = await startProcess(env);
  await second.end("SIGTERM");
  // The welcome shows a token on purpose; the log begins after it.
  printed = [first, second]
    .map((each) =>
      each
        .output()
        .split(/^(?=\{)/m)
        .slice(1)
        .join(""),
    )
    .join("");
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("when the process is killed in the middle of its sessions, no secret stands", () => {
  it("in any file that it leaves", async () => {
    expect(secrets.size).toBe(16);
    expect(sight(await filesOf(folder), secrets)).toEqual([]);
  });

  it("in its log, or in that of the process after it", () => {
    expect(printed).toContain("session changed");
    expect(sight([printed], secrets)).toEqual([]);
  });
});
