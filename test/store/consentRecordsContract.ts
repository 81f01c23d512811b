import type { ConsentRecord } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { met, sql, startMs, type StorePlace } from "./storePlace";

/** What was done under a consent is on record, and stays there. */
export function consentRecordsContract(newPlace: () => Promise<StorePlace>): void {
  describe("a consent record", () => {
    it("comes back as it was appended", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const used: ConsentRecord = {
        kind: "USED",
        atMs: startMs,
        taxpayerId: (await met(store)).id,
        consentId: "cn_1",
        sessionId: "ss_1",
        provider: "KWIKID",
        documents: ["FILINGS", "TAX_CREDITS"],
        incomeYears: [2023, 2024] as IncomeYear[],
        code: "CONSENT_EXCEEDED",
      };
      await store.consents.record("lender", [used]);
      const { records } = await store.consents.records("lender", { first: 10 });
      expect(records).toEqual([{ ...used, id: expect.stringMatching(/^cr_/) as string }]);
    });

    it("of nobody in particular comes back too", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const refused: ConsentRecord = { kind: "REFUSED", atMs: startMs, code: "CONSENT_REQUIRED" };
      await store.consents.record("lender", [refused]);
      const { records } = await store.consents.records("lender", { first: 10 });
      expect(records).toEqual([{ ...refused, id: expect.any(String) as string }]);
    });

    it("is not read by another tenant", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.consents.record("lender", [{ kind: "USED", atMs: startMs }]);
      expect(await store.consents.records("broker", { first: 10 })).toEqual({ records: [], hasNext: false });
    });

    it.each([
      ["changed", "update aaygraph.consent_records set kind = 'USED'"],
      ["removed", "delete from aaygraph.consent_records"],
      ["swept away whole", "truncate aaygraph.consent_records"],
      ["swept away together with the taxpayers", "truncate aaygraph.subjects, aaygraph.consent_records cascade"],
    ])("cannot be %s", async (_, statement) => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.consents.record("lender", [{ kind: "GRANTED", atMs: startMs }]);
      await expect(sql(await place.url(), statement)).rejects.toThrow("only ever appended");
      expect((await store.consents.records("lender", { first: 10 })).records).toMatchObject([{ kind: "GRANTED" }]);
    });
  });

  describe("consent records", () => {
    const numbered = (count: number): ConsentRecord[] =>
      Array.from({ length: count }, (_, number) => ({ kind: "USED", atMs: startMs, consentId: `cn_${number}` }));

    it("are read newest first, page by page", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.consents.record("lender", numbered(5));
      const first = await store.consents.records("lender", { first: 2 });
      const second = await store.consents.records("lender", { first: 2, after: first.records.at(-1)!.id });
      const third = await store.consents.records("lender", { first: 2, after: second.records.at(-1)!.id });
      const consentIds = [first, second, third].map(({ records }) => records.map(({ consentId }) => consentId));
      expect(consentIds).toEqual([["cn_4", "cn_3"], ["cn_2", "cn_1"], ["cn_0"]]);
      expect([first, second, third].map(({ hasNext }) => hasNext)).toEqual([true, true, false]);
    });

    it("do not shift under a reader while more are appended", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.consents.record("lender", numbered(3));
      const first = await store.consents.records("lender", { first: 2 });
      await store.consents.record("lender", numbered(3));
      const second = await store.consents.records("lender", { first: 2, after: first.records.at(-1)!.id });
      expect(second.records).toMatchObject([{ consentId: "cn_0" }]);
    });

    it("can be read of one taxpayer", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const [one, two] = [(await met(store, "lender", 1)).id, (await met(store, "lender", 2)).id];
      const records = [one, two, one].map((taxpayerId) => ({ kind: "USED", atMs: startMs, taxpayerId }) as const);
      await store.consents.record("lender", records);
      const read = await store.consents.records("lender", { taxpayerId: one, first: 10 });
      expect(read.records.map(({ taxpayerId }) => taxpayerId)).toEqual([one, one]);
    });

    it("of a taxpayer that cannot be are none", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.consents.record("lender", numbered(1));
      expect((await store.consents.records("lender", { taxpayerId: "tp_", first: 10 })).records).toEqual([]);
    });

    it("have the same ids whenever they are read", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.consents.record("lender", numbered(3));
      const ids = async () => (await store.consents.records("lender", { first: 3 })).records.map(({ id }) => id);
      const read = await ids();
      expect(new Set(read).size).toBe(3);
      expect(await ids()).toEqual(read);
    });

    it("have ids that have nothing in common, though all are numbered in one row", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.consents.record("lender", numbered(2));
      const { records } = await store.consents.records("lender", { first: 2 });
      const [one, two] = records.map(({ id }) => Buffer.from(id.slice("cr_".length), "base64url")) as [Buffer, Buffer];
      // Of 24 bytes each, chance makes a few equal.
      expect(one.filter((byte, at) => byte === two[at]).length).toBeLessThan(8);
    });

    it("are not read after a record of another tenant's", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      for (const tenant of ["lender", "broker"]) await store.consents.record(tenant, numbered(1));
      const after = (await store.consents.records("lender", { first: 1 })).records[0]!.id;
      const refusal = { code: "BAD_INPUT", context: { field: "after" } };
      await expect(store.consents.records("broker", { first: 1, after })).rejects.toMatchObject(refusal);
    });

    it.each(["", "cr_", "cr_AAAAAAAAAAE", `cr_${"A".repeat(32)}`, `ss_${"A".repeat(32)}`, `cr_${"A".repeat(40)}`])(
      "are not read after %j, which is the id of none",
      async (after) => {
        await using place = await newPlace();
        await using store = await place.open();
        const refusal = { code: "BAD_INPUT", context: { field: "after" } };
        await expect(store.consents.records("lender", { first: 1, after })).rejects.toMatchObject(refusal);
      },
    );
  });
}
