import { Client } from "pg";
import { externalPlace, newDataDir, type StorePlace } from "../store/storePlace";
import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import { startTestService, type TestService } from "../support/service";

const dataDir = newDataDir();
let server: EmbeddedServer;
let place: StorePlace;
let service: TestService;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  place = await externalPlace(server.url);
  service = await startTestService({ DATABASE_URL: (await place.url()).reveal() });
}, 60_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

const query = `query ($pan: Pan!, $maxAgeSeconds: Int) {
  taxpayer(pan: $pan) { compliance(maxAgeSeconds: $maxAgeSeconds) { itrFiled } }
}`;
const usualMs = 2_000;
let people = 0;

function newPan(): string {
  people += 1;
  return `ZZZPN${1_000 + people}C`;
}

async function read(tenant: string, pan: string, maxAgeSeconds?: number): Promise<void> {
  const { errors } = await service.ask<unknown, unknown>(query, { pan, maxAgeSeconds }, { tenant });
  expect(errors).toBeUndefined();
}

/** Holds rows of a tenant, as a process does that stands still in the middle of a transaction. */
async function lockRows(rows: string): Promise<AsyncDisposable> {
  const client = new Client({ connectionString: (await place.url()).reveal() });
  await client.connect();
  await client.query("begin");
  const { rowCount } = await client.query(`select from ${rows} for update`);
  expect(rowCount).toBeGreaterThan(0);
  return { [Symbol.asyncDispose]: () => client.end() };
}

describe("a tenant whose rows are locked", () => {
  it.each([
    ["the head of its audit trail", "audit_heads"],
    ["its taxpayers", "subjects"],
  ])("delays no other tenant: %s", async (_, table) => {
    const pan = newPan();
    for (const tenant of ["noisy", "quiet"]) await read(tenant, pan);
    let hasEnded = false;
    let delayed: Promise<unknown>;
    {
      await using locks = new AsyncDisposableStack();
      locks.use(await lockRows(`aaygraph.${table} where tenant = 'noisy'`));
      // An answer that is fetched anew is kept, and its read is audited: each waits for one of the locks.
      delayed = Promise.all([1, 2, 3].map(() => read("noisy", pan, 0))).then(() => (hasEnded = true));
      const begunMs = performance.now();
      for (let turn = 0; turn < 8; turn += 1) await read("quiet", newPan());
      expect(performance.now() - begunMs).toBeLessThan(usualMs);
      expect(hasEnded).toBe(false);
    }
    await delayed;
    expect(hasEnded).toBe(true);
  });
});
