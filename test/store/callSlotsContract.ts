import { manualClock } from "../../src/kernel/clock";
import type { CallSlotStore } from "../../src/upstream/ports";
import type { Store } from "../../src/store/store";
import { dayMs, sql, startMs, type StorePlace } from "./storePlace";

const account = "DEEPVUE at 127.0.0.1";
const secondMs = 1_000;
const twoInASecond = [{ windowMs: secondMs, mostCalls: 2 }];

/** When calls may be made, in milliseconds after the start. */
async function slots(
  store: Store,
  times: number,
  changes: Partial<Parameters<CallSlotStore["take"]>[1]> = {},
  of = account,
): Promise<number[]> {
  const slot = { nowMs: startMs, limits: twoInASecond, mostWaitMs: 5_000, ...changes };
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) taken.push((await store.callSlots.take(of, slot)) - startMs);
  return taken;
}

/** A vendor's published limits hold in every window, no matter where it begins. */
export function callSlotsContract(newPlace: () => Promise<StorePlace>): void {
  describe("slots for limited calls", () => {
    it("are free up to the limit, then a window apart", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      expect(await slots(store, 5)).toEqual([0, 0, 1_000, 1_000, 2_000]);
    });

    it("keep the distance across the edge of a window", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      expect(await slots(store, 1)).toEqual([0]);
      expect(await slots(store, 3, { nowMs: startMs + 900 })).toEqual([900, 1_000, 1_900]);
    });

    it("obey the strictest of several windows", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      const limits = [...twoInASecond, { windowMs: 3_000, mostCalls: 3 }];
      expect(await slots(store, 5, { limits })).toEqual([0, 0, 1_000, 3_000, 3_000]);
    });

    it("are counted as taken within a window, those ahead included", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await slots(store, 3);
      await slots(store, 1, {}, "another account");
      expect(await store.callSlots.taken(account, startMs + 500, [100, 1_000])).toEqual([1, 3]);
      expect(await store.callSlots.taken(account, startMs + 1_500, [1_000])).toEqual([1]);
    });

    it("are not taken by a call that cannot wait for them", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      expect(await slots(store, 4, { mostWaitMs: 500 })).toEqual([0, 0, 1_000, 1_000]);
      expect(await slots(store, 2)).toEqual([1_000, 1_000]);
    });

    it("of one account do not affect another account", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await slots(store, 2);
      expect(await slots(store, 2, {}, "DEEPVUE at home")).toEqual([0, 0]);
    });

    it("are shared by processes that ask at the same time", async () => {
      await using place = await newPlace();
      await using one = await place.open();
      await using two = await place.open({ databaseUrl: await place.url() });
      const asked = Array.from({ length: 10 }, (_, turn) => slots(turn % 2 === 0 ? one : two, 1));
      const taken = (await Promise.all(asked)).flat().toSorted((a, b) => a - b);
      expect(taken).toEqual([0, 0, 1_000, 1_000, 2_000, 2_000, 3_000, 3_000, 4_000, 4_000]);
    });

    it("do not wait for a clock that was set back", async () => {
      await using place = await newPlace();
      await using store = await place.open();
      await slots(store, 2, { nowMs: startMs + 365 * dayMs });
      expect(await slots(store, 1)).toEqual([0]);
    });

    it("are deleted once no window counts them", async () => {
      const clock = manualClock(startMs);
      await using place = await newPlace();
      await using store = await place.open({ clock });
      await slots(store, 3);
      clock.advance(secondMs);
      await store.deleteExpired();
      const rows = await sql<{ made_at: string }>(await place.url(), "select made_at from aaygraph.calls");
      expect(rows.map((row) => Number(row.made_at) - startMs)).toEqual([1_000]);
    });
  });
}
