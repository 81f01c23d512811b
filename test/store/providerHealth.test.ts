import { readProviderHealth, recordProviderHealth } from "../../src/reading";
import { createEvents, manualClock } from "../../src/kernel";
import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import type { Store } from "../../src/store/store";
import { externalPlace, newDataDir, startMs, type StorePlace } from "./storePlace";

const dataDir = newDataDir();
let server: EmbeddedServer;
let place: StorePlace;
let stores: readonly [Store, Store];

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  place = await externalPlace(server.url);
  stores = [await place.open(), await place.open()];
}, 60_000);

afterAll(async () => {
  for (const store of stores) await store[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

interface Call {
  readonly provider: string;
  readonly durationMs: number;
  readonly outcome?: "OK" | "PROVIDER_TIMEOUT" | "INVALID_CREDENTIALS";
}

/** One process that sees these calls at this time, and ends. */
async function see(store: Store, atMs: number, calls: readonly Call[]): Promise<void> {
  const [clock, events] = [manualClock(atMs), createEvents()];
  const log = recordProviderHealth(store.providerHealth, { clock, events, providers: ["EKO", "KWIKID", "FINPASS"] });
  for (const call of calls) events.emit("upstream called", { operation: "read", outcome: "OK", ...call });
  await log.stop();
}

const hourMs = 3_600_000;
const halfHourMs = hourMs / 2;

async function seenOf(provider: "EKO" | "KWIKID" | "FINPASS") {
  const [store] = stores;
  const seen = await readProviderHealth(store.providerHealth, { sinceMs: startMs - hourMs, spanMs: halfHourMs });
  return seen.get(provider) ?? [];
}

it("adds up what several processes have seen in the same minute", async () => {
  await see(stores[0], startMs, [{ provider: "EKO", durationMs: 40 }]);
  await see(stores[0], startMs, [{ provider: "EKO", durationMs: 40 }]);
  await see(stores[1], startMs, [{ provider: "EKO", durationMs: 40, outcome: "PROVIDER_TIMEOUT" }]);
  const [span] = await seenOf("EKO");
  expect(span).toMatchObject({ calls: 3, successRate: 2 / 3 });
});

it("tells half of the calls and nineteen in twenty to within a quarter", async () => {
  const calls = Array.from({ length: 100 }, (_, index) => ({ provider: "KWIKID", durationMs: (index + 1) * 10 }));
  await see(stores[0], startMs, calls);
  const [span] = await seenOf("KWIKID");
  expect(Math.abs(span!.p50Ms - 500)).toBeLessThan(125);
  expect(Math.abs(span!.p95Ms - 950)).toBeLessThan(240);
});

it("counts a provider that names the taxpayer's mistake as one that has answered", async () => {
  await see(stores[1], startMs, [{ provider: "FINPASS", durationMs: 40, outcome: "INVALID_CREDENTIALS" }]);
  expect(await seenOf("FINPASS")).toMatchObject([{ calls: 1, successRate: 1 }]);
});

it("keeps spans apart, oldest first", async () => {
  await see(stores[0], startMs + hourMs, [{ provider: "FINPASS", durationMs: 40 }]);
  const seen = await seenOf("FINPASS");
  expect(seen.map(({ atMs }) => atMs)).toEqual([...seen.map(({ atMs }) => atMs)].sort((a, b) => a - b));
  expect(seen).toHaveLength(2);
});

it("writes while the process lives", () => {
  const [clock, events] = [manualClock(startMs), createEvents()];
  const written: unknown[] = [];
  const store = { add: (minutes: readonly unknown[]) => Promise.resolve(void written.push(...minutes)) };
  recordProviderHealth(store, { clock, events, providers: ["EKO"] });
  events.emit("upstream called", { provider: "EKO", operation: "read", outcome: "OK", durationMs: 1 });
  clock.advance(10_000);
  expect(written).toHaveLength(1);
});
