import type { IncomeYear } from "../../src/domain/taxPeriod";
import { manualClock } from "../../src/kernel/clock";
import { longestTurnDuring } from "../support/longestTurn";
import { grant, openSession, terms } from "./granting";
import { answer, dayMs, met, pan, sql, startMs, type StorePlace } from "./storePlace";

/** A consent is kept as it was given, counted, and revoked with all that was fetched under it. */
export function consentsContract(newPlace: () => Promise<StorePlace>): void {
  describe("a consent", () => {
    it("comes back as it was given", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const given = terms({ reference: "loan 4711", mostFetches: 3 });
      const reach = { documents: ["FILINGS", "TAX_CREDITS"], incomeYears: [2023, 2024] as IncomeYear[] } as const;
      const { consentId, taxpayerId } = await grant(await place.url(), { terms: given, ...reach });
      const consents = await store.consents.byId("lender", [consentId]);
      expect([...consents]).toEqual([
        [
          consentId,
          {
            ...{
              id: consentId,
              taxpayerId,
              ...given,
              ...reach,
              grantedAtMs: startMs,
              revokedAtMs: undefined,
              fetches: 1,
            },
            receiptDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          },
        ],
      ]);
    });

    it("is not found by another tenant", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId } = await grant(await place.url());
      expect(await store.consents.byId("broker", [consentId])).toEqual(new Map());
    });

    it("keeps the caller's reference sealed", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await grant(await place.url(), { terms: { reference: "canary-7f3a" } });
      const [row] = await sql<{ dump: string }>(await place.url(), "select c::text as dump from aaygraph.consents c");
      expect(await store.ready()).toBe(true);
      expect(row!.dump).toContain("KYC");
      expect(row!.dump).not.toContain("canary-7f3a");
      expect(row!.dump).not.toContain(Buffer.from("canary-7f3a").toString("hex"));
    });

    it("comes with its taxpayer", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId } = await grant(await place.url());
      await store.taxpayers.keep("lender", (await met(store)).id, [answer(), answer({ period: "2023-24" })]);
      const consent = (await store.consents.byId("lender", [consentId])).get(consentId);
      expect((await met(store)).consents).toEqual([{ ...consent, reference: undefined }]);
    });

    it("comes with no other taxpayer", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await grant(await place.url());
      expect((await met(store, "lender", 2)).consents).toEqual([]);
    });
  });

  describe("of many consents, a taxpayer comes with", () => {
    it("those that have not lapsed", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      const first = await grant(url);
      const later = await grant(url, { nowMs: startMs + 1, terms: { startsAtMs: startMs + dayMs } });
      expect((await met(store)).consents.map(({ id }) => id)).toEqual([later.consentId, first.consentId]);
    });

    it("the newest of those that have lapsed", async () => {
      const clock = manualClock(startMs);
      await using place = await newPlace();
      await using store = await place.open({ clock });
      const url = await place.url();
      await grant(url, { terms: { expiresAtMs: startMs + 1 } });
      const newer = await grant(url, { nowMs: startMs + 1, terms: { expiresAtMs: startMs + 2 } });
      clock.advance(dayMs);
      expect((await met(store)).consents.map(({ id }) => id)).toEqual([newer.consentId]);
    });

    it("every one that holds, however many", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      const { consentId: oldest } = await grant(url, { documents: ["DEMANDS"] });
      await sql(
        url,
        `insert into aaygraph.consents select c.tenant, c.id || n, c.subject_id, c.purpose, c.documents, c.income_years,
           c.starts_at, c.expires_at, 1, null, 1, c.granted_at + n * interval '1 s', case when n % 2 = 0 then now() end
         from aaygraph.consents c, generate_series(1, 100) n`,
      );
      const { consents } = await met(store);
      expect(consents.filter(({ revokedAtMs }) => revokedAtMs === undefined)).toHaveLength(51);
      expect(consents.filter(({ revokedAtMs }) => revokedAtMs !== undefined)).toHaveLength(1);
      expect(consents.map(({ id }) => id)).toContain(oldest);
    });

    it("the lapsed ones that brought what is stored", async () => {
      const clock = manualClock(startMs);
      await using place = await newPlace();
      await using store = await place.open({ clock });
      const url = await place.url();
      const short = { expiresAtMs: startMs + 1 };
      const { consentId, taxpayerId } = await grant(url, { terms: { ...short, purpose: "CREDIT_UNDERWRITING" } });
      await grant(url, { nowMs: startMs + 1, terms: short });
      const newest = await grant(url, { nowMs: startMs + 2, terms: short });
      await store.taxpayers.keep("lender", taxpayerId, [answer({ consentId })]);
      clock.advance(2);
      const consents = (await met(store)).consents.map(({ id }) => id);
      expect(consents.toSorted()).toEqual([consentId, newest.consentId].toSorted());
    });
  });

  describe("a file", () => {
    it("is read with the consent that brought it, and with no other", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId, taxpayerId } = await grant(await place.url());
      const other = await grant(await place.url(), { terms: { purpose: "MONITORING" } });
      const file = { document: "FILINGS", provider: "KWIKID", period: "2024-25", name: "return" } as const;
      const under = { ...file, purpose: "KYC", consentId } as const;
      const bytes = Buffer.from("{}");
      await store.files.keep("lender", taxpayerId, [{ ...under, bytes, expiresAtMs: startMs + dayMs }]);
      expect(await store.files.read("lender", taxpayerId, under, startMs)).toEqual(bytes);
      const underOther = { ...under, consentId: other.consentId };
      expect(await store.files.read("lender", taxpayerId, underOther, startMs)).toBeUndefined();
    });
  });

  describe("a file of five megabytes", () => {
    it("is kept without a delay of more than 50 ms for others", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId, taxpayerId } = await grant(await place.url());
      const file = { document: "FILINGS", provider: "KWIKID", period: "2024-25", name: "return" } as const;
      const under = { ...file, purpose: "KYC", consentId } as const;
      const bytes = Buffer.alloc(5_000_000, "{}");
      const turnMs = await longestTurnDuring(() =>
        store.files.keep("lender", taxpayerId, [{ ...under, bytes, expiresAtMs: startMs + dayMs }]),
      );
      expect((await store.files.read("lender", taxpayerId, under, startMs))?.equals(bytes)).toBe(true);
      expect(turnMs).toBeLessThan(50);
    });
  });

  describe("counting fetches", () => {
    it("stops at the most that were agreed, however many come at once", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId } = await grant(await place.url(), { terms: { mostFetches: 4 } });
      const counted = await Promise.all(
        Array.from({ length: 10 }, () => store.consents.countFetch("lender", consentId, startMs)),
      );
      expect(counted.filter((isAllowed) => isAllowed)).toHaveLength(3);
      expect((await met(store)).consents).toMatchObject([{ fetches: 4 }]);
    });

    it("goes on without end where no number was agreed", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId } = await grant(await place.url());
      expect(await store.consents.countFetch("lender", consentId, startMs)).toBe(true);
      expect((await met(store)).consents).toMatchObject([{ fetches: 2 }]);
    });

    it.each([
      ["before it starts", startMs - 1, false],
      ["when it starts", startMs, true],
      ["before it expires", startMs + 30 * dayMs - 1, true],
      ["when it expires", startMs + 30 * dayMs, false],
    ])("%s is judged by the clock", async (_, nowMs, isAllowed) => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId } = await grant(await place.url());
      expect(await store.consents.countFetch("lender", consentId, nowMs)).toBe(isAllowed);
    });

    it("stops when the consent is revoked", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId } = await grant(await place.url());
      await store.consents.revoke("lender", consentId, startMs);
      expect(await store.consents.countFetch("lender", consentId, startMs)).toBe(false);
    });

    it("counts nothing for another tenant", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId } = await grant(await place.url());
      expect(await store.consents.countFetch("broker", consentId, startMs)).toBe(false);
    });
  });

  describe("revoking a consent", () => {
    it("deletes exactly the answers that were fetched under it", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      const { consentId, taxpayerId } = await grant(url);
      const other = await grant(url);
      const free = answer({ document: "COMPLIANCE", provider: "EKO", period: "" });
      const under = answer({ period: "2023-24", consentId: other.consentId });
      await store.taxpayers.keep("lender", taxpayerId, [answer({ consentId }), under, free]);
      await store.consents.revoke("lender", consentId, startMs);
      const { answers } = await met(store);
      expect(answers).toHaveLength(2);
      expect(answers).toEqual(expect.arrayContaining([under, free]));
    });

    it("leaves an answer that has been fetched again under another", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId, taxpayerId } = await grant(await place.url());
      const other = await grant(await place.url());
      const again = answer({ consentId: other.consentId, fetchedAtMs: startMs + 1 });
      await store.taxpayers.keep("lender", taxpayerId, [answer({ consentId })]);
      await store.taxpayers.keep("lender", taxpayerId, [again]);
      await store.consents.revoke("lender", consentId, startMs + 1);
      expect((await met(store)).answers).toEqual([again]);
    });

    it("keeps no answer that arrives later", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId, taxpayerId } = await grant(await place.url());
      await store.consents.revoke("lender", consentId, startMs);
      const free = answer({ document: "COMPLIANCE", provider: "EKO", period: "" });
      await store.taxpayers.keep("lender", taxpayerId, [answer({ consentId }), free]);
      expect((await met(store)).answers).toEqual([free]);
    });

    it("leaves nothing behind, whatever is kept at the same time", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId, taxpayerId } = await grant(await place.url());
      const periods = Array.from({ length: 30 }, (_, turn) => `period ${turn}`);
      await Promise.all([
        ...periods
          .slice(15)
          .map((period) => store.taxpayers.keep("lender", taxpayerId, [answer({ period, consentId })])),
        store.consents.revoke("lender", consentId, startMs),
        ...periods
          .slice(15)
          .map((period) => store.taxpayers.keep("lender", taxpayerId, [answer({ period, consentId })])),
      ]);
      expect((await met(store)).answers).toEqual([]);
    });

    it("makes its live session due at once", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const session = await openSession(store);
      await openSession(store, { pan: pan(2), idempotencyKey: "second" });
      expect(await store.sessions.overdue(startMs)).toEqual([]);
      await store.consents.revoke("lender", session.consentId, startMs);
      expect(await store.sessions.overdue(startMs)).toEqual([session]);
    });

    it("stands from the first time", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId } = await grant(await place.url());
      await store.consents.revoke("lender", consentId, startMs + 1);
      expect(await store.consents.revoke("lender", consentId, startMs + 2)).toMatchObject({ revokedAtMs: startMs + 1 });
    });

    it("is on record once", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId, taxpayerId } = await grant(await place.url());
      await Promise.all([1, 2].map((turn) => store.consents.revoke("lender", consentId, startMs + turn)));
      const { records } = await store.consents.records("lender", { first: 10 });
      expect(records).toMatchObject([{ kind: "REVOKED", taxpayerId, consentId }]);
    });

    it("is refused to another tenant", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { consentId } = await grant(await place.url());
      expect(await store.consents.revoke("broker", consentId, startMs)).toBeUndefined();
      expect((await met(store)).consents).toMatchObject([{ revokedAtMs: undefined }]);
    });
  });
}
