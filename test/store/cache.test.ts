import { manualClock } from "../../src/kernel/clock";
import { trustedForMs } from "../../src/store/freshness";
import { createRememberedTaxpayers } from "../../src/store/taxpayers/cache";
import { answer, dayMs, pan, startMs } from "./storePlace";

function held(number: number, { version = "1", erased = false, sealedBytes = 100 } = {}) {
  return {
    taxpayer: { id: `tp_${number}`, pan: pan(number), erased, answers: [answer()], consents: [] },
    version,
    lookup: `lookup ${number}`,
    sealedBytes,
    bodyBySeal: new Map(),
  };
}

const clock = manualClock(startMs);

describe("a remembered taxpayer", () => {
  it("is found by PAN", () => {
    const remembered = createRememberedTaxpayers(clock);
    remembered.remember("lender", held(1));
    expect(remembered.byPan("lender", pan(1), startMs)).toMatchObject({ version: "1", taxpayer: { id: "tp_1" } });
  });

  it("is found by id", () => {
    const remembered = createRememberedTaxpayers(clock);
    remembered.remember("lender", held(1));
    expect(remembered.byId("lender", "tp_1", startMs)).toMatchObject({ taxpayer: { pan: pan(1) } });
  });

  it("is nobody to another tenant", () => {
    const remembered = createRememberedTaxpayers(clock);
    remembered.remember("lender", held(1));
    expect(remembered.byPan("broker", pan(1), startMs)).toBeUndefined();
  });

  it("is forgotten when the first of its answers expires", () => {
    const remembered = createRememberedTaxpayers(clock);
    remembered.remember("lender", held(1));
    expect(remembered.byPan("lender", pan(1), startMs + dayMs)).toBeUndefined();
  });

  it("is forgotten when nobody has asked for it in a while", () => {
    const hours = manualClock(startMs);
    const remembered = createRememberedTaxpayers(hours);
    remembered.remember("lender", held(1));
    hours.advance(dayMs / 24);
    expect(remembered.byPan("lender", pan(1), startMs)).toBeUndefined();
  });

  it("gives way to its next version", () => {
    const remembered = createRememberedTaxpayers(clock);
    remembered.remember("lender", held(1));
    remembered.remember("lender", held(1, { version: "2" }));
    expect(remembered.byPan("lender", pan(1), startMs)?.version).toBe("2");
  });

  it("is forgotten once it has been erased", () => {
    const remembered = createRememberedTaxpayers(clock);
    remembered.remember("lender", held(1));
    remembered.remember("lender", held(1, { erased: true }));
    expect(remembered.byId("lender", "tp_1", startMs)).toBeUndefined();
  });

  it.each([
    ["many", { max: 2, maxSize: 1_000 }],
    ["much", { max: 10, maxSize: 250 }],
  ])("is forgotten before others when there are too %s", (_much, limits) => {
    const remembered = createRememberedTaxpayers(clock, { ...limits, ttlMs: dayMs });
    for (const number of [1, 2, 3]) remembered.remember("lender", held(number));
    const known = [1, 2, 3].filter((number) => remembered.byPan("lender", pan(number), startMs));
    expect(known).toEqual([2, 3]);
  });

  describe("is believed without asking the store", () => {
    const askedAtMs = 1_000;

    function confirmed() {
      const remembered = createRememberedTaxpayers(clock);
      remembered.remember("lender", held(1));
      const known = () => remembered.byId("lender", "tp_1", startMs)!;
      const confirm = () => {
        remembered.trust("lender", known(), askedAtMs);
      };
      return { remembered, known, confirm };
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
      const { remembered, known, confirm } = confirmed();
      confirm();
      remembered.doubt("lender", "tp_1", askedAtMs + 1);
      expect(known().trustedUntilMs).toBe(-Infinity);
    });

    it("not when it changed while the store was being asked", () => {
      const { remembered, known, confirm } = confirmed();
      remembered.doubt("lender", "tp_1", askedAtMs + 1);
      confirm();
      expect(known().trustedUntilMs).toBe(-Infinity);
    });

    it("though another tenant's has changed", () => {
      const { remembered, known, confirm } = confirmed();
      confirm();
      remembered.doubt("broker", "tp_1", askedAtMs + 1);
      expect(known().trustedUntilMs).toBe(askedAtMs + trustedForMs);
    });
  });
});
