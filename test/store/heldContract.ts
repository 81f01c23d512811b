import { createEvents } from "../../src/kernel/events";
import { manualClock } from "../../src/kernel/clock";
import type { Secret } from "../../src/kernel/secret";
import { type Database, openDatabase } from "../../src/store/database";
import { openKeyring } from "../../src/store/keys/keyring";
import { masterKeysOf } from "../../src/store/keys/masterKeys";
import { createTaxpayers } from "../../src/store/taxpayers/taxpayers";
import { grant } from "./granting";
import { answer, dayMs, ignore, masterKey, met, pan, sql, startMs, type StorePlace } from "./storePlace";

/** What is kept comes back: to its own tenant, in time, and cheaply. */
export function heldContract(newPlace: () => Promise<StorePlace>): void {
  describe("what is held", () => {
    it("comes back as it was kept", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      const kept = [answer({ document: "COMPLIANCE", period: "" }), answer({ body: { names: ["अ", null], tax: 1.5 } })];
      await store.taxpayers.keep("lender", id, kept);
      const { answers } = await met(store);
      expect(answers).toHaveLength(2);
      expect(answers).toEqual(expect.arrayContaining(kept));
    });

    it("is still there after the store has been closed", async () => {
      await using place = await newPlace();
      {
        await using store = await place.open();
        await store.taxpayers.keep("lender", (await met(store)).id, [answer()]);
      }
      await using store = await place.open();
      expect((await met(store)).answers).toEqual([answer()]);
    });

    it("is found by the opaque id", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      await store.taxpayers.keep("lender", id, [answer()]);
      const held = await store.taxpayers.byId("lender", [id, id]);
      expect([...held]).toMatchObject([[id, { id, pan: pan(1), erased: false, answers: [answer()], consents: [] }]]);
    });

    it("is not found by an id that nobody has", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      const strangers = [id.slice(0, -1), `${id}A`, "tp_", "", "tp_AAAAAAAAAAAAAAAAAAAAAA", id.replace("tp_", "xx_")];
      expect(await store.taxpayers.byId("lender", strangers)).toEqual(new Map());
    });

    it("is gone at the moment it expires", async () => {
      const clock = manualClock(startMs);
      await using place = await newPlace();
      await using store = await place.open({ clock });
      await store.taxpayers.keep("lender", (await met(store)).id, [answer()]);
      clock.advance(dayMs - 1);
      expect((await met(store)).answers).toHaveLength(1);
      clock.advance(1);
      expect((await met(store)).answers).toEqual([]);
    });

    it("is deleted by the sweep once it has expired", async () => {
      const clock = manualClock(startMs);
      await using place = await newPlace();
      await using store = await place.open({ clock });
      const lasting = answer({ period: "2023-24", expiresAtMs: startMs + 2 * dayMs });
      await store.taxpayers.keep("lender", (await met(store)).id, [answer(), lasting]);
      expect(await store.deleteExpired()).toBe(0);
      clock.advance(dayMs);
      expect(await store.deleteExpired()).toBe(1);
      expect(await sql(await place.url(), "select period from aaygraph.answers")).toEqual([{ period: "2023-24" }]);
    });

    it("is not overwritten by an older answer that arrives late", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      await store.taxpayers.keep("lender", id, [answer({ body: "newer", fetchedAtMs: startMs + 1 })]);
      await store.taxpayers.keep("lender", id, [answer({ body: "older" })]);
      expect((await met(store)).answers.map(({ body }) => body)).toEqual(["newer"]);
    });

    it("keeps the newest of two answers to one question", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      const newer = answer({ body: "newer", fetchedAtMs: startMs + 1 });
      await store.taxpayers.keep("lender", id, [newer, answer({ body: "older" })]);
      expect((await met(store)).answers).toEqual([newer]);
    });

    it("costs one statement for a hundred PANs", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const pans = Array.from({ length: 100 }, (_, number) => pan(number));
      await store.taxpayers.byPan("lender", pans);
      await using counted = await countedTaxpayers(await place.url());
      expect((await counted.taxpayers.byPan("lender", pans)).size).toBe(100);
      expect(counted.statements()).toBe(1);
    });

    it("is not brought a second time while nothing of it has changed", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      await store.taxpayers.keep("lender", id, [answer()]);
      await using counted = await countedTaxpayers(await place.url());
      const first = await met(counted);
      expect(await met(counted)).toBe(first);
      expect(counted.rows()).toEqual([1, 0]);
    });

    it("is not asked for again in the moment after the store has confirmed it", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      await store.taxpayers.keep("lender", id, [answer()]);
      await using counted = await countedTaxpayers(await place.url());
      for (let time = 0; time < 5; time += 1) await met(counted);
      expect(counted.statements()).toBe(2);
    });

    it("is asked for at once after a change of this process's own", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId, taxpayerId } = await grant(await place.url());
      await store.taxpayers.keep("lender", taxpayerId, [answer({ consentId })]);
      for (let time = 0; time < 3; time += 1) await met(store);
      await store.consents.revoke("lender", consentId, startMs);
      expect(await met(store)).toMatchObject({ answers: [], consents: [{ revokedAtMs: startMs }] });
    });

    it("is no longer believed by any process when a revocation has been answered", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await using other = await place.open({ databaseUrl: await place.url() });
      const { consentId, taxpayerId } = await grant(await place.url());
      await store.taxpayers.keep("lender", taxpayerId, [answer({ consentId })]);
      const revocation = new AbortController();
      const revoking = store.consents.revoke("lender", consentId, startMs).finally(() => {
        revocation.abort();
      });
      // Confirmed again and again, so that it is believed at the very moment of the revocation.
      while (!revocation.signal.aborted) await met(other);
      await revoking;
      expect(await met(other)).toMatchObject({ answers: [], consents: [{ revokedAtMs: startMs }] });
    });

    it("is no longer believed by a process that hears nothing when a revocation has been answered", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      // It has a pool, and no listener that proves that it lives.
      await using deaf = await countedTaxpayers(await place.url());
      const { consentId, taxpayerId } = await grant(await place.url());
      await store.taxpayers.keep("lender", taxpayerId, [answer({ consentId })]);
      for (let time = 0; time < 3; time += 1) await met(deaf);
      await store.consents.revoke("lender", consentId, startMs);
      expect(await met(deaf)).toMatchObject({ answers: [], consents: [{ revokedAtMs: startMs }] });
    });

    it("is brought again once another process has kept something", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      await store.taxpayers.keep("lender", id, [answer()]);
      await using other = await countedTaxpayers(await place.url());
      await met(other);
      const newer = answer({ body: "newer", fetchedAtMs: startMs + 1 });
      await store.taxpayers.keep("lender", id, [newer]);
      expect((await met(other)).answers).toEqual([newer]);
    });

    it("is no longer read once another process has revoked its consent", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId, taxpayerId } = await grant(await place.url());
      await store.taxpayers.keep("lender", taxpayerId, [answer({ consentId })]);
      await using other = await countedTaxpayers(await place.url());
      expect((await met(other)).consents).toMatchObject([{ revokedAtMs: undefined }]);
      await store.consents.revoke("lender", consentId, startMs);
      expect(await met(other)).toMatchObject({ answers: [], consents: [{ revokedAtMs: startMs }] });
    });

    it("is no longer read once another process has erased it", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      await store.taxpayers.keep("lender", id, [answer()]);
      await using other = await countedTaxpayers(await place.url());
      expect((await met(other)).answers).toHaveLength(1);
      await store.erasures.erase("lender", pan(1), startMs);
      expect(await met(other)).toMatchObject({ erased: true, answers: [] });
    });

    it("comes with a consent that another process was given meanwhile", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store);
      await store.taxpayers.keep("lender", id, [answer()]);
      await using other = await countedTaxpayers(await place.url());
      expect((await met(other)).consents).toEqual([]);
      const { consentId } = await grant(await place.url());
      expect((await met(other)).consents).toMatchObject([{ id: consentId }]);
    });

    it("is read together by all who ask at the same time", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await met(store, "lender", 1);
      await met(store, "lender", 2);
      await using counted = await countedTaxpayers(await place.url());
      const all = await Promise.all([1, 2, 1, 2].map((number) => met(counted, "lender", number)));
      expect(all.map((taxpayer) => taxpayer.pan)).toEqual([pan(1), pan(2), pan(1), pan(2)]);
      expect(counted.statements()).toBe(1);
    });

    it("is kept together for all who keep at the same time", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const ids = await Promise.all([1, 2, 3].map(async (number) => (await met(store, "lender", number)).id));
      await using counted = await countedTaxpayers(await place.url());
      const keeping = ids.map((id, at) => counted.taxpayers.keep("lender", id, [answer({ body: at })]));
      const stranger = counted.taxpayers.keep("lender", "tp_AAAAAAAAAAAAAAAAAAAAAA", [answer()]);
      await expect(stranger).rejects.toMatchObject({ code: "NOT_FOUND" });
      await Promise.all(keeping);
      expect(counted.statements()).toBe(2);
      const kept = await Promise.all([1, 2, 3].map((number) => met(store, "lender", number)));
      expect(kept.map(({ answers }) => answers[0]?.body)).toEqual([0, 1, 2]);
    });

    it("costs one statement more for PANs met for the first time", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await met(store, "lender", 0);
      await using counted = await countedTaxpayers(await place.url());
      const pans = Array.from({ length: 100 }, (_, number) => pan(number));
      expect((await counted.taxpayers.byPan("lender", pans)).size).toBe(100);
      expect(counted.statements()).toBe(2);
    });

    it("knows one taxpayer however many meet the PAN at once", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const pans = Array.from({ length: 20 }, (_, number) => pan(number));
      const meetings = await Promise.all(
        Array.from({ length: 12 }, (_, turn) =>
          store.taxpayers.byPan("lender", turn % 2 === 0 ? pans : pans.toReversed()),
        ),
      );
      const ids = meetings.map((held) => pans.map((each) => held.get(each)?.id));
      expect(new Set(ids.map((each) => each.join())).size).toBe(1);
      expect(new Set(ids[0]).size).toBe(20);
    });
  });

  describe("tenants", () => {
    it("know the same person by different ids", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      expect((await met(store, "lender")).id).not.toBe((await met(store, "broker")).id);
    });

    it("cannot tell from the look-up keys that they know the same person", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await met(store, "lender");
      await met(store, "broker");
      const rows = await sql(await place.url(), "select distinct lookup from aaygraph.subjects");
      expect(rows).toHaveLength(2);
    });

    it("do not see each other's answers by PAN", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.taxpayers.keep("lender", (await met(store, "lender")).id, [answer()]);
      expect((await met(store, "broker")).answers).toEqual([]);
    });

    it("do not find each other's taxpayers by id", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store, "lender");
      expect(await store.taxpayers.byId("broker", [id])).toEqual(new Map());
    });

    it("cannot keep answers for each other's taxpayers", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { id } = await met(store, "lender");
      await expect(store.taxpayers.keep("broker", id, [answer()])).rejects.toMatchObject({ code: "NOT_FOUND" });
    });
  });
}

async function countedTaxpayers(url: Secret) {
  let statements = 0;
  const rows: number[] = [];
  const database = await openDatabase({ url, events: createEvents() });
  const counting: Database = {
    ...database,
    async run(statement, values) {
      statements += 1;
      const outcome = await database.run<never>(statement, values);
      rows.push(outcome.rows.length);
      return outcome;
    },
  };
  const keyring = await openKeyring(database, masterKeysOf(masterKey, []));
  return {
    taxpayers: createTaxpayers(counting, keyring, manualClock(startMs), ignore),
    statements: () => statements,
    /** How many each statement has brought. */
    rows: () => rows,
    [Symbol.asyncDispose]: () => database.close(),
  };
}
