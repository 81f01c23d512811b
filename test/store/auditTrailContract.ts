import type { AuditRecord } from "../../src/domain/auditRecord";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { Store } from "../../src/store/store";
import { met, sql, startMs, type StorePlace } from "./storePlace";

export const read = (number: number): AuditRecord => ({
  kind: "READ",
  atMs: startMs + number,
  by: { subject: "clerk", requestId: `request-${number}` },
  fields: ["Taxpayer.filings"],
});

/** The audit trail is append-only, and tampering with it is found. */
export function auditTrailContract(newPlace: () => Promise<StorePlace>): void {
  describe("an audit record", () => {
    it("comes back as it was appended", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const whole: AuditRecord = {
        kind: "REFUSED",
        atMs: startMs,
        by: { subject: "clerk", requestId: "request-1" },
        taxpayerIds: [(await met(store, "lender", 1)).id, (await met(store, "lender", 2)).id],
        sessionId: "ss_1",
        provider: "KWIKID",
        consentIds: ["cn_1"],
        purposes: ["KYC"],
        documents: ["FILINGS", "TAX_CREDITS"],
        incomeYears: [2024, 2023] as IncomeYear[],
        fields: ["Taxpayer.filings", "Filing.incomeHeads"],
        code: "CONSENT_EXCEEDED",
      };
      await append(store, whole);
      expect((await store.audit.records("lender", { first: 10 })).records).toEqual([{ ...whole, sequence: 1 }]);
    });

    it("is not read by another tenant", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await append(store, read(1));
      expect(await store.audit.records("broker", { first: 10 })).toEqual({ records: [], hasNext: false });
    });

    it.each([
      ["changed", "update aaygraph.audit_records set kind = 'READ'"],
      ["removed", "delete from aaygraph.audit_records"],
      ["swept away whole", "truncate aaygraph.audit_records"],
      ["left without its head", "delete from aaygraph.audit_heads"],
    ])("cannot be %s", async (_, statement) => {
      await using place = await newPlace();
      await using store = await place.open();
      await append(store, read(1));
      await expect(sql(await place.url(), statement)).rejects.toThrow("only ever appended");
    });
  });

  describe("audit records", () => {
    it("are read newest first, page by page", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await append(store, ...[1, 2, 3, 4, 5].map(read));
      const first = await store.audit.records("lender", { first: 3 });
      const second = await store.audit.records("lender", { first: 3, after: first.records.at(-1)!.sequence });
      expect([first, second].map(({ records }) => records.map(({ sequence }) => sequence))).toEqual([
        [5, 4, 3],
        [2, 1],
      ]);
      expect([first.hasNext, second.hasNext]).toEqual([true, false]);
    });

    it("can be read of one taxpayer", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const [one, two] = [(await met(store, "lender", 1)).id, (await met(store, "lender", 2)).id];
      await append(store, { ...read(1), taxpayerIds: [one, two] }, { ...read(2), taxpayerIds: [two] });
      const { records } = await store.audit.records("lender", { taxpayerId: one, first: 10 });
      expect(records.map(({ sequence }) => sequence)).toEqual([1]);
    });

    it("can be read of some kinds", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await append(store, read(1), { kind: "AUDIT_READ", atMs: startMs });
      const { records } = await store.audit.records("lender", { kinds: ["AUDIT_READ"], first: 10 });
      expect(records).toMatchObject([{ sequence: 2 }]);
    });

    it("of several processes make one chain", async () => {
      await using place = await newPlace();
      await using first = await place.open();
      await using second = await place.open({ databaseUrl: await place.url() });
      const numbers = Array.from({ length: 20 }, (_, number) => number);
      await Promise.all(numbers.flatMap((number) => [append(first, read(number)), append(second, read(number))]));
      expect(await first.verifyAudit()).toMatchObject([{ tenant: "lender", count: 40, flaw: undefined }]);
    });
  });

  describe("an audit trail", () => {
    it("is whole when its records are unchanged", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await append(store, ...[1, 2, 3].map(read));
      expect(await store.verifyAudit()).toMatchObject([{ tenant: "lender", count: 3, flaw: undefined }]);
    });

    it("is whole past the end of a batch", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await append(store, ...Array.from({ length: 1_100 }, (_, number) => read(number)));
      expect(await store.verifyAudit()).toMatchObject([{ count: 1_100, flaw: undefined }]);
    });

    it("leads to a head that was printed earlier", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await append(store, ...[1, 2].map(read));
      const [printed] = await store.verifyAudit();
      await append(store, read(3));
      const asked = { tenant: "lender", since: printed!.head };
      expect(await store.verifyAudit(asked)).toMatchObject([{ count: 3, flaw: undefined }]);
    });

    it.each([
      [
        "a changed field",
        "update aaygraph.audit_records set caller = 'nobody' where sequence = 2",
        "record 2 is not as",
      ],
      ["another time", "update aaygraph.audit_records set at = at + interval '1 ms' where sequence = 2", "record 2 is"],
      ["a removed field", "update aaygraph.audit_records set fields = '{}' where sequence = 2", "record 2 is not as"],
      [
        "an added receipt",
        "update aaygraph.audit_records set receipts = '{a}' where sequence = 2",
        "record 2 is not as",
      ],
      ["a changed hash", "update aaygraph.audit_records set hash = '\\x00' where sequence = 2", "record 2 is not as"],
      ["a removed record", "delete from aaygraph.audit_records where sequence = 2", "record 2 is missing"],
      [
        "a removed record whose followers were moved up",
        `delete from aaygraph.audit_records where sequence = 2;
         update aaygraph.audit_records set sequence = sequence - 1 where sequence > 2`,
        "record 2 is not as",
      ],
      [
        "two records in each other's place",
        `update aaygraph.audit_records set sequence = 9 where sequence = 2;
         update aaygraph.audit_records set sequence = 2 where sequence = 3;
         update aaygraph.audit_records set sequence = 3 where sequence = 9`,
        "record 2 is not as",
      ],
      ["a tail cut off", "delete from aaygraph.audit_records where sequence > 2", "record 3 is missing"],
      [
        "a tail cut off with its head set back",
        `delete from aaygraph.audit_records where sequence > 2;
         update aaygraph.audit_heads set (sequence, hash) = (select sequence, hash from aaygraph.audit_records
           where sequence = 2)`,
        "records after 2 may be missing",
      ],
      [
        "a record put in behind the last",
        `create temp table added as select * from aaygraph.audit_records where sequence = 4;
         update added set sequence = 5; insert into aaygraph.audit_records select * from added`,
        "record 5 is not as",
      ],
      ["a head that is gone", "delete from aaygraph.audit_heads", "the head is missing"],
      ["records that are gone", "delete from aaygraph.audit_records", "record 1 is missing"],
    ])("shows %s", async (_, tampering, flaw) => {
      await using place = await newPlace();
      await using store = await place.open();
      await append(store, ...[1, 2, 3, 4].map(read));
      await sql(await place.url(), `set session_replication_role = replica; ${tampering}`);
      expect(await store.verifyAudit()).toMatchObject([{ flaw: expect.stringContaining(flaw) as string }]);
    });

    it("that was set back as a whole is found by a head printed earlier", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await append(store, ...[1, 2].map(read));
      const url = await place.url();
      await sql(url, "create table earlier as select * from aaygraph.audit_heads");
      await append(store, ...[3, 4].map(read));
      const [printed] = await store.verifyAudit();
      await sql(
        url,
        `set session_replication_role = replica; delete from aaygraph.audit_records where sequence > 2;
         delete from aaygraph.audit_heads; insert into aaygraph.audit_heads select * from earlier`,
      );
      expect(await store.verifyAudit()).toMatchObject([{ flaw: undefined }]);
      const asked = { tenant: "lender", since: printed!.head };
      expect(await store.verifyAudit(asked)).toMatchObject([{ flaw: expect.stringContaining("record 4") as string }]);
    });

    it("that was set back and continued differently is found", async () => {
      await using place = await newPlace();
      await using first = await place.open();
      await append(first, ...[1, 2].map(read));
      const url = await place.url();
      await sql(url, "create table earlier as select * from aaygraph.audit_heads");
      await append(first, read(3));
      await sql(
        url,
        `set session_replication_role = replica;
         create table other as select * from aaygraph.audit_records where sequence = 3;
         delete from aaygraph.audit_records where sequence = 3;
         delete from aaygraph.audit_heads; insert into aaygraph.audit_heads select * from earlier`,
      );
      await using second = await place.open({ databaseUrl: url });
      await append(second, ...[30, 4].map(read));
      await sql(
        url,
        `set session_replication_role = replica; delete from aaygraph.audit_records where sequence = 3;
         insert into aaygraph.audit_records select * from other`,
      );
      expect(await second.verifyAudit()).toMatchObject([{ flaw: expect.stringContaining("record 4") as string }]);
    });

    it("cannot be verified under another key", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await append(store, read(1));
      const url = await place.url();
      // The audit key is derived from the root look-up key. A store without one makes a new one.
      await sql(url, "delete from aaygraph.keyring");
      await using stranger = await place.open({ databaseUrl: url });
      expect(await stranger.verifyAudit()).toMatchObject([{ flaw: expect.stringContaining("record 1") as string }]);
    });
  });
}

export function append(store: Pick<Store, "audit">, ...audited: AuditRecord[]): Promise<void> {
  return store.audit.append("lender", audited);
}
