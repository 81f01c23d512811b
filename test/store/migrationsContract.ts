import { createEvents } from "../../src/kernel/events";
import { randomUUID } from "node:crypto";
import type { Secret } from "../../src/kernel/secret";
import { openDatabase } from "../../src/store/database";
import { migrate, migrations } from "../../src/store/migrations";
import { taxpayers } from "../../src/store/migrations/taxpayers1";
import { upstream } from "../../src/store/migrations/upstream2";
import { placeOf, seal } from "../../src/store/keys/seal";
import { taxpayerIdOf } from "../../src/domain/identifiers";
import { insideOf } from "./granting";
import { answer, met, pan, sql, startMs, type StorePlace } from "./storePlace";

/** Every release reads the data of earlier releases. */
export function migrationsContract(newPlace: () => Promise<StorePlace>): void {
  describe("migrations", () => {
    it("run once when several processes start together", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      expect(await store.ready()).toBe(true);
      const url = await place.url();
      await sql(url, "drop schema aaygraph cascade");
      await using databases = new AsyncDisposableStack();
      const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabase({ url, events: createEvents() })));
      for (const database of opened) databases.defer(() => database.close());
      await Promise.all(opened.map((database) => migrate(database)));
      const done = await sql<{ number: number }>(url, "select number from aaygraph.migrations");
      expect(done.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
    });

    it("of a newer release refuse this one", async () => {
      await using place = await newPlace();
      {
        await using store = await place.open();
        expect(await store.ready()).toBe(true);
        await sql(await place.url(), "insert into aaygraph.migrations values (9999)");
      }
      await expect(place.open()).rejects.toMatchObject({
        name: "StoreUnavailable",
        message: expect.stringContaining("newer release") as string,
      });
    });

    it("keep stored answers readable", async () => {
      await using place = await newPlace();
      const { id } = await heldBeforeConsents(place);
      await using store = await place.open();
      expect(await met(store)).toMatchObject({ id, pan: pan(1), erased: false, answers: [answer()], consents: [] });
      expect((await store.taxpayers.byId("lender", [id])).get(id)).toMatchObject({ pan: pan(1), answers: [answer()] });
    });

    it("keep the erased erased", async () => {
      await using place = await newPlace();
      const { id } = await heldBeforeConsents(place, { isErased: true });
      await using store = await place.open();
      expect(await met(store)).toMatchObject({ id, pan: pan(1), erased: true, answers: [], consents: [] });
    });

    it("leave no key in the file of a dropped column", async () => {
      await using place = await newPlace();
      const { sealed, subjectsFile } = await heldBeforeConsents(place);
      await using store = await place.open();
      const url = await place.url();
      expect(await store.ready()).toBe(true);
      expect(subjectsFile.includes(sealed)).toBe(true);
      expect((await fileOf(url, "subjects")).includes(sealed)).toBe(false);
      expect((await fileOf(url, "subject_keys")).includes(sealed)).toBe(true);
    });
  });
}

/** The data of the release before consents: one taxpayer, and one answer unless the taxpayer was erased. */
async function heldBeforeConsents(place: StorePlace, { isErased = false } = {}) {
  await using store = await place.open();
  if (!(await store.ready())) throw new Error("the store is not ready");
  const url = await place.url();
  await using inside = await insideOf(url);
  await sql(url, "create table public.kept_root as select purpose, sealed, master_key_id from aaygraph.keyring");
  await sql(url, "drop schema aaygraph cascade");
  await sql(url, "create schema aaygraph; create table aaygraph.migrations (number integer primary key)");
  await sql(url, `${taxpayers} ${upstream} insert into aaygraph.migrations values (1), (2)`);
  await sql(url, "insert into aaygraph.keyring table public.kept_root; drop table public.kept_root");
  const subjectId = randomUUID();
  const { key, kept } = inside.keyring.newSubjectKey("lender", subjectId);
  const sealedPan = seal(key, Buffer.from(pan(1)), placeOf.pan("lender", subjectId));
  const { document, provider, period, body, fetchedAtMs, expiresAtMs } = answer();
  const sealedBody = seal(key, Buffer.from(JSON.stringify(body)), placeOf.answer("lender", subjectId, answer()));
  const [begun, fetched, expires] = [startMs, fetchedAtMs, expiresAtMs].map((ms) => new Date(ms));
  await sql(url, "insert into aaygraph.subjects values ('lender', $1, $2, $3, $4, $5, $6)", [
    subjectId,
    inside.keyring.lookups("lender", pan(1))[0],
    kept.sealed,
    kept.masterKeyId,
    sealedPan,
    begun,
  ]);
  await sql(url, "insert into aaygraph.answers values ('lender', $1, $2, $3, $4, $5, 1, $6, $7)", [
    subjectId,
    document,
    provider,
    period,
    sealedBody,
    fetched,
    expires,
  ]);
  if (isErased) {
    const destroyed = "sealed_key = null, master_key_id = null, sealed_pan = null";
    await sql(url, `update aaygraph.subjects set ${destroyed}, erased_at = created_at; delete from aaygraph.answers`);
  }
  return { id: taxpayerIdOf(subjectId), sealed: kept.sealed, subjectsFile: await fileOf(url, "subjects") };
}

async function fileOf(url: Secret, table: string): Promise<Buffer> {
  await sql(url, "checkpoint");
  const file = `pg_read_binary_file(pg_relation_filepath('aaygraph.${table}'::regclass))`;
  const [row] = await sql<{ file: Buffer }>(url, `select ${file} as file`);
  return row!.file;
}
