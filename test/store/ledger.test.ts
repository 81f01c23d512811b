import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import type { Store } from "../../src/store/store";
import { externalPlace, newDataDir, startMs, type StorePlace } from "./storePlace";

const dataDir = newDataDir();
let server: EmbeddedServer;
let place: StorePlace;
let store: Store;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  place = await externalPlace(server.url);
  store = await place.open({ limits: { rupeesPerDay: 10, portalLoginsPerDay: 2 } });
}, 60_000);

afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

const oneRupee = { calls: 1, logins: 0, paise: 100 };
const today = { from: "2026-08-01", to: "2026-08-01" } as Parameters<Store["ledger"]["usage"]>[1];

async function claimed(tenant: string, times: number): Promise<number> {
  const claims = Array.from({ length: times }, () => store.ledger.claim(tenant, "EKO", oneRupee, startMs));
  return (await Promise.allSettled(claims)).filter(({ status }) => status === "fulfilled").length;
}

describe("the ledger of a tenant's day", () => {
  it("adds up what is claimed at once, vendor by vendor", async () => {
    await Promise.all([
      store.ledger.claim("adding", "EKO", { calls: 2, logins: 0, paise: 250 }, startMs),
      store.ledger.claim("adding", "KWIKID", oneRupee, startMs),
      store.ledger.claim("adding", "EKO", oneRupee, startMs),
    ]);
    expect(await store.ledger.usage("adding", today)).toEqual([
      { day: "2026-08-01", provider: "EKO", calls: 3, logins: 0, paise: 350 },
      { day: "2026-08-01", provider: "KWIKID", calls: 1, logins: 0, paise: 100 },
    ]);
  });

  it("refuses what would cost more than the ceiling, and counts none of it", async () => {
    expect(await claimed("ceiling", 13)).toBe(10);
    expect(await store.ledger.usage("ceiling", today)).toMatchObject([{ calls: 10, paise: 1_000 }]);
    await expect(store.ledger.claim("ceiling", "EKO", oneRupee, startMs)).rejects.toMatchObject({
      code: "RATE_LIMITED",
      context: {
        retryAfterSeconds: expect.any(Number) as number,
        hint: expect.stringContaining("rupeesPerDay") as string,
      },
    });
  });

  it("refuses a first claim that is too large by itself", async () => {
    await expect(store.ledger.claim("large", "EKO", { ...oneRupee, paise: 1_001 }, startMs)).rejects.toThrow();
    expect(await store.ledger.usage("large", today)).toEqual([]);
  });

  it("leaves a tenant alone when another one is at its ceiling", async () => {
    await claimed("greedy", 11);
    expect(await claimed("modest", 1)).toBe(1);
  });

  it("begins anew with the Indian day", async () => {
    const lastMinuteMs = Date.UTC(2026, 7, 1, 18, 29);
    await store.ledger.claim("daily", "EKO", { ...oneRupee, paise: 1_000 }, lastMinuteMs);
    await expect(store.ledger.claim("daily", "EKO", oneRupee, lastMinuteMs)).rejects.toMatchObject({
      context: { retryAfterSeconds: 60 },
    });
    await store.ledger.claim("daily", "EKO", oneRupee, lastMinuteMs + 60_000);
  });

  it("takes back what was claimed and not spent, at the ceiling as well", async () => {
    await claimed("returning", 10);
    await store.ledger.claim("returning", "EKO", { calls: -1, logins: 0, paise: -100 }, startMs);
    expect(await claimed("returning", 2)).toBe(1);
  });

  it("never goes past the ceiling when two processes claim at once", async () => {
    await using other = await place.open({ limits: { rupeesPerDay: 10, portalLoginsPerDay: 2 } });
    const claims = Array.from({ length: 30 }, (_, index) =>
      (index % 2 ? store : other).ledger.claim("raced", "EKO", oneRupee, startMs),
    );
    const granted = (await Promise.allSettled(claims)).filter(({ status }) => status === "fulfilled");
    expect(granted).toHaveLength(10);
    expect(await store.ledger.usage("raced", today)).toMatchObject([{ calls: 10, paise: 1_000 }]);
  });
});
