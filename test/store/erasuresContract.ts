import { createEvents } from "../../src/kernel/events";
import type { Secret } from "../../src/kernel/secret";
import type { Store } from "../../src/store/store";
import { grant, openSession } from "./granting";
import { answer, dayMs, met, pan, sql, startMs, type StorePlace } from "./storePlace";

/** Erased data is unreadable, here and in every copy of the database. */
export function erasuresContract(newPlace: () => Promise<StorePlace>): void {
  describe("an erased taxpayer", () => {
    it("is erased by PAN", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await filled(store, await place.url());
      await erase(store);
      expect(await met(store)).toMatchObject({ id, pan: pan(1), erased: true, answers: [], consents: [] });
    });

    it("is erased by id", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await filled(store, await place.url());
      await erase(store);
      expect([...(await store.taxpayers.byId("lender", [id]))]).toEqual([[id, "ERASED"]]);
    });

    it("takes no further answers", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      await erase(store);
      await expect(store.taxpayers.keep("lender", id, [answer()])).rejects.toMatchObject({ code: "ERASED" });
    });

    it("stays for other tenants", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await filled(store, await place.url());
      await store.taxpayers.keep("broker", (await met(store, "broker")).id, [answer()]);
      await erase(store);
      expect((await met(store, "broker")).answers).toEqual([answer()]);
    });

    it("leaves the other taxpayers as they are", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await filled(store, await place.url());
      await store.taxpayers.keep("lender", (await met(store, "lender", 2)).id, [answer()]);
      await erase(store);
      expect((await met(store, "lender", 2)).answers).toEqual([answer()]);
    });

    it("leaves no ciphertext in the tables", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      await filled(store, url);
      expect(await sealedValues(url)).toHaveLength(4);
      await erase(store);
      expect(await sealedValues(url)).toEqual([]);
    });

    it("leaves consents that are revoked", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId } = await filled(store, await place.url());
      await erase(store);
      const consent = (await store.consents.byId("lender", [consentId])).get(consentId);
      expect(consent).toMatchObject({ revokedAtMs: startMs + dayMs, reference: undefined });
    });

    it("that was unknown is erased from then on", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const erased = await erase(store);
      expect(erased).toMatchObject({ destroyed: { keys: 0, answers: 0, consents: 0, sessions: 0 } });
      expect(await met(store)).toMatchObject({ id: erased.taxpayerId, erased: true });
    });
  });

  describe("a receipt", () => {
    it("counts what was destroyed", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await filled(store, await place.url());
      expect(await erase(store)).toEqual({
        id: expect.stringMatching(/^er_/) as string,
        taxpayerId: id,
        erasedAtMs: startMs + dayMs,
        destroyed: { keys: 1, answers: 2, consents: 1, sessions: 0 },
      });
    });

    it("stays the same when the taxpayer is erased again", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await filled(store, await place.url());
      const first = await erase(store);
      expect(await erase(store, startMs + 2 * dayMs)).toEqual(first);
    });

    it("is one for many concurrent erasures", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await filled(store, await place.url());
      const receipts = await Promise.all(Array.from({ length: 8 }, (_, turn) => erase(store, startMs + turn)));
      expect(new Set(receipts.map(({ id }) => id)).size).toBe(1);
      expect(receipts[0]).toMatchObject({ destroyed: { keys: 1, answers: 2 } });
    });

    it("is one for many concurrent erasures of an unknown taxpayer", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const receipts = await Promise.all(Array.from({ length: 8 }, (_, turn) => erase(store, startMs + turn)));
      expect(new Set(receipts.map(({ id }) => id)).size).toBe(1);
    });

    it("has its line among the consent records", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await filled(store, await place.url());
      await erase(store);
      await erase(store);
      const { records } = await store.consents.records("lender", { first: 10 });
      expect(records).toMatchObject([{ kind: "ERASED", atMs: startMs + dayMs, taxpayerId: id }]);
    });
  });

  describe("rows put back from a copy made before the erasure", () => {
    it("are noise", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      const { id, consentId } = await filled(store, url);
      await copyEverything(url);
      await erase(store);
      await putBack(url, { withKeys: false });
      expect(await sealedValues(url)).toHaveLength(3);
      expect(await met(store)).toMatchObject({ id, pan: pan(1), erased: true, answers: [], consents: [] });
      expect((await store.taxpayers.byId("lender", [id])).get(id)).toBe("ERASED");
      expect((await store.consents.byId("lender", [consentId])).get(consentId)!.reference).toBeUndefined();
    });

    it("would be read if the copy held the keys", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      const { consentId } = await filled(store, url);
      await copyEverything(url);
      await erase(store);
      await putBack(url, { withKeys: true });
      expect(await met(store)).toMatchObject({ erased: false, answers: [{}, {}] });
      expect((await store.consents.byId("lender", [consentId])).get(consentId)!.reference).toBe("loan 4711");
    });

    it("give way to a new consent", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      const { id } = await filled(store, url);
      await copyEverything(url);
      await erase(store);
      await putBack(url, { withKeys: false });
      const { taxpayerId } = await grant(url);
      expect(taxpayerId).not.toBe(id);
      expect(await met(store)).toMatchObject({ id: taxpayerId, erased: false, answers: [] });
    });
  });

  describe("a new consent after an erasure", () => {
    it("starts with a new taxpayer who has none of the old answers", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      const { id } = await filled(store, url);
      await erase(store);
      const { taxpayerId, consentId } = await grant(url);
      expect(taxpayerId).not.toBe(id);
      expect(await met(store)).toMatchObject({
        id: taxpayerId,
        erased: false,
        answers: [],
        consents: [{ id: consentId }],
      });
    });

    it("is what the PAN finds, in any order of the rows", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      await filled(store, url);
      await erase(store);
      const { taxpayerId } = await grant(url);
      // A row that is updated comes last.
      await sql(url, "update aaygraph.subjects set created_at = created_at where erased_at is not null");
      expect(await met(store)).toMatchObject({ id: taxpayerId, erased: false });
    });

    it("leaves the old id erased", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      const { id } = await filled(store, url);
      await erase(store);
      await grant(url);
      expect((await store.taxpayers.byId("lender", [id])).get(id)).toBe("ERASED");
    });

    it("starts under a new key", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      await filled(store, url);
      const keys = () => sql(url, "select sealed from aaygraph.subject_keys");
      const before = await keys();
      await erase(store);
      await grant(url);
      const after = await keys();
      expect(after).toHaveLength(1);
      expect(after).not.toEqual(before);
    });

    it("starts with one new taxpayer for many concurrent consents", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      await filled(store, url);
      await erase(store);
      const granted = await Promise.all(Array.from({ length: 6 }, () => grant(url)));
      expect(new Set(granted.map(({ taxpayerId }) => taxpayerId)).size).toBe(1);
    });

    it("can be erased again with a receipt of its own", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      await filled(store, url);
      const first = await erase(store);
      const { taxpayerId } = await grant(url);
      expect(await erase(store)).toMatchObject({ taxpayerId, destroyed: { keys: 1, answers: 0, consents: 1 } });
      expect(first.taxpayerId).not.toBe(taxpayerId);
    });
  });

  describe("sessions that are live", () => {
    it("are named instead of their taxpayer being erased", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const session = await openSession(store);
      expect(await store.erasures.erase("lender", pan(1), startMs)).toEqual({ openSessions: [session] });
      expect(await met(store)).toMatchObject({ id: session.taxpayerId, erased: false });
    });

    it("are still named when they are over but not logged out at their provider", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const untold = await store.sessions.change(await openSession(store), { ...ended, logout: "DUE" });
      expect(await store.erasures.erase("lender", pan(1), startMs)).toEqual({ openSessions: [untold] });
      if (untold) await store.sessions.loggedOut(untold, "SENT");
      expect(await store.erasures.erase("lender", pan(1), startMs)).toHaveProperty("receipt");
    });

    it("of another tenant do not prevent an erasure", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await openSession(store, { tenant: "broker" });
      expect(await erase(store)).toMatchObject({ destroyed: { sessions: 0 } });
    });

    it("are counted as destroyed once they have ended", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.sessions.change(await openSession(store), { ...ended, logout: "NONE" });
      expect(await erase(store)).toMatchObject({ destroyed: { keys: 1, consents: 1, sessions: 1 } });
    });
  });

  it("vacuums the destroyed key out of its table", async () => {
    const failures: unknown[] = [];
    const events = createEvents();
    events.on("background failed", ({ error }) => failures.push(error));
    await using place = await newPlace();
    await using store = await place.open({ events });
    const url = await place.url();
    await filled(store, url);
    await erase(store);
    const relation = "'aaygraph.subject_keys'::regclass";
    expect(await sql(url, `select pg_relation_size(${relation})::integer as bytes`)).toEqual([{ bytes: 0 }]);
    expect(failures).toEqual([]);
  });
}

const ended = {
  progress: { phase: "ENDED", reason: "ERASED" },
  state: "ENDED",
  nowMs: startMs,
  dueAtMs: undefined,
  owner: "NOBODY",
} as const;

/** A taxpayer with two stored answers, one of them under a consent. */
async function filled(store: Store, url: Secret): Promise<{ id: string; consentId: string }> {
  const { consentId, taxpayerId: id } = await grant(url, { terms: { reference: "loan 4711" } });
  const free = answer({ document: "COMPLIANCE", provider: "EKO", period: "", expiresAtMs: startMs + 9 * dayMs });
  await store.taxpayers.keep("lender", id, [answer({ consentId }), free]);
  return { id, consentId };
}

async function erase(store: Store, nowMs = startMs + dayMs) {
  const erased = await store.erasures.erase("lender", pan(1), nowMs);
  if ("openSessions" in erased) throw new Error("a session stands in the way");
  return erased.receipt;
}

async function sealedValues(url: Secret): Promise<unknown[]> {
  return sql(
    url,
    `select sealed from (
       select sealed from aaygraph.subject_keys union all select sealed_pan from aaygraph.subjects
       union all select sealed_body from aaygraph.answers where consent_id is not null
       union all select sealed_reference from aaygraph.consents
       union all select sealed_ticket from aaygraph.sessions
     ) everything where sealed is not null`,
  );
}

const copied = ["subjects", "subject_keys", "answers", "consents"];

async function copyEverything(url: Secret): Promise<void> {
  const tables = copied.map((name) => `create table copy.${name} as table aaygraph.${name};`);
  await sql(url, `create schema copy; ${tables.join(" ")}`);
}

/** Row by row, as from a copy of the database. */
async function putBack(url: Secret, { withKeys }: { withKeys: boolean }): Promise<void> {
  await sql(
    url,
    `update aaygraph.subjects s set sealed_pan = c.sealed_pan, erased_at = c.erased_at from copy.subjects c where c.id = s.id;
     update aaygraph.consents s set sealed_reference = c.sealed_reference, revoked_at = c.revoked_at
       from copy.consents c where c.id = s.id;
     insert into aaygraph.answers select * from copy.answers;
     ${withKeys ? "insert into aaygraph.subject_keys select * from copy.subject_keys;" : ""}
     drop schema copy cascade;`,
  );
}
