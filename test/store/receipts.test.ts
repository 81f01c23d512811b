import { grant, openSession } from "./granting";
import { dayMs, embeddedPlace, newDataDir, pan, sql, startMs, type StorePlace } from "./storePlace";

const dataDir = newDataDir();
let place: StorePlace;

beforeAll(async () => {
  place = await embeddedPlace(dataDir.path);
});

afterAll(() => dataDir[Symbol.asyncDispose]());

const withoutReceipts = `update aaygraph.consents
  set receipt_id = null, receipt_digest = null, receipt_issued_at = null, sealed_receipt = null`;

describe("the receipt of a consent", () => {
  it("is made with the consent", async () => {
    await using store = await place.open();
    const { consentId } = await grant(await place.url(), { number: 1 });
    const receipt = await store.consents.receipt("lender", consentId, startMs + dayMs);
    expect(receipt).toMatchObject({ tenant: "lender", consentId, issuedAtMs: startMs });
    expect(await store.consents.receiptById(receipt.id)).toEqual(receipt);
  });

  it("of an earlier release is made when it is first asked for, once for all who ask", async () => {
    await using store = await place.open();
    const { consentId } = await grant(await place.url(), { number: 2 });
    await sql(await place.url(), withoutReceipts);
    const met = async () => (await store.taxpayers.byPan("lender", [pan(2)])).get(pan(2));
    expect((await met())?.consents[0]?.receiptDigest).toBeUndefined();
    const askedAtMs = startMs + dayMs;
    const receipts = await Promise.all([1, 2, 3, 4].map(() => store.consents.receipt("lender", consentId, askedAtMs)));
    expect(new Set(receipts.map(({ jws }) => jws)).size).toBe(1);
    expect(receipts[0]?.issuedAtMs).toBe(askedAtMs);
    const text = "select receipt_digest as digest from aaygraph.consents where id = $1";
    expect(await sql(await place.url(), text, [consentId])).toEqual([{ digest: receipts[0]?.digest }]);
  });

  it("of another tenant is not there", async () => {
    await using store = await place.open();
    const { consentId } = await grant(await place.url(), { number: 3 });
    await expect(store.consents.receipt("other", consentId, startMs)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is read no more once the taxpayer is erased", async () => {
    await using store = await place.open();
    const { consentId } = await grant(await place.url(), { number: 4 });
    const { id } = await store.consents.receipt("lender", consentId, startMs);
    await store.erasures.erase("lender", pan(4), startMs);
    await expect(store.consents.receipt("lender", consentId, startMs)).rejects.toMatchObject({ code: "ERASED" });
    expect(await store.consents.receiptById(id)).toBeUndefined();
  });
});

describe("a session that is opened under a consent", () => {
  it("of the same person grants no other", async () => {
    await using store = await place.open();
    const first = await openSession(store, { pan: pan(5), idempotencyKey: "a" });
    const second = await openSession(store, {
      pan: pan(5),
      idempotencyKey: "b",
      provider: "DEEPVUE",
      consentId: first.consentId,
    });
    expect(second.consentId).toBe(first.consentId);
  });

  it("of another person grants one of its own", async () => {
    await using store = await place.open();
    const first = await openSession(store, { pan: pan(6), idempotencyKey: "c" });
    const second = await openSession(store, { pan: pan(7), idempotencyKey: "d", consentId: first.consentId });
    expect(second.consentId).not.toBe(first.consentId);
  });

  it("that is withdrawn grants another one", async () => {
    await using store = await place.open();
    const first = await openSession(store, { pan: pan(8), idempotencyKey: "e" });
    await store.consents.revoke("lender", first.consentId, startMs);
    const second = await openSession(store, {
      pan: pan(8),
      idempotencyKey: "f",
      provider: "DEEPVUE",
      consentId: first.consentId,
    });
    expect(second.consentId).not.toBe(first.consentId);
  });
});
