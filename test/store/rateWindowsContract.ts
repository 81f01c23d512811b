import { manualClock } from "../../src/kernel/clock";
import { dayMs, sql, startMs, type StorePlace } from "./storePlace";

/** All processes count a tenant's requests together. */
export function rateWindowsContract(newPlace: () => Promise<StorePlace>): void {
  describe("claims on a minute's requests", () => {
    it("add up over processes that claim at the same time", async () => {
      await using place = await newPlace();
      await using one = await place.open();
      await using two = await place.open({ databaseUrl: await place.url() });
      const claims = Array.from({ length: 10 }, (_, turn) =>
        (turn % 2 === 0 ? one : two).rateWindows.claim("lender", startMs, 5),
      );
      const sums = (await Promise.all(claims)).toSorted((a, b) => a - b);
      expect(sums).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50]);
    });

    it.each<[string, string, number]>([
      ["another tenant", "other", startMs],
      ["another minute", "lender", startMs + 60_000],
    ])("do not affect %s", async (_title, tenant, windowStartMs) => {
      await using place = await newPlace();
      await using store = await place.open();
      await store.rateWindows.claim("lender", startMs, 5);
      expect(await store.rateWindows.claim(tenant, windowStartMs, 5)).toBe(5);
    });

    it("are deleted once their minute is long over", async () => {
      const clock = manualClock(startMs);
      await using place = await newPlace();
      await using store = await place.open({ clock });
      await store.rateWindows.claim("lender", startMs, 5);
      clock.advance(dayMs);
      await store.deleteExpired();
      expect(await sql(await place.url(), "select from aaygraph.rate_windows")).toEqual([]);
    });
  });
}
