import type { HealthPeriod } from "../../src/providers/provider";
import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import { manualClock } from "../../src/kernel/clock";
import { dayMs, externalPlace, newDataDir, sql, startMs, type StorePlace } from "./storePlace";

const dataDir = newDataDir();
let server: EmbeddedServer;
let place: StorePlace;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
}, 60_000);

beforeEach(async () => {
  place = await externalPlace(server.url);
});

afterEach(() => place[Symbol.asyncDispose]());

afterAll(async () => {
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

const minuteMs = 60_000;

function seen(changes: Partial<HealthPeriod> = {}): HealthPeriod {
  const countByBucket = new Map([
    [3, 2],
    [40, 1],
  ]);
  return { provider: "EKO", startsAtMs: startMs, calls: 3, answered: 2, breaker: "CLOSED", countByBucket, ...changes };
}

describe("the vendors' health", () => {
  it("is the sum of what all processes have seen", async () => {
    await using one = await place.open();
    await using other = await place.open();
    await one.providerHealth.write([seen(), seen({ provider: "KWIKID", calls: 1 })]);
    await other.providerHealth.write([seen({ calls: 5, answered: 5, countByBucket: new Map([[40, 5]]) })]);
    expect(await one.providerHealth.periods(startMs, minuteMs)).toEqual([
      {
        ...{ provider: "EKO", startsAtMs: startMs, calls: 8, answered: 7, breaker: "CLOSED" },
        countByBucket: new Map([
          [3, 2],
          [40, 6],
        ]),
      },
      seen({ provider: "KWIKID", calls: 1 }),
    ]);
  });

  it("counts what a process writes again once", async () => {
    await using store = await place.open();
    for (const calls of [3, 4]) await store.providerHealth.write([seen({ calls })]);
    expect(await store.providerHealth.periods(startMs, minuteMs)).toEqual([seen({ calls: 4 })]);
  });

  it("has the worst breaker of any process and minute", async () => {
    await using one = await place.open();
    await using other = await place.open();
    await one.providerHealth.write([seen({ breaker: "HALF_OPEN" })]);
    await other.providerHealth.write([seen({ breaker: "OPEN", calls: 0, answered: 0, countByBucket: new Map() })]);
    await other.providerHealth.write([seen({ startsAtMs: startMs + minuteMs, breaker: "HALF_OPEN" })]);
    const periods = await one.providerHealth.periods(startMs, minuteMs);
    expect(periods.map(({ breaker }) => breaker)).toEqual(["OPEN", "HALF_OPEN"]);
  });

  it("comes in periods of as many minutes as are asked for, from the first on", async () => {
    await using store = await place.open();
    const minutes = [-1, 0, 4, 5, 14].map((minute) => seen({ startsAtMs: startMs + minute * minuteMs, calls: 1 }));
    await store.providerHealth.write(minutes);
    const periods = await store.providerHealth.periods(startMs, 5 * minuteMs);
    expect(periods.map(({ startsAtMs, calls }) => [(startsAtMs - startMs) / minuteMs, calls])).toEqual([
      [0, 2],
      [5, 1],
      [10, 1],
    ]);
  });

  it("is forgotten after a day and an hour", async () => {
    const clock = manualClock(startMs);
    await using store = await place.open({ clock });
    await store.providerHealth.write([seen(), seen({ startsAtMs: startMs + dayMs })]);
    clock.advance(dayMs + 61 * minuteMs);
    await store.deleteExpired();
    const rows = await sql(await place.url(), "select minute from aaygraph.provider_health");
    expect(rows).toEqual([{ minute: new Date(startMs + dayMs) }]);
  });
});
