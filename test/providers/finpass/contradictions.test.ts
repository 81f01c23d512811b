import { rupees } from "../../../src/domain/rupees";
import { contradictionsOf } from "../../../src/providers/finpass/mapper/contradictions";

describe("what is told in two ways", () => {
  it("is kept under its place, in both words", () => {
    const file = { regime: "NEW", tax: { rebate: rupees(12_500) } };
    const analysis = { regime: "OLD", tax: { rebate: rupees(25_000) } };
    expect(contradictionsOf(file, analysis)).toEqual([
      { path: "regime", believed: "NEW", alsoTold: "OLD" },
      { path: "tax.rebate", believed: rupees(12_500), alsoTold: rupees(25_000) },
    ]);
  });

  it.each([
    ["rounded to ten rupees by one of them", { totalIncome: rupees(820_504) }, { totalIncome: rupees(820_500) }],
    [
      "told by one of them only",
      { totalIncome: rupees(5), deductions: null },
      { totalIncome: null, deductions: rupees(5) },
    ],
    ["not known to one of them", { regime: "UNKNOWN" }, { regime: "OLD" }],
  ])("is no contradiction when it is %s", (_title, file, analysis) => {
    expect(contradictionsOf(file, analysis)).toEqual([]);
  });
});
