import { Client } from "pg";
import { createEvents } from "../../src/kernel/events";
import type { Secret } from "../../src/kernel/secret";
import { openDatabase } from "../../src/store/database";
import { migrate, migrations } from "../../src/store/migrations";
import { onGivenServer } from "./givenServer";
import { met, pan, sql, type StorePlace } from "./storePlace";

onGivenServer(rollingDeploysContract);

const newColumn = "alter table aaygraph.subjects add column note text";

/** While a release is rolled out, the one before starts and works on its tables. */
function rollingDeploysContract(newPlace: () => Promise<StorePlace>): void {
  it("no migration claims to work with a later release alone", () => {
    const claims = migrations.filter(({ compatibleFrom }, index) => compatibleFrom < 1 || compatibleFrom > index + 1);
    expect(claims).toEqual([]);
  });

  it("a release starts on the tables of the next one, where that says so", async () => {
    await using place = await newPlace();
    await using next = await nextRelease(place, [newColumn], { breaking: 0 });
    await next.migrate();
    await using store = await place.open();
    const { id } = await met(store);
    expect((await store.taxpayers.byId("lender", [id])).get(id)).toMatchObject({ pan: pan(1) });
    expect(await lastMigration(place)).toBe(migrations.length + 1);
  });

  it("a release goes on while the next one migrates", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const { id } = await met(store);
    await using next = await nextRelease(place, [newColumn], { breaking: 0 });
    await next.migrate();
    expect((await store.taxpayers.byId("lender", [id])).get(id)).toMatchObject({ pan: pan(1) });
  });

  it("a release is refused by the tables of the next one, where that leaves it behind", async () => {
    await using place = await newPlace();
    const changes = ["alter table aaygraph.subjects rename created_at to made_at", newColumn];
    await using next = await nextRelease(place, changes, { breaking: 1 });
    await next.migrate();
    const reason = `which needs a release that knows migration ${migrations.length + 2}`;
    await expect(place.open()).rejects.toMatchObject({
      name: "StoreUnavailable",
      message: expect.stringContaining(reason) as string,
    });
  });

  it("the release that knows a breaking change starts on its own tables again", async () => {
    await using place = await newPlace();
    await using next = await nextRelease(place, [newColumn], { breaking: 1 });
    await next.migrate();
    await next.migrate();
    expect(await lastMigration(place)).toBe(migrations.length + 1);
  });

  it("a change that waits for a table lets those behind it go on", async () => {
    await using place = await newPlace();
    {
      await using store = await place.open();
      expect(await store.ready()).toBe(true);
    }
    const url = await place.url();
    await using reader = await readerOf(url);
    await using next = await nextRelease(place, [newColumn], { breaking: 0 });
    const migrating = next.migrate();
    await changeWaits(url);
    await sql(url, "set lock_timeout = '4s'; select from aaygraph.subjects");
    await reader.leave();
    await migrating;
    expect(await lastMigration(place)).toBe(migrations.length + 1);
  });

  it("a start waits for another one that migrates for longer than that", async () => {
    await using place = await newPlace();
    await using next = await nextRelease(place, ["select pg_sleep(3)"], { breaking: 0 });
    await using other = await nextRelease(place, ["select pg_sleep(3)"], { breaking: 0 });
    await Promise.all([next.migrate(), other.migrate()]);
    expect(await lastMigration(place)).toBe(migrations.length + 1);
  });
}

/** The release after this one. The last `breaking` of its changes leave this release behind. */
async function nextRelease(place: StorePlace, changes: readonly string[], { breaking }: { readonly breaking: number }) {
  const compatible = changes.length - breaking;
  const added = changes.map((text, index) => ({
    sql: text,
    compatibleFrom: index < compatible ? migrations.length : migrations.length + index + 1,
  }));
  const database = await openDatabase({ url: await place.url(), events: createEvents() });
  return {
    migrate: () => migrate(database, [...migrations, ...added]),
    [Symbol.asyncDispose]: () => database.close(),
  };
}

async function lastMigration(place: StorePlace): Promise<number> {
  const [row] = await sql<{ last: number }>(await place.url(), "select max(number) as last from aaygraph.migrations");
  return row!.last;
}

/** A long transaction that has read a table. */
async function readerOf(url: Secret) {
  const client = new Client({ connectionString: url.reveal() });
  await client.connect();
  await client.query("begin; select from aaygraph.subjects");
  return { leave: () => client.query("commit"), [Symbol.asyncDispose]: () => client.end() };
}

async function changeWaits(url: Secret): Promise<void> {
  const waiting = "select from pg_locks where not granted and mode = 'AccessExclusiveLock'";
  while ((await sql(url, waiting)).length === 0) await new Promise((resolve) => setImmediate(resolve));
}
