import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { startEmbedded } from "../../src/store/postgres/embedded";
import { externalPlace, newDataDir } from "../store/storePlace";
import { ask, startProcess, type ServiceProcess } from "../support/process";
import {
  allResults,
  isFinished,
  pansFrom,
  type RunOfCaller,
  runUntil,
  spentToday,
  startRun,
} from "../support/runCaller";
import { onOneDatabase } from "../support/sessionProcess";
import { onRecord, openStandInEko, type StandInEko } from "../support/standInEko";

// `npm run soak:runs` plays the same at full size, and prints what it has measured.
const people = Number(process.env.RUN_PANS ?? 500);
const lines = Number(process.env.RUN_LINES ?? 30_000);
const isSoak = process.env.RUN_PANS !== undefined;
const longMs = isSoak ? 1_800_000 : 120_000;

const vendorMs = 20;
const atOnce = 12;

const dataDir = newDataDir();
let eko: StandInEko;
let server: Awaited<ReturnType<typeof startEmbedded>>;
let env: Record<string, string>;
let place: Awaited<ReturnType<typeof externalPlace>>;
let service: ServiceProcess;

beforeAll(async () => {
  [server, eko] = await Promise.all([startEmbedded({ dataDir: dataDir.path }), openStandInEko()]);
  eko.reply = async (pan) => {
    await pause(vendorMs);
    return onRecord(pan);
  };
  place = await externalPlace(server.url);
  env = { ...onOneDatabase(await place.url()), ...eko.env, EKO_MAX_IN_FLIGHT: "16" };
  service = await startProcess(env);
}, 60_000);

afterAll(async () => {
  await service.end("SIGKILL");
  await place[Symbol.asyncDispose]();
  await server.stop();
  await eko[Symbol.asyncDispose]();
  await dataDir[Symbol.asyncDispose]();
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The process that serves now. */
const caller = {
  ask: (query: unknown, variables: unknown) => ask(service, query as string, variables as never) as never,
  now: () => Date.now(),
};

function megabytes(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.pid}/status`, "utf8"))?.[1]) / 1_024;
}

function measured(what: string, figures: Record<string, number>): void {
  if (!isSoak) return;
  const rounded = Object.entries(figures).map(([name, value]) => `${name} ${Math.round(value * 10) / 10}`);
  process.stdout.write(`${what}: ${rounded.join(", ")}\n`);
}

async function killAndRestart(): Promise<void> {
  await service.end("SIGKILL");
  service = await startProcess(env);
}

let asked = 0;
/** How long a caller waits for an answer about somebody new. */
async function questionMs(): Promise<number> {
  const startedAt = performance.now();
  const [pan] = pansFrom(900_000 + asked++, 1);
  const { errors } = await ask(service, "query ($pan: Pan!) { taxpayer(pan: $pan) { compliance { standing } } }", {
    pan,
  });
  expect(errors).toBeUndefined();
  return performance.now() - startedAt;
}

async function medianQuestionMs(count: number): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < count; time += 1) times.push(await questionMs());
  return times.toSorted((one, other) => one - other)[Math.floor(count / 2)]!;
}

async function upload(count: number): Promise<{ upload: string; lines: number; rejected: unknown[] }> {
  const portions = function* () {
    for (let from = 0; from < count; from += 1_000) {
      yield Buffer.from(`${pansFrom(from, Math.min(1_000, count - from)).join("\r\n")}\r\n`);
    }
  };
  const response = await fetch(new URL("/runs/uploads", service.url), {
    method: "POST",
    headers: { "content-type": "text/csv", authorization: `Bearer ${service.token}` },
    body: Readable.toWeb(Readable.from(portions())),
    duplex: "half",
  });
  return (await response.json()) as never;
}

it(
  `a list of ${lines} lines is uploaded within bounded memory`,
  async () => {
    await upload(5_000);
    const before = megabytes();
    let most = before;
    const watching = setInterval(() => (most = Math.max(most, megabytes())), 50);
    const startedAt = performance.now();
    const uploaded = await upload(lines);
    clearInterval(watching);
    measured(`upload of ${lines} lines`, { seconds: (performance.now() - startedAt) / 1_000, before, most });
    expect(uploaded).toMatchObject({ lines, rejected: [] });
    expect(most - before).toBeLessThan(150);
  },
  longMs,
);

it(
  `a run over ${people} PANs asks about each once over two kills, but for what was in flight`,
  async () => {
    const usual = await medianQuestionMs(15);
    const spentBefore = await spentToday(caller);
    eko.askedPans.length = 0;
    const pans = pansFrom(0, people);
    const { upload: list } = await upload(people);
    const startedAt = performance.now();
    const { run } = await startRun(caller, { upload: list, maxRupees: people * 10 });
    const { id } = run!;
    const reached = (share: number) => (now: RunOfCaller) => now.done >= people * share;

    await runUntil(caller, id, reached(0.1));
    const meanwhile = await medianQuestionMs(15);
    for (const share of [0.2, 0.4]) {
      await runUntil(caller, id, reached(share));
      await killAndRestart();
    }
    const memory: number[] = [];
    for (const share of [0.5, 0.6, 0.7, 0.8, 0.9]) {
      await runUntil(caller, id, reached(share));
      memory.push(megabytes());
    }
    const finished = await runUntil(caller, id, isFinished);
    memory.push(megabytes());

    const callsByPan = new Map<string, number>();
    for (const pan of eko.askedPans) callsByPan.set(pan, (callsByPan.get(pan) ?? 0) + 1);
    const again = pans.reduce((sum, pan) => sum + (callsByPan.get(pan) ?? 0) - 1, 0);
    const spent = await spentToday(caller);
    measured(`run of ${people} PANs`, {
      ...{
        seconds: (performance.now() - startedAt) / 1_000,
        askedAgain: again,
        usualMs: usual,
        meanwhileMs: meanwhile,
      },
      ...Object.fromEntries(memory.map((each, at) => [`MB at ${50 + at * 10} %`, each])),
    });
    expect(finished).toMatchObject({ total: people, done: people, found: people });
    expect(pans.filter((pan) => !callsByPan.has(pan))).toEqual([]);
    expect(again).toBeLessThanOrEqual(2 * atOnce);
    // The ledger has the questions of callers as well.
    const questions = 15 * 2.04;
    expect(spent.rupees - spentBefore.rupees - questions).toBeCloseTo(finished.rupees, 6);
    expect(finished.rupees).toBeLessThanOrEqual((people + 2 * atOnce) * 2.04 + 0.001);
    expect(Math.max(...memory.slice(-3)) - Math.max(...memory.slice(0, 3))).toBeLessThan(60);
    expect(meanwhile).toBeLessThan(usual + 250);
    const results = await allResults(caller, id, { first: 1_000 });
    expect(results.map(({ position }) => position)).toEqual(pans.map((_, at) => at + 1));
  },
  longMs,
);
