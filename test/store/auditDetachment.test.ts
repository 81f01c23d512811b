import type { DetachedRecord } from "../../src/store/audit/detachment";
import type { Store } from "../../src/store/store";
import { append, read } from "./auditTrailContract";
import { onGivenServer } from "./givenServer";
import { sql, startMs, type StorePlace } from "./storePlace";

onGivenServer(detachmentContract);

/** Old records leave the database by command. What is left is verified behind them. */
function detachmentContract(newPlace: () => Promise<StorePlace>): void {
  it("a trail is whole after its old records were detached", async () => {
    await using trail = await trailOfSix(newPlace);
    expect(await trail.detach(4)).toMatchObject({ count: 3, last: { sequence: 3 } });
    await append(trail.store, read(7));
    expect(await trail.store.verifyAudit()).toMatchObject([{ count: 7, flaw: undefined }]);
    expect(await trail.store.verifyAudit({ isFromCheckpoint: true })).toMatchObject([{ flaw: undefined }]);
  });

  it("a trail is read as before, from where it begins now", async () => {
    await using trail = await trailOfSix(newPlace);
    const before = await trail.store.audit.records("lender", { first: 3 });
    await trail.detach(4);
    const after = await trail.store.audit.records("lender", { first: 3 });
    expect(after).toEqual({ ...before, hasNext: false });
  });

  it("detached records are handed over as they were, in their order", async () => {
    await using trail = await trailOfSix(newPlace);
    await trail.detach(3);
    await trail.detach(5);
    expect(trail.kept.map(({ sequence, request_id }) => [sequence, request_id])).toEqual([
      [1, "request-1"],
      [2, "request-2"],
      [3, "request-3"],
      [4, "request-4"],
    ]);
  });

  it("the newest record stays, so that a process still knows its head", async () => {
    await using trail = await trailOfSix(newPlace);
    expect(await trail.detach(100)).toMatchObject({ count: 5, last: { sequence: 5 } });
    await append(trail.store, read(7));
    expect(await trail.detach(5)).toMatchObject({ count: 0, last: undefined });
  });

  it("a process goes on although the head that it knows was detached", async () => {
    await using trail = await trailOfSix(newPlace);
    await using other = await trail.place.open();
    await append(other, ...[7, 8, 9].map(read));
    await trail.detach(8);
    await append(trail.store, read(10));
    expect(await trail.store.verifyAudit()).toMatchObject([{ count: 10, flaw: undefined }]);
  });

  it("a trail goes on from an anchor that was detached", async () => {
    await using trail = await trailOfSix(newPlace);
    const { anchor } = (await trail.store.anchorAudit(new Map()))[0]!;
    await append(trail.store, ...[7, 8].map(read));
    await trail.detach(8);
    expect(await trail.store.anchorAudit(new Map([["lender", anchor]]))).toMatchObject([{ isSetBack: false }]);
    expect(await trail.store.verifyAudit({ anchors: [anchor] })).toMatchObject([{ flaw: undefined }]);
  });

  it("nothing is deleted where the hand-over fails", async () => {
    await using trail = await trailOfSix(newPlace);
    const failing = trail.store.detachAudit("lender", startMs + 4, () => Promise.reject(new Error("disk full")));
    await expect(failing).rejects.toThrow("disk full");
    expect(await trail.store.verifyAudit()).toMatchObject([{ count: 6, flaw: undefined }]);
    expect(await sql(trail.url, "select from aaygraph.audit_records")).toHaveLength(6);
  });

  it("nothing is deleted where a record is not as it was written", async () => {
    await using trail = await trailOfSix(newPlace);
    await sql(
      trail.url,
      "set session_replication_role = replica; update aaygraph.audit_records set caller = 'x' where sequence = 2",
    );
    await expect(trail.detach(4)).rejects.toThrow("record 2");
    expect(await sql(trail.url, "select from aaygraph.audit_records")).toHaveLength(6);
  });

  it("records behind a detachment still cannot be deleted", async () => {
    await using trail = await trailOfSix(newPlace);
    await trail.detach(4);
    await expect(sql(trail.url, "delete from aaygraph.audit_records where sequence = 4")).rejects.toThrow("appended");
  });

  it("a detachment that does not carry our seal hides nothing", async () => {
    await using trail = await trailOfSix(newPlace);
    await sql(
      trail.url,
      `insert into aaygraph.audit_detachments
       select tenant, sequence, hash, 0, at, hash from aaygraph.audit_records where sequence = 4;
       delete from aaygraph.audit_records where sequence <= 4`,
    );
    await expect(trail.store.verifyAudit()).rejects.toThrow("the detachment at record 4 does not carry our seal");
  });
}

/** A trail of six records, one a millisecond. */
async function trailOfSix(newPlace: () => Promise<StorePlace>) {
  await using opening = new AsyncDisposableStack();
  const place = opening.use(await newPlace());
  const store: Store = opening.use(await place.open());
  const url = await place.url();
  await append(store, ...[1, 2, 3, 4, 5, 6].map(read));
  const kept: DetachedRecord[] = [];
  const open = opening.move();
  return {
    ...{ place, store, url, kept },
    detach: (number: number) =>
      store.detachAudit("lender", startMs + number, (records) => Promise.resolve(void kept.push(...records))),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
