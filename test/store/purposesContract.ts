import type { Secret } from "../../src/kernel/secret";
import type { Store } from "../../src/store/store";
import { grant } from "./granting";
import { answer, dayMs, met, pan, sql, startMs, type StorePlace } from "./storePlace";

/** What was fetched for one purpose stands beside what was fetched for another. */
export function purposesContract(newPlace: () => Promise<StorePlace>): void {
  describe("an answer", () => {
    it("is kept once for each purpose", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { kyc, monitoring } = await fetchedTwice(store, await place.url());
      expect(await answersOf(store)).toEqual([kyc, monitoring]);
    });

    it("takes the place of an older one of its own purpose only", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { kyc, monitoring, taxpayerId } = await fetchedTwice(store, await place.url());
      const newer = { ...monitoring, body: "newer", fetchedAtMs: startMs + 2 };
      await store.taxpayers.keep("lender", taxpayerId, [newer]);
      expect(await answersOf(store)).toEqual([kyc, newer]);
    });

    it("of a release that left the purpose out stays beside newer ones", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { kyc, monitoring, taxpayerId } = await fetchedTwice(store, await place.url());
      const old = { ...kyc, purpose: undefined, body: "old", fetchedAtMs: startMs - 1 };
      await store.taxpayers.keep("lender", taxpayerId, [old]);
      expect(await answersOf(store)).toEqual([old, kyc, monitoring]);
    });

    it("does not open in the place of another purpose", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const url = await place.url();
      await fetchedTwice(store, url);
      const swapped = "from aaygraph.answers other where other.period <> a.period returning a.period";
      const moved = await sql(url, `update aaygraph.answers a set sealed_body = other.sealed_body ${swapped}`);
      expect(moved).toHaveLength(2);
      expect(await answersOf(store)).toEqual([]);
    });

    it("outlives the revocation of a consent for another purpose", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { kyc, monitoring } = await fetchedTwice(store, await place.url());
      await store.consents.revoke("lender", monitoring.consentId, startMs);
      expect(await answersOf(store)).toEqual([kyc]);
    });

    it("is erased for every purpose", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await fetchedTwice(store, await place.url());
      const erased = await store.erasures.erase("lender", pan(1), startMs);
      expect(erased).toMatchObject({ receipt: { destroyed: { answers: 2, consents: 2 } } });
      expect(await sql(await place.url(), "select from aaygraph.files")).toEqual([]);
    });
  });

  describe("a file", () => {
    it("is kept once for each purpose", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { files, taxpayerId } = await fetchedTwice(store, await place.url());
      const read = await Promise.all(files.map((file) => store.files.read("lender", taxpayerId, file, startMs)));
      expect(read).toEqual(files.map(({ bytes }) => bytes));
    });

    it("outlives the revocation of a consent for another purpose", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { files, taxpayerId, monitoring } = await fetchedTwice(store, await place.url());
      await store.consents.revoke("lender", monitoring.consentId, startMs);
      const read = await Promise.all(files.map((file) => store.files.read("lender", taxpayerId, file, startMs)));
      expect(read).toEqual([files[0].bytes, undefined]);
    });

    it("of a release that left the purpose out is read beside newer ones", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { files, taxpayerId } = await fetchedTwice(store, await place.url());
      const old = { ...files[0], purpose: undefined, bytes: Buffer.from("old") };
      await store.files.keep("lender", taxpayerId, [old]);
      expect(await store.files.read("lender", taxpayerId, old, startMs)).toEqual(old.bytes);
    });
  });
}

/** One question, answered under two consents: later, and by other words, for the second purpose. */
async function fetchedTwice(store: Store, url: Secret) {
  const { consentId, taxpayerId } = await grant(url);
  const second = await grant(url, { terms: { purpose: "MONITORING" } });
  const kyc = { ...answer({ body: "for KYC" }), purpose: "KYC", consentId } as const;
  const monitoring = {
    ...answer({ body: "for monitoring", fetchedAtMs: startMs + 1 }),
    purpose: "MONITORING",
    consentId: second.consentId,
  } as const;
  for (const each of [kyc, monitoring]) await store.taxpayers.keep("lender", taxpayerId, [each]);
  const file = { document: "FILINGS", provider: "KWIKID", period: "2024-25", name: "return" } as const;
  const files = [
    { ...file, purpose: "KYC", consentId, bytes: Buffer.from("for KYC"), expiresAtMs: startMs + dayMs },
    {
      ...file,
      purpose: "MONITORING",
      consentId: second.consentId,
      bytes: Buffer.from("for monitoring"),
      expiresAtMs: startMs + dayMs,
    },
  ] as const;
  await store.files.keep("lender", taxpayerId, files);
  return { taxpayerId, kyc, monitoring, files };
}

async function answersOf(store: Store) {
  const { answers } = await met(store);
  return answers.toSorted((one, other) => one.fetchedAtMs - other.fetchedAtMs);
}
