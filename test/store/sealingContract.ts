import { randomBytes } from "node:crypto";
import { createEvents } from "../../src/kernel/events";
import { Secret } from "../../src/kernel/secret";
import { answer, masterKey, met, pan, sql, type StorePlace } from "./storePlace";

/** Without the right key, data can be neither read nor moved. */
export function sealingContract(newPlace: () => Promise<StorePlace>): void {
  describe("secrecy", () => {
    const canary = "canary-7f3a";

    it("leaves neither PAN nor body readable in any table", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.taxpayers.keep("lender", (await met(store)).id, [answer({ body: { [canary]: canary } })]);
      const dump = await everyRow(await place.url());
      expect(dump).toContain("lender");
      expect(occurrences(dump, pan(1))).toBe(0);
      expect(occurrences(dump, canary)).toBe(0);
    });

    it.each(["convert_to($1, 'UTF8')", "decode(encode(convert_to($1, 'UTF8'), 'base64'), 'base64')"])(
      "would notice a readable value planted as %s",
      async (expression) => {
        await using place = await newPlace();
        await using store = await place.open();
        expect(await store.ready()).toBe(true);
        await sql(await place.url(), `insert into aaygraph.keyring values ('planted', ${expression}, '')`, [canary]);
        expect(occurrences(await everyRow(await place.url()), canary)).toBe(1);
      },
    );

    it("opens no answer that was moved to another year", async () => {
      const { events, unreadable } = listeningEvents();
      await using place = await newPlace();
      await using store = await place.open({ events });
      await store.taxpayers.keep("lender", (await met(store)).id, [answer()]);
      await sql(await place.url(), "update aaygraph.answers set period = '2023-24'");
      expect((await met(store)).answers).toEqual([]);
      expect(unreadable).toEqual(["an answer (FILINGS, KWIKID) does not open"]);
    });

    it("opens no answer that was moved after it had been opened in its own place", async () => {
      const { events, unreadable } = listeningEvents();
      await using place = await newPlace();
      await using store = await place.open({ events });
      await store.taxpayers.keep("lender", (await met(store)).id, [answer()]);
      expect((await met(store)).answers).toHaveLength(1);
      await sql(await place.url(), "update aaygraph.answers set period = '2023-24'");
      expect((await met(store)).answers).toEqual([]);
      expect(unreadable).toEqual(["an answer (FILINGS, KWIKID) does not open"]);
    });

    it("opens no answer that was moved to another taxpayer along with the key", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.taxpayers.keep("lender", (await met(store, "lender", 1)).id, [answer()]);
      await store.taxpayers.keep("lender", (await met(store, "lender", 2)).id, [answer({ body: "own" })]);
      const swapped = `from aaygraph.subject_keys other where other.tenant = k.tenant and other.subject_id <> k.subject_id`;
      await sql(await place.url(), `update aaygraph.subject_keys k set sealed = other.sealed ${swapped}`);
      await sql(
        await place.url(),
        `update aaygraph.answers a set sealed_body = b.sealed_body from aaygraph.answers b where b.subject_id <> a.subject_id`,
      );
      expect((await met(store, "lender", 1)).answers).toEqual([]);
      expect((await met(store, "lender", 2)).answers).toEqual([]);
    });
  });

  describe("an unreadable row", () => {
    it("leaves the other rows readable", async () => {
      const { events, unreadable } = listeningEvents();
      await using place = await newPlace();
      await using store = await place.open({ events });
      const sound = answer({ document: "COMPLIANCE", period: "" });
      await store.taxpayers.keep("lender", (await met(store)).id, [answer(), sound]);
      await sql(await place.url(), "update aaygraph.answers set sealed_body = 'x' where document = 'FILINGS'");
      expect((await met(store)).answers).toEqual([sound]);
      expect(unreadable).toEqual(["an answer (FILINGS, KWIKID) does not open"]);
    });

    it("is an answer stored in another shape", async () => {
      const { events, unreadable } = listeningEvents();
      await using place = await newPlace();
      await using store = await place.open({ events });
      await store.taxpayers.keep("lender", (await met(store)).id, [answer()]);
      await sql(await place.url(), "update aaygraph.answers set shape = shape + 1");
      expect((await met(store)).answers).toEqual([]);
      expect(unreadable).toEqual([expect.stringContaining("shape")]);
    });
  });

  describe("master keys", () => {
    const next = new Secret(randomBytes(32));

    it("still open what they sealed when named as old", async () => {
      await using place = await newPlace();
      await fill(place);
      await using store = await place.open({ masterKey: next, oldMasterKeys: [masterKey] });
      expect((await met(store)).answers).toEqual([answer()]);
    });

    it("seal until a rewrap, so that processes without the next key can read everything", async () => {
      await using place = await newPlace();
      await fill(place);
      await using without = await place.open();
      await using store = await place.open({
        masterKey: next,
        oldMasterKeys: [masterKey],
        databaseUrl: await place.url(),
      });
      const { id } = await met(store, "lender", 2);
      expect((await met(without, "lender", 2)).id).toBe(id);
    });

    it("seal nothing after a rewrap, in any process", async () => {
      await using place = await newPlace();
      await fill(place);
      const both = { masterKey: next, oldMasterKeys: [masterKey], databaseUrl: await place.url() };
      await using first = await place.open(both);
      await using second = await place.open(both);
      await met(second, "lender", 2);
      await first.rewrap();
      await met(second, "lender", 3);
      const rows = await sql(await place.url(), "select distinct master_key_id from aaygraph.subject_keys");
      expect(rows).toHaveLength(1);
    });

    it("leave nothing behind that was sealed while a rewrap ran", async () => {
      await using place = await newPlace();
      await fill(place);
      const both = { masterKey: next, oldMasterKeys: [masterKey], databaseUrl: await place.url() };
      {
        await using first = await place.open(both);
        await using second = await place.open(both);
        const numbers = Array.from({ length: 60 }, (_, number) => number + 10);
        await Promise.all([first.rewrap(), ...numbers.map((number) => met(second, "lender", number))]);
      }
      await using store = await place.open({ masterKey: next });
      expect(await store.rewrap()).toEqual({ lookupKeys: 0, subjectKeys: 0, unreadable: 0 });
    });

    it("are read again when a row names an unknown key", async () => {
      await using place = await newPlace();
      await fill(place);
      const given = [masterKey];
      await using unaware = await place.open({ rereadMasterKeys: () => given });
      await using store = await place.open({
        masterKey: next,
        oldMasterKeys: [masterKey],
        databaseUrl: await place.url(),
      });
      given.unshift(next);
      await store.rewrap();
      expect((await met(unaware)).answers).toEqual([answer()]);
      await met(unaware, "lender", 2);
      expect((await met(store, "lender", 2)).pan).toBe(pan(2));
    });

    it("that a process lacks keep it from storing new taxpayers", async () => {
      await using place = await newPlace();
      await fill(place);
      await using behind = await place.open();
      await using store = await place.open({
        masterKey: next,
        oldMasterKeys: [masterKey],
        databaseUrl: await place.url(),
      });
      await store.rewrap();
      await expect(met(behind, "lender", 2)).rejects.toMatchObject({
        code: "INTERNAL",
        context: { hint: "This process does not have the master key that is now in use." },
      });
    });

    it("can be forgotten after a rewrap", async () => {
      await using place = await newPlace();
      await fill(place);
      {
        await using store = await place.open({ masterKey: next, oldMasterKeys: [masterKey] });
        expect(await store.rewrap()).toEqual({ lookupKeys: 1, subjectKeys: 1, unreadable: 0 });
        expect(await store.rewrap()).toEqual({ lookupKeys: 0, subjectKeys: 0, unreadable: 0 });
      }
      await using store = await place.open({ masterKey: next });
      expect((await met(store)).answers).toEqual([answer()]);
    });

    it("are rewrapped past the end of a batch", async () => {
      await using place = await newPlace();
      {
        await using store = await place.open();
        await store.taxpayers.byPan(
          "lender",
          Array.from({ length: 1_100 }, (_, number) => pan(number)),
        );
      }
      await using store = await place.open({ masterKey: next, oldMasterKeys: [masterKey] });
      expect(await store.rewrap()).toEqual({ lookupKeys: 1, subjectKeys: 1_100, unreadable: 0 });
    });

    it("are rewrapped while answers are stored", async () => {
      await using place = await newPlace();
      await fill(place);
      await using store = await place.open({ masterKey: next, oldMasterKeys: [masterKey] });
      const { id } = await met(store);
      const periods = Array.from({ length: 30 }, (_, turn) => `period ${turn}`);
      await Promise.all([
        store.rewrap(),
        store.rewrap(),
        ...periods.map((period) => store.taxpayers.keep("lender", id, [answer({ period })])),
      ]);
      expect((await met(store)).answers).toHaveLength(31);
    });

    it("count what they cannot open when rewrapping", async () => {
      await using place = await newPlace();
      await fill(place);
      await using store = await place.open({ masterKey: next, oldMasterKeys: [masterKey] });
      await sql(await place.url(), "update aaygraph.subject_keys set sealed = 'x'");
      expect(await store.rewrap()).toMatchObject({ subjectKeys: 0, unreadable: 1 });
    });

    it("that did not seal the store are refused by name", async () => {
      await using place = await newPlace();
      await fill(place);
      const refusal = expect.stringMatching(/AAY_MASTER_KEY .*AAY_MASTER_KEYS_OLD/) as string;
      await expect(place.open({ masterKey: next })).rejects.toMatchObject({
        name: "StoreUnavailable",
        message: refusal,
      });
    });

    it("of another length are refused", async () => {
      await using place = await newPlace();
      await expect(place.open({ masterKey: new Secret(randomBytes(16)) })).rejects.toThrow("32 bytes");
    });
  });
}

async function fill(place: StorePlace): Promise<void> {
  await using store = await place.open();
  await store.taxpayers.keep("lender", (await met(store)).id, [answer()]);
}

function listeningEvents() {
  const unreadable: string[] = [];
  const events = createEvents();
  events.on("background failed", ({ error }) => unreadable.push((error as Error).message));
  return { events, unreadable };
}

export async function everyRow(url: Secret): Promise<string> {
  const tables = await sql<{ name: string }>(
    url,
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const rows = await Promise.all(tables.map(({ name }) => sql(url, `select t::text as row from ${name} t`)));
  return rows
    .flat()
    .map((row) => String(row.row))
    .join("\n");
}

/** Counts the value as text, and as the hexadecimal digits of its bytes. */
export function occurrences(dump: string, value: string): number {
  return [value, Buffer.from(value).toString("hex"), Buffer.from(value).toString("base64")]
    .map((form) => dump.split(form).length - 1)
    .reduce((sum, count) => sum + count, 0);
}
