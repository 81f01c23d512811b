import fc from "../support/fuzz";
import { rupees, subtractRupees, zeroRupees } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { basicExemption, computeTax, slabTax, standardDeduction, type TaxedIncome } from "../../src/domain/taxRules";
import type { AgeTier, KnownRegime } from "../../src/domain/taxTables";

const lakh = 100_000;
const year = (start: number) => start as IncomeYear;
const inNew = (start: number) => ({ incomeYear: year(start), regime: "NEW" as const });
const inOld = (ageTier: AgeTier) => ({ incomeYear: year(2025), regime: "OLD" as const, ageTier });

/** Tax before cess, in rupees. */
function taxAfterRebate(wholeRupees: number, basis: Omit<TaxedIncome, "totalIncome">): number {
  const { taxOnTotalIncome, rebate } = computeTax({ totalIncome: rupees(wholeRupees), ...basis });
  return ((taxOnTotalIncome ?? 0) - (rebate ?? 0)) / 100;
}

describe("the tax by slabs", () => {
  it.each([
    [5, 12_500, 12_500, 10_000, 10_000, 5_000],
    [7, 52_500, 32_500, 25_000, 20_000, 15_000],
    [10, 112_500, 75_000, 60_000, 50_000, 40_000],
    [12, 172_500, 115_000, 90_000, 80_000, 60_000],
    [15, 262_500, 187_500, 150_000, 140_000, 105_000],
    [24, 532_500, 457_500, 420_000, 410_000, 300_000],
  ])("on %d lakh is that of the published tables", (lakhs, old, in2020, in2023, in2024, in2025) => {
    const income = rupees(lakhs * lakh);
    const taxes = [inOld("BELOW_60"), inNew(2020), inNew(2023), inNew(2024), inNew(2025)].map(
      (basis) => slabTax(income, basis) / 100,
    );
    expect(taxes).toEqual([old, in2020, in2023, in2024, in2025]);
  });

  it.each<[AgeTier, number]>([
    ["BELOW_60", 112_500],
    ["FROM_60", 110_000],
    ["FROM_80", 100_000],
  ])("on ten lakh in the old regime is less with age: %s", (ageTier, tax) => {
    expect(slabTax(rupees(10 * lakh), inOld(ageTier))).toBe(rupees(tax));
  });

  it.each([2020, 2021, 2022])("of the new regime is the same in %d as when it began", (start) => {
    expect(slabTax(rupees(20 * lakh), inNew(start))).toBe(slabTax(rupees(20 * lakh), inNew(2020)));
  });

  it("begins above the basic exemption", () => {
    expect(slabTax(basicExemption(inNew(2025)), inNew(2025))).toBe(zeroRupees);
  });
});

describe("the standard deduction of the new regime", () => {
  it.each([
    [2022, 0],
    [2023, 50_000],
    [2024, 75_000],
    [2025, 75_000],
  ])("in %d is %d", (start, deduction) => {
    expect(standardDeduction(inNew(start))).toBe(rupees(deduction));
  });
});

describe("the rebate", () => {
  it.each<[number, KnownRegime, number, number]>([
    [2025, "NEW", 1_200_000, 0],
    [2025, "NEW", 1_210_000, 10_000],
    [2025, "NEW", 1_270_000, 70_000],
    [2025, "NEW", 1_275_000, 71_250],
    [2024, "NEW", 700_000, 0],
    [2024, "NEW", 700_010, 10],
    [2024, "NEW", 722_230, 22_223],
    [2023, "NEW", 727_770, 27_770],
    [2023, "NEW", 727_780, 27_778],
    [2022, "NEW", 500_000, 0],
    [2022, "NEW", 500_010, 12_501],
    [2025, "OLD", 500_000, 0],
    [2025, "OLD", 500_010, 12_502],
  ])("leaves of the tax in %d, %s regime, on %d: %d", (start, regime, income, left) => {
    expect(taxAfterRebate(income, { incomeYear: year(start), regime })).toBe(left);
  });

  it("is not for those who are no resident individuals", () => {
    expect(taxAfterRebate(500_000, { ...inNew(2025), hasRebate: false })).toBe(5_000);
  });
});

describe("the surcharge", () => {
  const surcharge = (income: number, regime: KnownRegime) =>
    (computeTax({ totalIncome: rupees(income), incomeYear: year(2025), regime }).surcharge ?? 0) / 100;

  it.each<[number, KnownRegime, number]>([
    [5_000_000, "NEW", 0],
    // A thousand rupees above the step cost a thousand: 300 of tax, 700 of surcharge.
    [5_001_000, "NEW", 700],
    [6_000_000, "NEW", 138_000],
    [60_000_000, "NEW", 4_395_000],
    [60_000_000, "OLD", 6_590_625],
  ])("on %d in the %s regime is %d", (income, regime, most) => {
    expect(surcharge(income, regime)).toBe(most);
  });

  it("is no higher than 15 % of the tax on gains", () => {
    const special = { income: rupees(30_000_000), tax: rupees(3_750_000) };
    const { surcharge: onGains } = computeTax({ totalIncome: rupees(30_000_000), special, ...inNew(2025) });
    expect(onGains).toBe(rupees(562_500));
  });
});

describe("more income", () => {
  const regime = fc.constantFrom<KnownRegime>("OLD", "NEW");
  const income = fc.integer({ min: 0, max: 10_000_000 }).map((tens) => tens * 10);
  const start = fc.integer({ min: 2020, max: 2027 });

  it("never leaves less after tax and surcharge", () => {
    fc.assert(
      fc.property(income, fc.integer({ min: 1, max: 5_000 }), regime, start, (least, moreTens, chosen, from) => {
        // Only the old rebate falls away at once: the law relieves nobody there.
        const hasRebate = chosen === "NEW" && from >= 2023;
        const kept = (whole: number) => {
          const tax = computeTax({ totalIncome: rupees(whole), incomeYear: year(from), regime: chosen, hasRebate });
          return whole * 100 - ((tax.taxOnTotalIncome ?? 0) - (tax.rebate ?? 0) + (tax.surcharge ?? 0));
        };
        // Each figure is rounded to the rupee.
        expect(kept(least + moreTens * 10)).toBeGreaterThanOrEqual(kept(least) - 200);
      }),
    );
  });
});

describe("a computation", () => {
  it("adds up from top to bottom", () => {
    const tax = computeTax({ totalIncome: rupees(7_654_320), ...inNew(2024), lateFilingFee: rupees(5_000) });
    const before = (tax.taxOnTotalIncome ?? 0) - (tax.rebate ?? 0) + (tax.surcharge ?? 0);
    expect(tax.cess).toBe(Math.round((before * 0.04) / 100) * 100);
    expect(tax.grossTaxLiability).toBe(before + (tax.cess ?? 0));
    expect(tax.totalPayable).toBe((tax.netTaxLiability ?? 0) + rupees(5_000));
  });

  it("taxes gains at their own rate alone", () => {
    const special = { income: rupees(200_000), tax: rupees(40_000) };
    const whole = computeTax({ totalIncome: rupees(2_000_000), special, ...inNew(2025) });
    const rest = slabTax(subtractRupees(rupees(2_000_000), special.income), inNew(2025));
    expect(whole.taxOnTotalIncome).toBe(rest + special.tax);
  });
});
