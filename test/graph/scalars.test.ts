import fc from "../support/fuzz";
import { fromPaise, largestRupees, negateRupees } from "../../src/domain/rupees";
import { RupeesScalar } from "../../src/graph/types/scalars";

describe("Rupees", () => {
  it("come back as they went out, to the paisa", () => {
    fc.assert(
      fc.property(fc.integer({ min: negateRupees(largestRupees), max: largestRupees }), (paise) => {
        const amount = fromPaise(paise);
        const wire = JSON.parse(JSON.stringify(RupeesScalar.serialize(amount))) as unknown;
        expect(RupeesScalar.parseValue(wire)).toBe(amount);
      }),
    );
  });

  it.each([1.005, 0.1 + 0.2, "125000", null, NaN, 1e21])("are not %p", (value) => {
    expect(() => RupeesScalar.parseValue(value)).toThrow("This is not a valid Rupees.");
  });
});
