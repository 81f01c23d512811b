import { manualClock } from "../../src/kernel/clock";
import { trustedForMs } from "../../src/store/freshness";
import { createTaxpayerCache } from "../../src/store/taxpayers/cache";
import { answer, dayMs, pan, startMs } from "./storePlace";

function held(number: number, { version = "1", erased = false, sealedBytes = 100 } = {}) {
  return {
    taxpayer: { id: `tp_${number}`, pan: pan(number), erased, answers: [answer()], consents: [], askedAtMs: startMs },
    version,
    lookup: `lookup ${number}`,
    sealedBytes,
    bodyBySeal: new Map(),
    key: undefined,
  };
}

const clock = manualClock(startMs);

describe("a cached taxpayer", () => {
  it("is found by PAN", () => {
    const cache = createTaxpayerCache(clock);
    cache.set("lender", held(1));
    expect(cache.byPan("lender", pan(1), startMs)).toMatchObject({ version: "1", taxpayer: { id: "tp_1" } });
  });

  it("is found by id", () => {
    const cache = createTaxpayerCache(clock);
    cache.set("lender", held(1));
    expect(cache.byId("lender", "tp_1", startMs)).toMatchObject({ taxpayer: { pan: pan(1) } });
  });

  it("is nobody to another tenant", () => {
    const cache = createTaxpayerCache(clock);
    cache.set("lender", held(1));
    expect(cache.byPan("broker", pan(1), startMs)).toBeUndefined();
  });

  it("is forgotten when the first of its answers expires", () => {
    const cache = createTaxpayerCache(clock);
    cache.set("lender", held(1));
    expect(cache.byPan("lender", pan(1), startMs + dayMs)).toBeUndefined();
  });

  it("is forgotten when nobody has asked for it in a while", () => {
    const hours = manualClock(startMs);
    const cache = createTaxpayerCache(hours);
    cache.set("lender", held(1));
    hours.advance(dayMs / 24);
    expect(cache.byPan("lender", pan(1), startMs)).toBeUndefined();
  });

  it("gives way to its next version", () => {
    const cache = createTaxpayerCache(clock);
    cache.set("lender", held(1));
    cache.set("lender", held(1, { version: "2" }));
    expect(cache.byPan("lender", pan(1), startMs)?.version).toBe("2");
  });

  it("is forgotten once it has been erased", () => {
    const cache = createTaxpayerCache(clock);
    cache.set("lender", held(1));
    cache.set("lender", held(1, { erased: true }));
    expect(cache.byId("lender", "tp_1", startMs)).toBeUndefined();
  });

  it.each([
    ["many", { max: 2, maxSize: 100_000 }],
    ["much", { max: 10, maxSize: 12_000 }],
  ])("is forgotten before others when there are too %s", (_much, limits) => {
    const cache = createTaxpayerCache(clock, { ...limits, ttlMs: dayMs });
    for (const number of [1, 2, 3]) cache.set("lender", held(number));
    const known = [1, 2, 3].filter((number) => cache.byPan("lender", pan(number), startMs));
    expect(known).toEqual([2, 3]);
  });

  describe("is believed without asking the store", () => {
    const askedAtMs = 1_000;

    function confirmed() {
      const cache = createTaxpayerCache(clock);
      cache.set("lender", held(1));
      const known = () => cache.byId("lender", "tp_1", startMs)!;
      const confirm = () => {
        cache.trust("lender", known(), askedAtMs);
      };
      return { cache, known, confirm };
    }

    it("not before the store has confirmed it", () => {
      expect(confirmed().known().trustedUntilMs).toBe(-Infinity);
    });

    it("for a moment from when the store was asked", () => {
      const { known, confirm } = confirmed();
      confirm();
      expect(known().trustedUntilMs).toBe(askedAtMs + trustedForMs);
    });

    it("no longer once it has changed", () => {
      const { cache, known, confirm } = confirmed();
      confirm();
      cache.invalidate("lender", "tp_1", askedAtMs + 1);
      expect(known().trustedUntilMs).toBe(-Infinity);
    });

    it("not when it changed while the store was being asked", () => {
      const { cache, known, confirm } = confirmed();
      cache.invalidate("lender", "tp_1", askedAtMs + 1);
      confirm();
      expect(known().trustedUntilMs).toBe(-Infinity);
    });

    it("though another tenant's has changed", () => {
      const { cache, known, confirm } = confirmed();
      confirm();
      cache.invalidate("broker", "tp_1", askedAtMs + 1);
      expect(known().trustedUntilMs).toBe(askedAtMs + trustedForMs);
    });
  });
});
