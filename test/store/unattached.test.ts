import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import type { Store } from "../../src/store/store";
import { Client } from "pg";
import { openSession } from "./granting";
import { answer, dayMs, externalPlace, met, newDataDir, pan, sql, startMs, type StorePlace } from "./storePlace";
import { manualClock } from "../../src/kernel/clock";

const dataDir = newDataDir();
let server: EmbeddedServer;
let place: StorePlace;
let store: Store;
const clock = manualClock(startMs);

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
}, 60_000);

beforeEach(async () => {
  place = await externalPlace(server.url);
  store = await place.open({ clock });
});

afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
});

afterAll(async () => {
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

async function subjects(): Promise<number> {
  const rows = await sql<{ count: string }>(await place.url(), "select count(*) from aaygraph.subjects");
  return Number(rows[0]!.count);
}

async function sweepAfter(ms: number): Promise<void> {
  clock.advance(ms);
  await store.deleteExpired();
}

describe("people who were merely asked about", () => {
  it("leave nothing after a day", async () => {
    const pans = Array.from({ length: 500 }, (_, at) => pan(at));
    await store.taxpayers.byPan("lender", pans);
    await sweepAfter(dayMs - 1);
    expect(await subjects()).toBe(500);
    await sweepAfter(3_600_000);
    expect(await subjects()).toBe(0);
    const url = await place.url();
    for (const table of ["subject_keys", "subject_versions"]) {
      expect(await sql(url, `select from aaygraph.${table}`)).toEqual([]);
    }
  });

  it("may be asked about again, and are new then", async () => {
    const before = await met(store);
    await sweepAfter(2 * dayMs);
    const after = await met(store);
    expect(after.id).not.toBe(before.id);
    expect((await store.taxpayers.byId("lender", [after.id])).get(after.id)).toMatchObject({ pan: pan(1) });
  });

  it("are not found by their earlier id", async () => {
    const { id } = await met(store);
    const times = { fetchedAtMs: clock.now(), expiresAtMs: clock.now() + dayMs };
    await store.taxpayers.keep("lender", id, [answer(times)]);
    await store.taxpayers.byId("lender", [id]);
    await sweepAfter(2 * dayMs);
    expect(await subjects()).toBe(0);
    expect((await store.taxpayers.byId("lender", [id])).size).toBe(0);
  });

  it("stay for a day after the last question", async () => {
    const { id } = await met(store);
    clock.advance(dayMs - 1);
    expect((await met(store)).id).toBe(id);
    await sweepAfter(dayMs - 1);
    expect((await store.taxpayers.byId("lender", [id])).size).toBe(1);
  });

  it("are stored whole when a sweep meets the question about them", async () => {
    const pans = Array.from({ length: 500 }, (_, at) => pan(at));
    await store.taxpayers.byPan("lender", pans);
    clock.advance(2 * dayMs);
    const [found] = await Promise.all([store.taxpayers.byPan("lender", pans), store.deleteExpired()]);
    await store.deleteExpired();
    const times = { fetchedAtMs: clock.now(), expiresAtMs: clock.now() + dayMs };
    for (const { id } of found.values()) await store.taxpayers.keep("lender", id, [answer(times)]);
    expect(found.size).toBe(500);
  });

  it("stay as long as an answer is stored of them", async () => {
    const { id } = await met(store);
    const fetchedAtMs = clock.now();
    await store.taxpayers.keep("lender", id, [answer({ fetchedAtMs, expiresAtMs: fetchedAtMs + 3 * dayMs })]);
    await sweepAfter(2 * dayMs);
    expect((await met(store)).id).toBe(id);
    await sweepAfter(2 * dayMs);
    expect(await subjects()).toBe(0);
  });

  it("stay once they have given a consent", async () => {
    const session = await openSession(store, { nowMs: clock.now() });
    await sweepAfter(40 * dayMs);
    expect((await store.taxpayers.byId("lender", [session.taxpayerId])).size).toBe(1);
  });

  it("stay erased", async () => {
    const { id } = await met(store);
    await store.erasures.erase("lender", pan(1), clock.now());
    await sweepAfter(2 * dayMs);
    expect((await store.taxpayers.byId("lender", [id])).get(id)).toBe("ERASED");
  });

  it("stay while a transaction works on them", async () => {
    const { id } = await met(store);
    const client = new Client({ connectionString: (await place.url()).reveal() });
    await client.connect();
    await client.query("begin");
    await client.query("select from aaygraph.subjects for no key update");
    await sweepAfter(2 * dayMs);
    await client.query("rollback");
    await client.end();
    expect((await met(store)).id).toBe(id);
  });
});
