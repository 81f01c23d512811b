import fc from "../support/fuzz";
import { rupees, subtractRupees, zeroRupees } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { SpecialSection } from "../../src/domain/tax/specialRates";
import {
  basicExemption,
  computeTax,
  slabTax,
  standardDeduction,
  type TaxedIncome,
  type TaxpayerKind,
} from "../../src/domain/tax/taxRules";
import type { AgeTier, KnownRegime } from "../../src/domain/tax/taxTables";

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
    expect(taxAfterRebate(500_000, { ...inNew(2025), taxpayer: "RESIDENT_FAMILY" })).toBe(5_000);
  });
});

describe("the rebate beside gains", () => {
  const gain = (section: SpecialSection, income: number, ratePercent: number) =>
    ({ section, income: rupees(income), ratePercent }) as const;

  it("covers short-term gains on shares in the old regime", () => {
    const special = [gain("111A", 7_853, 15)];
    const tax = computeTax({ totalIncome: rupees(499_870), special, ...inOld("BELOW_60"), incomeYear: year(2023) });
    expect(tax).toMatchObject({ rebate: rupees(12_500), grossTaxLiability: rupees(810) });
  });

  it("covers no long-term gains on shares", () => {
    const special = [gain("112A", 240_000, 10)];
    const tax = computeTax({ totalIncome: rupees(500_000), special, ...inOld("BELOW_60"), incomeYear: year(2023) });
    // 14,000 on the gain above one lakh, and 500 by the slabs.
    expect(tax).toMatchObject({ taxOnTotalIncome: rupees(14_500), rebate: rupees(500) });
  });

  it.each([
    [2023, true, 25_000],
    [2023, false, 10_000],
    [2024, false, 10_000],
    [2025, true, 5_000],
  ])("in the new regime of %d, by the text of the law: %s, is %d", (start, rebatesSpecialRates, rebate) => {
    const special = [gain("111A", 200_000, 15)];
    const tax = computeTax({ totalIncome: rupees(700_000), special, ...inNew(start), rebatesSpecialRates });
    expect(tax.rebate).toBe(rupees(rebate));
  });

  it("relieves no more than the tax by the slabs just above the limit of 2025-26", () => {
    const special = [gain("111A", 100_000, 20)];
    const tax = computeTax({ totalIncome: rupees(1_210_000), special, ...inNew(2025) });
    expect(tax).toMatchObject({ taxOnTotalIncome: rupees(71_000), rebate: rupees(51_000) });
  });
});

describe("what is left of the basic exemption", () => {
  const special = [{ section: "111A", income: rupees(500_000), ratePercent: 20 }] as const;
  const taxOf = (taxpayer: TaxpayerKind) =>
    computeTax({ totalIncome: rupees(600_000), special, ...inOld("BELOW_60"), taxpayer }).taxOnTotalIncome;

  it.each<[TaxpayerKind, number]>([
    ["RESIDENT_INDIVIDUAL", 70_000],
    ["RESIDENT_FAMILY", 70_000],
    ["NON_RESIDENT", 100_000],
  ])("lowers the gains of a %s", (taxpayer, tax) => {
    expect(taxOf(taxpayer)).toBe(rupees(tax));
  });

  it("goes before the free gain of section 112A", () => {
    const long = [{ section: "112A", income: rupees(600_000), ratePercent: 12.5 }] as const;
    const tax = computeTax({ totalIncome: rupees(600_000), special: long, ...inOld("BELOW_60") });
    expect(tax.taxOnTotalIncome).toBe(rupees(28_125));
  });

  it("does not lower winnings", () => {
    const winnings = [{ section: "OTHER", income: rupees(100_000), ratePercent: 30 }] as const;
    expect(computeTax({ totalIncome: rupees(100_000), special: winnings, ...inNew(2025) }).taxOnTotalIncome).toBe(
      rupees(30_000),
    );
  });
});

describe("farm income", () => {
  it("raises the rate of what is taxed, and is not taxed", () => {
    const income = { totalIncome: rupees(2_101_440), agriculturalIncome: rupees(110_000), ...inNew(2024) };
    expect(computeTax(income)).toMatchObject({
      taxOnTotalIncome: rupees(347_932),
      grossTaxLiability: rupees(361_849),
    });
  });

  it.each([
    [5_000, 12_500],
    [5_001, 13_250],
  ])("of %d on five lakh makes the tax %d", (farm, tax) => {
    const agriculturalIncome = rupees(farm);
    const computed = computeTax({ totalIncome: rupees(500_000), agriculturalIncome, ...inOld("BELOW_60") });
    expect(computed.taxOnTotalIncome).toBe(rupees(tax));
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
    const special = [{ section: "112A", income: rupees(30_000_000), tax: rupees(3_750_000) }] as const;
    const { surcharge: onGains } = computeTax({ totalIncome: rupees(30_000_000), special, ...inNew(2025) });
    expect(onGains).toBe(rupees(562_500));
  });

  // Gains of section 112A: at 10 % in 2023-24 and at 12.5 % afterwards.
  it.each<[number, KnownRegime, number, number, number]>([
    [2023, "NEW", 95_162_690, 81_672_200, 1_785_655],
    [2023, "OLD", 52_669_910, 40_381_840, 1_129_066],
    [2024, "NEW", 29_752_310, 22_254_770, 705_822],
    [2024, "OLD", 161_785_670, 146_167_580, 3_412_987],
    [2025, "NEW", 43_940_710, 38_134_510, 910_957],
    [2025, "OLD", 365_200_750, 321_401_520, 9_262_002],
  ])("in %d, %s regime, on %d with gains of %d is %d", (start, regime, total, gains, expected) => {
    const special = [{ section: "112A", income: rupees(gains), ratePercent: start >= 2024 ? 12.5 : 10 }] as const;
    const { surcharge } = computeTax({ totalIncome: rupees(total), special, incomeYear: year(start), regime });
    expect(surcharge).toBe(rupees(expected));
  });

  it("does not rise above 15 % for dividends", () => {
    const dividend = rupees(25_000_000);
    const tax = computeTax({ totalIncome: rupees(26_000_000), dividend, ...inNew(2025) });
    expect(tax.surcharge).toBe(Math.round(((tax.taxOnTotalIncome ?? 0) * 15) / 100_00) * 100);
  });

  it("reaches 25 % on ordinary income just above two crore step by step, whatever gains stand beside it", () => {
    const special = [{ section: "112A", income: rupees(10_000_000), ratePercent: 12.5 }] as const;
    const paid = (ordinary: number) => {
      const tax = computeTax({ totalIncome: rupees(ordinary + 10_000_000), special, ...inNew(2025) });
      return (tax.taxOnTotalIncome ?? 0) + (tax.surcharge ?? 0);
    };
    expect(paid(20_001_000) - paid(20_000_000)).toBe(rupees(1_000));
  });

  it("counts gains of section 112 towards 25 % until the income of 2021-22", () => {
    const special = [{ section: "112", income: rupees(30_000_000), ratePercent: 20 }] as const;
    const surchargeIn = (start: number) =>
      computeTax({ totalIncome: rupees(30_000_000), special, ...inOld("BELOW_60"), incomeYear: year(start) }).surcharge;
    expect([surchargeIn(2021), surchargeIn(2022)]).toEqual([rupees(1_487_500), rupees(892_500)]);
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
        const taxpayer = chosen === "NEW" && from >= 2023 ? "RESIDENT_INDIVIDUAL" : "NON_RESIDENT";
        const kept = (whole: number) => {
          const tax = computeTax({ totalIncome: rupees(whole), incomeYear: year(from), regime: chosen, taxpayer });
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
    const [income, tax] = [rupees(200_000), rupees(40_000)];
    const special = [{ section: "111A", income, tax }] as const;
    const whole = computeTax({ totalIncome: rupees(2_000_000), special, ...inNew(2025) });
    const rest = slabTax(subtractRupees(rupees(2_000_000), income), inNew(2025));
    expect(whole.taxOnTotalIncome).toBe(rest + tax);
  });
});
