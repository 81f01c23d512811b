import fc from "../support/fuzz";
import { percentOf, roundToRupee, roundToTen } from "../../src/domain/tax/percent";
import { fromPaise, largestRupees, rupees } from "../../src/domain/rupees";

const amount = fc.integer({ min: 0, max: largestRupees }).map(fromPaise);

describe("a percentage", () => {
  it.each([
    [rupees(100), 12.5, 1_250],
    [rupees(99), 31.2, 3_089],
    [fromPaise(1), 50, 1],
    [fromPaise(1), 49, 0],
    [largestRupees, 37, Number((BigInt(largestRupees) * 37n) / 100n)],
  ])("of %d paise at %d is %d paise", (of, percent, paise) => {
    expect(percentOf(of, percent)).toBe(paise);
  });

  it("is exact to the paisa for any amount", () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 100 }), (of, percent) => {
        const exact = (BigInt(of) * BigInt(percent) + 50n) / 100n;
        expect(percentOf(of, percent)).toBe(Number(exact));
      }),
    );
  });
});

describe("rounding", () => {
  it.each([
    [1_234_499, 1_234_000],
    [1_234_500, 1_235_000],
    [-1_234_500, -1_234_000],
    [0, 0],
  ])("brings %d paise to the nearest ten rupees, %d", (from, to) => {
    expect(roundToTen(fromPaise(from))).toBe(to);
  });

  it("never moves a whole rupee", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), (whole) => roundToRupee(rupees(whole)) === whole * 100));
  });
});
