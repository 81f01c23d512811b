import { hash } from "node:crypto";
import type { AuditRecord } from "../../src/domain/auditRecord";
import type { Delivery } from "../../src/reading/ports";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { met, sql, startMs, type StorePlace } from "./storePlace";

/** A link opens only for its reader, and its delivery stays on record. */
export function documentLinksContract(newPlace: () => Promise<StorePlace>): void {
  const reader = { tenant: "lender", caller: "clerk" };
  const digest = hash("sha256", "a link", "buffer");

  const sha256 = hash("sha256", "a file", "buffer");

  function deliveryTo(taxpayerId: string): Delivery {
    return { taxpayerId, provider: "TUTELAR", incomeYear: 2024 as IncomeYear, atMs: startMs };
  }

  const record: AuditRecord = { kind: "DOCUMENT_HANDED_OUT", atMs: startMs };

  describe("a document link", () => {
    it("opens in every process for the reader it was made for", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await using other = await place.open();
      const token = store.documentLinks.seal(reader, "the place");
      expect(other.documentLinks.open(reader, token)?.place).toBe("the place");
    });

    it("reveals nothing", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const token = store.documentLinks.seal(reader, "the place");
      expect(Buffer.from(token, "base64url").toString("latin1")).not.toMatch(/place|lender|clerk/);
    });

    it.each([
      ["another tenant", { ...reader, tenant: "broker" }],
      ["another caller of the tenant", { ...reader, caller: "manager" }],
    ])("does not open for %s", async (_who, other) => {
      await using place = await newPlace();
      await using store = await place.open();
      const token = store.documentLinks.seal(reader, "the place");
      expect(store.documentLinks.open(other, token)).toBeUndefined();
    });

    it.each(["", "AAAA", "not a token at all!"])("cannot be made up: %p", async (token) => {
      await using place = await newPlace();
      await using store = await place.open();
      expect(store.documentLinks.open(reader, token)).toBeUndefined();
    });

    it("is the same link in every spelling of its token", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const token = store.documentLinks.seal(reader, "the place");
      const digests = [token, `${token}=`, `${token}!`].map((each) => store.documentLinks.open(reader, each)?.digest);
      expect(new Set(digests.map((each) => each?.toString("hex"))).size).toBe(1);
    });

    it("is used up by one of many concurrent deliveries", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const delivery = deliveryTo((await met(store)).id);
      expect(await store.documentLinks.isUsed("lender", digest)).toBe(false);
      const uses = await Promise.all(
        Array.from({ length: 8 }, () => store.documentLinks.deliver("lender", digest, delivery, record)),
      );
      expect(uses.filter(Boolean)).toHaveLength(1);
      expect(await store.documentLinks.isUsed("lender", digest)).toBe(true);
      expect((await store.audit.records("lender", { first: 10 })).records).toMatchObject([record]);
    });

    it("is not used up where its use cannot be audited", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const delivery = deliveryTo((await met(store)).id);
      await sql(await place.url(), "alter table aaygraph.audit_records add check (kind <> 'DOCUMENT_HANDED_OUT')");
      await expect(store.documentLinks.deliver("lender", digest, delivery, record)).rejects.toThrow("check");
      expect(await store.documentLinks.isUsed("lender", digest)).toBe(false);
    });
  });

  describe("a delivery", () => {
    it.each([
      ["changed", "update aaygraph.document_deliveries set provider = 'EKO'"],
      ["removed", "delete from aaygraph.document_deliveries"],
      ["swept away", "truncate aaygraph.document_deliveries"],
    ])("cannot be %s", async (_, statement) => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.documentLinks.deliver("lender", digest, deliveryTo((await met(store)).id), record);
      await expect(sql(await place.url(), statement)).rejects.toThrow("only ever appended");
    });

    it.each([
      ["whole", { outcome: "WHOLE", sha256, byteCount: 6 } as const],
      ["broken off", { outcome: "BROKEN", byteCount: 2 } as const],
    ])("is on record as %s", async (_, ending) => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.documentLinks.deliver("lender", digest, deliveryTo((await met(store)).id), record);
      await store.documentLinks.end("lender", digest, { ...ending, atMs: startMs });
      const rows = await sql(await place.url(), "select outcome, sha256, byte_count from aaygraph.document_endings");
      const { outcome, byteCount } = ending;
      expect(rows).toEqual([{ outcome, byte_count: byteCount, sha256: outcome === "WHOLE" ? sha256 : null }]);
    });
  });
}
