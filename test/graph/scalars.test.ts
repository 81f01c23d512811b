import fc from "../support/fuzz";
import { fromPaise, largestRupees, negateRupees } from "../../src/domain/rupees";
import { RupeesScalar, toRupees } from "../../src/graph/types/scalars";

describe("Rupees", () => {
  it("come back as they went out, to the paisa", () => {
    fc.assert(
      fc.property(fc.integer({ min: negateRupees(largestRupees), max: largestRupees }), (paise) => {
        const amount = fromPaise(paise);
        const wire = JSON.parse(JSON.stringify(RupeesScalar.serialize(amount))) as unknown;
        expect(toRupees(RupeesScalar.parseValue(wire))).toBe(amount);
      }),
    );
  });

  it("are the same when a variable is coerced twice", () => {
    expect(RupeesScalar.parseValue(RupeesScalar.parseValue(10.5))).toBe(10.5);
  });

  it.each([1.005, 0.1 + 0.2, "125000", null, NaN, 1e21])("are not %p", (value) => {
    expect(() => RupeesScalar.parseValue(value)).toThrow("This is not a valid Rupees.");
  });
});
