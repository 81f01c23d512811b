import { createEvents } from "../../src/kernel/events";
import type { Secret } from "../../src/kernel/secret";
import type { Anchor } from "../../src/store/audit/anchors";
import type { Store } from "../../src/store/store";
import { append, read } from "./auditTrailContract";
import { onGivenServer } from "./givenServer";
import { sql, type StorePlace } from "./storePlace";

onGivenServer(auditKeepingContract);

/** What is kept outside of the trail shows that it was set back, and an operator may accept that. */
function auditKeepingContract(newPlace: () => Promise<StorePlace>): void {
  describe("an audit trail that was set back with its store", () => {
    it("is not continued by a process that remembers a later head", async () => {
      await using trail = await setBackStore(newPlace);
      await trail.setBack();
      const refusal = { code: "STORE_UNAVAILABLE", context: { retryAfterSeconds: 60 } };
      for (let time = 0; time < 2; time += 1) await expect(append(trail.store, read(5))).rejects.toMatchObject(refusal);
      expect(trail.alarms).toEqual([false]);
    });

    it("is not continued by that process either once another one has made it longer", async () => {
      await using trail = await setBackStore(newPlace);
      await trail.setBack();
      await append(await trail.stranger(), ...[13, 14, 15].map(read));
      await expect(append(trail.store, read(5))).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    });

    it("is continued once an operator has accepted that, and says so", async () => {
      await using trail = await setBackStore(newPlace);
      await trail.setBack();
      await expect(append(trail.store, read(5))).rejects.toThrow();
      await (await trail.stranger()).acceptAuditSetBack("lender");
      for (let number = 6; number < 9; number += 1) await append(trail.store, read(number));
      expect(trail.alarms).toEqual([false, true]);
      const { records } = await trail.store.audit.records("lender", { first: 10 });
      expect(records.map(({ kind }) => kind)).toEqual(["READ", "READ", "READ", "SET_BACK_ACCEPTED", "READ", "READ"]);
      expect(await trail.store.verifyAudit()).toMatchObject([{ count: 6, flaw: undefined }]);
    });

    it("is refused again when it is set back once more, the acceptance with it", async () => {
      await using trail = await setBackStore(newPlace);
      await trail.setBack();
      await expect(append(trail.store, read(5))).rejects.toThrow();
      const stranger = await trail.stranger();
      await stranger.acceptAuditSetBack("lender");
      await append(trail.store, read(6));
      await trail.setBack();
      await expect(append(trail.store, read(7))).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    });

    it("does not take an acceptance that does not carry our seal", async () => {
      await using trail = await setBackStore(newPlace);
      await trail.setBack();
      await sql(trail.url, "update aaygraph.audit_heads set accepted = 9e12, accepted_seal = '\\x00'");
      await expect(append(trail.store, read(5))).rejects.toThrow("does not carry our seal");
    });

    it("is found by its anchors", async () => {
      await using trail = await setBackStore(newPlace);
      const anchors = await anchored(trail.store);
      expect(await trail.store.verifyAudit({ anchors })).toMatchObject([{ flaw: undefined }]);
      await trail.setBack();
      const flaw = expect.stringContaining("record 4 is missing") as string;
      expect(await trail.store.verifyAudit({ anchors })).toMatchObject([{ flaw }]);
      expect(await trail.store.anchorAudit(new Map([["lender", anchors[0]!]]))).toMatchObject([{ isSetBack: true }]);
    });

    it("is as its anchors say but for what was accepted as lost", async () => {
      await using trail = await setBackStore(newPlace);
      const before = await anchored(trail.store);
      await trail.setBack();
      await (await trail.stranger()).acceptAuditSetBack("lender");
      await append(await trail.stranger(), ...[13, 14].map(read));
      const after = await anchored(trail.store, before);
      expect(await trail.store.verifyAudit({ anchors: [...before, ...after] })).toMatchObject([{ flaw: undefined }]);
      await trail.setBack();
      const flaw = expect.stringContaining("was kept elsewhere") as string;
      expect(await trail.store.verifyAudit({ anchors: [...before, ...after] })).toMatchObject([{ flaw }]);
    });

    it("is found where it is gone as a whole", async () => {
      await using trail = await setBackStore(newPlace);
      const anchors = await anchored(trail.store);
      await sql(
        trail.url,
        "set session_replication_role = replica; delete from aaygraph.audit_heads; delete from aaygraph.audit_records",
      );
      expect(await trail.store.verifyAudit({ anchors })).toMatchObject([{ flaw: "the head is missing" }]);
      expect(await trail.store.anchorAudit(new Map([["lender", anchors[0]!]]))).toMatchObject([{ isSetBack: true }]);
    });

    it("cannot be hidden by an anchor that does not carry our seal", async () => {
      await using trail = await setBackStore(newPlace);
      const [anchor] = await anchored(trail.store);
      await trail.setBack();
      const forged = { ...anchor!, sequence: 2 };
      const flaw = expect.stringContaining("does not carry our seal") as string;
      expect(await trail.store.verifyAudit({ anchors: [forged] })).toMatchObject([{ flaw }]);
    });
  });

  describe("a checkpoint of an audit trail", () => {
    it("has a later verification start behind it", async () => {
      await using trail = await setBackStore(newPlace);
      await trail.store.checkpointAudit();
      await append(trail.store, read(5));
      await sql(
        trail.url,
        "set session_replication_role = replica; update aaygraph.audit_records set caller = 'x' where sequence = 1",
      );
      expect(await trail.store.verifyAudit({ isFromCheckpoint: true })).toMatchObject([{ count: 5, flaw: undefined }]);
      expect(await trail.store.verifyAudit()).toMatchObject([{ flaw: expect.stringContaining("record 1") as string }]);
    });

    it("is not made of a trail that is not whole", async () => {
      await using trail = await setBackStore(newPlace);
      await sql(
        trail.url,
        "set session_replication_role = replica; update aaygraph.audit_records set caller = 'x' where sequence = 3",
      );
      expect(await trail.store.checkpointAudit()).toMatchObject([
        { flaw: expect.stringContaining("record 3") as string },
      ]);
      expect(await sql(trail.url, "select from aaygraph.audit_checkpoints")).toEqual([]);
    });

    it("counts only with our seal", async () => {
      await using trail = await setBackStore(newPlace);
      await trail.store.checkpointAudit();
      await sql(
        trail.url,
        "set session_replication_role = replica; update aaygraph.audit_checkpoints set sequence = 3",
      );
      const flaw = "the checkpoint at record 3 does not carry our seal";
      expect(await trail.store.verifyAudit({ isFromCheckpoint: true })).toMatchObject([{ flaw }]);
    });

    it("shows a trail that was set back to before it", async () => {
      await using trail = await setBackStore(newPlace);
      await trail.store.checkpointAudit();
      await trail.setBack();
      const flaw = expect.stringContaining("after the head") as string;
      expect(await trail.store.verifyAudit({ isFromCheckpoint: true })).toMatchObject([{ flaw }]);
    });
  });
}

interface SetBackStore extends AsyncDisposable {
  readonly store: Store;
  readonly url: Secret;
  /** Whether the alarm is over, of each time that it was raised or ended. */
  readonly alarms: readonly boolean[];
  /** The trail with records 1 and 2 is put back, without what came after. */
  setBack(): Promise<void>;
  /** A process that knows nothing of what was before. */
  stranger(): Promise<Store>;
}

/** A trail of four records, with a copy of its first two. */
async function setBackStore(newPlace: () => Promise<StorePlace>): Promise<SetBackStore> {
  await using opening = new AsyncDisposableStack();
  const place = opening.use(await newPlace());
  const events = createEvents();
  const alarms: boolean[] = [];
  events.on("audit set back", ({ isOver }) => alarms.push(isOver));
  const store = opening.use(await place.open({ events }));
  const url = await place.url();
  await append(store, ...[1, 2].map(read));
  await sql(url, "create table earlier as select * from aaygraph.audit_heads");
  await append(store, ...[3, 4].map(read));
  const open = opening.move();
  return {
    store,
    url,
    alarms,
    async setBack() {
      await sql(
        url,
        `set session_replication_role = replica; delete from aaygraph.audit_records where sequence > 2;
         delete from aaygraph.audit_heads; insert into aaygraph.audit_heads select * from earlier`,
      );
    },
    stranger: async () => open.use(await place.open({ databaseUrl: url })),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function anchored(store: Store, last: readonly Anchor[] = []): Promise<readonly Anchor[]> {
  const trails = await store.anchorAudit(new Map(last.map((each) => [each.tenant, each])));
  return trails.map(({ anchor }) => anchor);
}
