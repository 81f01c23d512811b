import type { CheckEnd, NewRun, Run, Started } from "../../src/runs/ports";
import type { Store } from "../../src/store/store";
import { indianDayAt } from "../../src/domain/calendarDate";
import { manualClock } from "../../src/kernel/clock";
import { dayMs, pan, sql, startMs, type StorePlace } from "./storePlace";

const by = { subject: "clerk", requestId: "request-1" };
const call = { provider: "EKO", paise: 204 };

function newRun(changes: Partial<NewRun> = {}): NewRun {
  return {
    ...{ tenant: "lender", by, list: { pans: [pan(1), pan(2), pan(1)] }, mostPaise: 100_000, maxAgeMs: undefined },
    ...{ reference: "the book of ZZZP", idempotencyKey: "august", request: "the request", nowMs: startMs },
    ...changes,
  };
}

function runIn(started: Started): Run {
  if (!("run" in started)) throw new Error(`no run: ${started.outcome}`);
  return started.run;
}

/** A run that this store works on, with rows for all lines of its list. */
async function unfolded(store: Store, changes: Partial<NewRun> = {}): Promise<{ run: Run; ids: readonly string[] }> {
  const started = runIn(await store.runs.start(newRun(changes)));
  const run = (await store.runs.claim(startMs, []))!;
  expect(run.id).toBe(started.id);
  for (let portion = await store.runs.nextPortion(run); portion; portion = await store.runs.nextPortion(run)) {
    const pans = portion.pans.filter((each) => each !== undefined);
    const byPan = await store.taxpayers.byPan(run.tenant, pans);
    const idOf = (each: (typeof pans)[number] | undefined) => each && byPan.get(each)!.id;
    await store.runs.unfold(run, portion, portion.pans.map(idOf));
  }
  const open = await store.runs.openChecks(run, 100);
  return { run, ids: open.map(({ taxpayerId }) => taxpayerId) };
}

const found = (taxpayerId: string): CheckEnd => ({
  taxpayerId,
  answer: { outcome: "FOUND", body: { value: "filed, as it were" } },
});

async function readAgain(store: Store, { tenant, id }: Run): Promise<Run> {
  return (await store.runs.byId(tenant, [id])).get(id)!;
}

async function paiseOfDay(store: Store): Promise<number> {
  const day = indianDayAt(startMs);
  const rows = await store.ledger.usage("lender", { from: day, to: day });
  return rows.reduce((sum, { paise }) => sum + paise, 0);
}

/** Runs are counted as they are charged, worked on by one process, and tell nothing of whom they are about. */
export function runsContract(newPlace: () => Promise<StorePlace>): void {
  describe("a run in the store", () => {
    it("is started once for many requests with its key", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await using other = await place.open();
      const all = await Promise.all([store, other, store, other].map((each) => each.runs.start(newRun())));
      expect(new Set(all.map((each) => runIn(each).id)).size).toBe(1);
      expect(all.filter(({ outcome }) => outcome === "STARTED")).toHaveLength(1);
      expect((await store.runs.start(newRun({ request: "another" }))).outcome).toBe("CONFLICT");
    });

    it("stands in no row with a PAN or its reference", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { run, ids } = await unfolded(store);
      await store.runs.finish(run, ids.map(found), startMs);
      const upload = await store.uploads.begin("lender", startMs);
      await store.uploads.add("lender", upload, [{ position: 1, pans: [pan(7)] }]);
      const url = await place.url();
      for (const table of ["run_lists", "run_portions", "runs", "run_checks", "run_lines"]) {
        const rows = await sql<{ t: string }>(url, `select t::text from aaygraph.${table} t`);
        const bytes = rows.map(({ t }) => t).join("\n");
        expect(bytes).not.toBe("");
        expect(bytes).not.toMatch(/ZZZP|filed, as it were/);
        for (const each of [pan(1), pan(2), pan(7)]) expect(bytes).not.toContain(Buffer.from(each).toString("hex"));
      }
    });

    it("knows a person who is given twice as one", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { run, ids } = await unfolded(store);
      expect(ids).toHaveLength(2);
      await store.runs.finish(run, [found(ids[0]!)], startMs);
      expect(await readAgain(store, run)).toMatchObject({ total: 3, done: 2, found: 2 });
      const results = await store.runs.results("lender", run.id, { first: 10 });
      expect(results.map(({ position }) => position)).toEqual([1, 3]);
      expect(results[0]!.answer.body).toEqual({ value: "filed, as it were" });
    });

    it("is not found by another tenant", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { run, ids } = await unfolded(store);
      await store.runs.finish(run, ids.map(found), startMs);
      expect([...(await store.runs.byId("broker", [run.id]))]).toEqual([]);
      expect(await store.runs.results("broker", run.id, { first: 10 })).toEqual([]);
    });

    it("moves only from a state that it is in", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { run } = await unfolded(store);
      const cancel = { from: ["RUNNING"], to: "CANCELLED", nowMs: startMs, by } as const;
      const moved = await Promise.all([store.runs.move(run, cancel), store.runs.move(run, cancel)]);
      expect(moved.filter((each) => each !== undefined)).toHaveLength(1);
      expect(await store.runs.move(run, { from: ["RUNNING"], to: "FINISHED", nowMs: startMs })).toBeUndefined();
    });

    it("is forgotten thirty days after its end, with its lines and its list", async () => {
      await using place = await newPlace();
      const clock = manualClock(startMs);
      await using store = await place.open({ clock });
      const { run, ids } = await unfolded(store);
      await store.runs.finish(run, ids.map(found), startMs);
      await store.runs.move(run, { from: ["RUNNING"], to: "FINISHED", nowMs: startMs });
      clock.advance(29 * dayMs);
      await store.deleteExpired();
      expect(await store.runs.results("lender", run.id, { first: 10 })).toHaveLength(3);
      clock.advance(dayMs);
      await store.deleteExpired();
      const left = await Promise.all(
        ["run_lists", "run_portions", "runs", "run_checks", "run_lines"].map(async (table) =>
          sql(await place.url(), `select 1 from aaygraph.${table}`),
        ),
      );
      expect(left.flat()).toEqual([]);
    });
  });

  describe("the calls of a run", () => {
    it("are counted in the run and in the ledger, or in neither", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { run, ids } = await unfolded(store);
      expect(await store.runs.begin(run, ids, call, startMs)).toEqual({ taxpayerIds: ids, refusal: undefined });
      expect([(await readAgain(store, run)).paise, await paiseOfDay(store)]).toEqual([408, 408]);
      const refund: CheckEnd = { taxpayerId: ids[0]!, answer: undefined, refund: call };
      await store.runs.finish(run, [refund, found(ids[1]!)], startMs);
      expect([(await readAgain(store, run)).paise, await paiseOfDay(store)]).toEqual([204, 204]);
      expect(await store.runs.openChecks(run, 10)).toEqual([{ taxpayerId: ids[0], attempts: 1 }]);
    });

    it("never exceed its budget, however many ask at once", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const pans = Array.from({ length: 12 }, (_, at) => pan(at));
      const { run, ids } = await unfolded(store, { list: { pans }, mostPaise: 1_000 });
      const begun = await Promise.all(ids.map((id) => store.runs.begin(run, [id], call, startMs)));
      expect(begun.filter(({ taxpayerIds }) => taxpayerIds.length > 0)).toHaveLength(4);
      expect(new Set(begun.map(({ refusal }) => refusal))).toEqual(new Set([undefined, "BUDGET"]));
      expect([(await readAgain(store, run)).paise, await paiseOfDay(store)]).toEqual([816, 816]);
    });

    it("are as many as the tenant's day has room for", async () => {
      await using place = await newPlace();
      await using store = await place.open({ limits: { rupeesPerDay: 5, portalLoginsPerDay: 10 } });
      const pans = [pan(1), pan(2), pan(3), pan(4)];
      const { run, ids } = await unfolded(store, { list: { pans } });
      expect((await store.runs.begin(run, ids, call, startMs)).taxpayerIds).toHaveLength(1);
      expect((await store.runs.begin(run, ids.slice(1), call, startMs)).taxpayerIds).toHaveLength(1);
      const last = await store.runs.begin(run, ids.slice(2), call, startMs);
      expect(last).toMatchObject({ taxpayerIds: [], refusal: { code: "RATE_LIMITED" } });
      expect([(await readAgain(store, run)).paise, await paiseOfDay(store)]).toEqual([408, 408]);
    });

    it("are not begun twice", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { run, ids } = await unfolded(store);
      await store.runs.begin(run, ids, call, startMs);
      expect((await store.runs.begin(run, ids, call, startMs)).taxpayerIds).toEqual([]);
      expect(await paiseOfDay(store)).toBe(408);
    });

    it("end once", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { run, ids } = await unfolded(store);
      await store.runs.begin(run, ids, call, startMs);
      await Promise.all([1, 2, 3].map(() => store.runs.finish(run, ids.map(found), startMs)));
      expect(await readAgain(store, run)).toMatchObject({ done: 3, found: 3 });
    });

    it("are begun no more once it is cancelled", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { run, ids } = await unfolded(store);
      await store.runs.move(run, { from: ["RUNNING"], to: "CANCELLED", nowMs: startMs });
      expect(await store.runs.begin(run, ids, call, startMs)).toEqual({ taxpayerIds: [], refusal: "NOT_OURS" });
      expect(await paiseOfDay(store)).toBe(0);
    });
  });

  describe("the work on a run", () => {
    it("is one process's at a time", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await using other = await place.open();
      const { run, ids } = await unfolded(store);
      expect(await other.runs.claim(startMs, [])).toBeUndefined();
      expect(await other.runs.begin(run, ids, call, startMs)).toEqual({ taxpayerIds: [], refusal: "NOT_OURS" });
      await store.runs.release(run);
      expect((await other.runs.claim(startMs, []))!.id).toBe(run.id);
    });

    it("of a process that is gone is gone on with, and what was in flight is asked again", async () => {
      await using place = await newPlace();
      const store = await place.open();
      const { run, ids } = await unfolded(store);
      await store.runs.begin(run, ids, call, startMs);
      await store.runs.finish(run, [found(ids[0]!)], startMs);
      await store[Symbol.asyncDispose]();
      await using other = await place.open();
      const again = (await other.runs.claim(startMs, []))!;
      expect(again).toMatchObject({ id: run.id, done: 2, paise: 408 });
      expect(await other.runs.openChecks(again, 10)).toEqual([{ taxpayerId: ids[1], attempts: 1 }]);
    });

    it("waits until it is due", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { run } = await unfolded(store);
      await store.runs.move(run, { from: ["RUNNING"], to: "PAUSED", dueAtMs: startMs + 5_000, nowMs: startMs });
      await store.runs.release(run);
      expect(await store.runs.claim(startMs + 4_999, [])).toBeUndefined();
      expect((await store.runs.claim(startMs + 5_000, []))!.id).toBe(run.id);
    });
  });

  describe("a person who is erased", () => {
    const erase = (store: Store, number: number) => store.erasures.erase("lender", pan(number), startMs, by);

    it("leaves no line, no answer and no count", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const { run, ids } = await unfolded(store);
      await store.runs.finish(run, ids.map(found), startMs);
      await erase(store, 1);
      expect(await readAgain(store, run)).toMatchObject({ total: 1, done: 1, found: 1 });
      const results = await store.runs.results("lender", run.id, { first: 10 });
      expect(results.map(({ position }) => position)).toEqual([2]);
    });

    it("is taken out of lists that no run has come to", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const upload = await store.uploads.begin("lender", startMs);
      await store.uploads.add("lender", upload, [
        { position: 1, pans: [pan(1), pan(2)] },
        { position: 3, pans: [pan(1)] },
      ]);
      expect(await store.uploads.complete("lender", upload, startMs)).toBe(3);
      const before = runIn(await store.runs.start(newRun({ list: { upload } })));
      await erase(store, 1);
      const after = runIn(await store.runs.start(newRun({ list: { upload }, idempotencyKey: "september" })));
      expect([(await readAgain(store, before)).total, after.total]).toEqual([1, 1]);
      expect((await store.runs.nextPortion(before))!.pans).toEqual([undefined, pan(2)]);
    });

    it("between the reading of a portion and its lines vanishes once", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      runIn(await store.runs.start(newRun()));
      const run = (await store.runs.claim(startMs, []))!;
      const portion = (await store.runs.nextPortion(run))!;
      const byPan = await store.taxpayers.byPan("lender", [pan(1), pan(2)]);
      const ids = portion.pans.map((each) => byPan.get(each!)!.id);
      await erase(store, 1);
      await store.runs.unfold(run, portion, ids);
      expect(await store.runs.openChecks(run, 10)).toEqual([]);
      const again = (await store.runs.nextPortion(run))!;
      await store.runs.unfold(
        run,
        again,
        again.pans.map((each) => each && byPan.get(each)!.id),
      );
      expect((await store.runs.openChecks(run, 10)).map(({ taxpayerId }) => taxpayerId)).toEqual([ids[1]]);
      expect((await readAgain(store, run)).total).toBe(1);
    });
  });

  describe("a person of a run", () => {
    it("is not swept with those who were merely asked about", async () => {
      await using place = await newPlace();
      const clock = manualClock(startMs);
      await using store = await place.open({ clock });
      const { run, ids } = await unfolded(store);
      await store.runs.finish(run, ids.map(found), startMs);
      clock.advance(3 * dayMs);
      await store.deleteExpired();
      expect(await store.runs.results("lender", run.id, { first: 10 })).toHaveLength(3);
    });
  });

  describe("an upload", () => {
    it("can be used once it is complete, by its own tenant, for a week", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const upload = await store.uploads.begin("lender", startMs);
      const start = (changes: Partial<NewRun> = {}) => store.runs.start(newRun({ list: { upload }, ...changes }));
      await store.uploads.add("lender", upload, [{ position: 1, pans: [pan(1)] }]);
      expect((await start()).outcome).toBe("NO_SUCH_UPLOAD");
      await store.uploads.complete("lender", upload, startMs);
      expect((await start({ tenant: "broker" })).outcome).toBe("NO_SUCH_UPLOAD");
      expect((await start({ nowMs: startMs + 7 * dayMs })).outcome).toBe("NO_SUCH_UPLOAD");
      expect((await start()).outcome).toBe("STARTED");
    });

    it("that broke off leaves nothing", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const upload = await store.uploads.begin("lender", startMs);
      await store.uploads.add("lender", upload, [{ position: 1, pans: [pan(1)] }]);
      await store.uploads.discard("lender", upload);
      expect(await sql(await place.url(), "select 1 from aaygraph.run_portions")).toEqual([]);
    });
  });
}
