import type { CalendarDate } from "../../../src/domain/calendarDate";
import type { Filing, TaxComputation, TaxParticulars } from "../../../src/domain";
import { rupees } from "../../../src/domain/rupees";
import type { SpecialRateIncome, SpecialSection } from "../../../src/domain/tax/specialRates";
import type { Profile } from "../../../src/domain/taxpayer";
import { testFiling } from "../../support/persona";
import { checked } from "./finding";

function taxed(totalIncome: number, liability: number, changes: Partial<Filing> = {}): Filing {
  const tax = { grossTaxLiability: rupees(liability) } as TaxComputation;
  return { ...testFiling(2025), regime: "NEW", totalIncome: rupees(totalIncome), tax, ...changes };
}

function bornIn(year: number): Profile {
  return { dateOfBirth: `${year}-05-14` as CalendarDate, aadhaarLink: { linked: null } };
}

const outcome = (filing: Filing, profile?: Profile) =>
  checked("TAX_RECOMPUTED", filing, { ...(profile && { profile }) }).outcome;

describe("the tax of a return", () => {
  // 105,000 by the slabs of the new regime, and 4 % of cess on it.
  it.each([
    [109_200, "PASSED"],
    [109_300, "PASSED"],
    [109_301, "FAILED"],
    [0, "FAILED"],
  ])("on fifteen lakh in the new regime of 2025-26 at %d: %s", (liability, expected) => {
    expect(outcome(taxed(1_500_000, liability))).toBe(expected);
  });

  it("is stated with what was expected", () => {
    expect(checked("TAX_RECOMPUTED", taxed(1_500_000, 0))).toMatchObject({
      severity: "WARNING",
      expected: rupees(109_200),
      found: rupees(0),
      tolerance: rupees(100),
    });
  });

  it("is reckoned with the rebate", () => {
    expect(outcome(taxed(1_200_000, 0))).toBe("PASSED");
  });

  // 112,500 below sixty, 110,000 from sixty, 100,000 from eighty, each with the cess.
  it.each([
    [1990, 117_000],
    [1960, 114_400],
    [1940, 104_000],
  ])("depends in the old regime on who was born in %d", (year, liability) => {
    const filing = taxed(1_000_000, liability, { regime: "OLD" });
    expect(outcome(filing, bornIn(year))).toBe("PASSED");
    expect(outcome(filing, bornIn(1975))).toBe(year === 1990 ? "PASSED" : "FAILED");
  });

  it("depends on age for residents, who alone file ITR-1", () => {
    const asBelowSixty = taxed(1_000_000, 117_000, { regime: "OLD" });
    const incomeHeads = { ...testFiling(2025).incomeHeads!, capitalGains: rupees(0) };
    expect(outcome(asBelowSixty, bornIn(1960))).toBe("FAILED");
    expect(outcome({ ...asBelowSixty, form: "ITR_2", incomeHeads }, bornIn(1960))).toBe("PASSED");
  });

  it("may be that of any age where none is told", () => {
    expect(outcome(taxed(1_000_000, 104_000, { regime: "OLD" }))).toBe("PASSED");
  });

  it("may be without the rebate for those who are no resident individuals", () => {
    const noGains = { ...testFiling(2025).incomeHeads!, capitalGains: rupees(0) };
    // 60,000 by the slabs on twelve lakh.
    expect(outcome(taxed(1_200_000, 62_400, { form: "ITR_2", incomeHeads: noGains }))).toBe("PASSED");
    expect(outcome(taxed(1_200_000, 62_400))).toBe("FAILED");
  });

  it("is taken before relief", () => {
    const tax = { grossTaxLiability: null, netTaxLiability: rupees(100_000), relief: rupees(9_200) } as TaxComputation;
    expect(outcome(taxed(1_500_000, 0, { tax }))).toBe("PASSED");
  });

  it.each<[string, Partial<Filing>]>([
    ["the regime", { regime: "UNKNOWN" }],
    ["the form", { form: "UNKNOWN" }],
    ["the total income", { totalIncome: null }],
    ["the tax", { tax: undefined }],
    ["what gains there are", { form: "ITR_2" }],
  ])("cannot be reckoned where %s is not told", (_what, changes) => {
    expect(outcome(taxed(1_500_000, 109_200, changes))).toBe("NOT_POSSIBLE");
  });

  it.each([2019, 2026])("cannot be reckoned for %d, whose rates are not held", (year) => {
    expect(outcome(taxed(1_500_000, 109_200, { incomeYear: testFiling(year).incomeYear }))).toBe("NOT_POSSIBLE");
  });
});

describe("the tax of a full return", () => {
  const whole: TaxParticulars = {
    dividend: rupees(0),
    specialRateIncome: rupees(0),
    specialRateTax: rupees(0),
  };
  const withHeads = (capitalGains: number | null) => ({
    ...testFiling(2025).incomeHeads!,
    capitalGains: capitalGains === null ? null : rupees(capitalGains),
  });

  function full(totalIncome: number, liability: number, particulars: TaxParticulars, more: Partial<Filing> = {}) {
    return taxed(totalIncome, liability, {
      form: "ITR_2",
      incomeHeads: withHeads(0),
      agriculturalIncome: rupees(0),
      particulars,
      ...more,
    });
  }

  /** The income of 2024-25 of somebody with a farm. */
  const farming = (liability: number, agriculturalIncome: number | undefined) =>
    full(2_101_440, liability, whole, {
      form: "ITR_3",
      incomeYear: testFiling(2024).incomeYear,
      agriculturalIncome: agriculturalIncome === undefined ? undefined : rupees(agriculturalIncome),
    });

  it.each<[number, number | undefined, string]>([
    [361_849, 110_000, "PASSED"],
    [333_249, 110_000, "FAILED"],
    [361_849, 0, "FAILED"],
    [361_849, undefined, "NOT_POSSIBLE"],
    [333_249, undefined, "PASSED"],
  ])("is %d with a farm income of %s: %s", (liability, farm, expected) => {
    expect(outcome(farming(liability, farm))).toBe(expected);
  });

  // 1,05,000 by the slabs on fifteen lakh, 40,000 on gains of two lakh.
  const gains = { specialRateIncome: rupees(200_000), specialRateTax: rupees(40_000) };
  it.each<[number, Partial<TaxParticulars>, string]>([
    [150_800, gains, "PASSED"],
    [109_200, gains, "NOT_POSSIBLE"],
    [109_200, { ...gains, specialRates: [stated("111A", 200_000, 40_000)] }, "FAILED"],
    [150_800, { ...gains, specialRates: [stated("111A", 200_000, 40_000)] }, "PASSED"],
    [109_200, { ...gains, specialRates: [stated("111A", 90_000, 18_000)] }, "NOT_POSSIBLE"],
  ])("with gains is %d where the return states %j: %s", (liability, particulars, expected) => {
    const filing = full(1_700_000, liability, { ...whole, ...particulars }, { incomeHeads: withHeads(200_000) });
    expect(outcome(filing)).toBe(expected);
  });

  it("cannot be reckoned on gains whose tax is not stated", () => {
    expect(outcome(full(1_700_000, 109_200, {}, { incomeHeads: withHeads(200_000) }))).toBe("NOT_POSSIBLE");
  });

  it("is higher for unexplained income, whose surcharge is always due", () => {
    const unexplained = { specialRateIncome: rupees(100_000), specialRateTax: rupees(60_000) };
    const specialRates = [stated("115BBE", 100_000, 60_000)];
    const particulars = { ...whole, ...unexplained, specialRates };
    // 60,000 and a quarter of it as surcharge, with 4 % of cess.
    expect(outcome(full(100_000, 78_000, particulars))).toBe("PASSED");
    expect(outcome(full(100_000, 62_400, particulars))).toBe("FAILED");
  });

  it("covers gains by the rebate of the old regime where the text of the law does", () => {
    const special = { specialRateIncome: rupees(7_853), specialRateTax: rupees(1_178) };
    const specialRates = [stated("111A", 7_853, 1_178)];
    const incomeYear = testFiling(2023).incomeYear;
    const filing = full(499_870, 810, { ...whole, ...special, specialRates }, { regime: "OLD", incomeYear });
    expect(outcome(filing)).toBe("PASSED");
  });

  it("has no more than 15 % of surcharge on dividends", () => {
    const incomeHeads = { ...withHeads(0), otherSources: rupees(25_000_000) };
    // 73,80,000 by the slabs on 2.6 crore, and 15 % on it.
    const liability = Math.round(7_380_000 * 1.15 * 1.04);
    const dividends = (dividend: number | undefined) => ({
      ...whole,
      dividend: dividend === undefined ? undefined : rupees(dividend),
    });
    const outcomeWith = (dividend: number | undefined) =>
      outcome(full(26_000_000, liability, dividends(dividend), { incomeHeads }));
    expect([outcomeWith(25_000_000), outcomeWith(0), outcomeWith(undefined)]).toEqual([
      "PASSED",
      "FAILED",
      "NOT_POSSIBLE",
    ]);
  });

  it("of a firm has rates of its own", () => {
    expect(outcome(taxed(1_500_000, 468_000, { form: "ITR_4", particulars: { isFirm: true } }))).toBe("NOT_POSSIBLE");
  });

  it("of a simple form is not raised by the free gains of section 112A", () => {
    const incomeHeads = withHeads(100_000);
    expect(outcome(taxed(1_500_000, 109_200, { incomeHeads }))).toBe("PASSED");
    expect(outcome(taxed(1_600_000, 109_200, { incomeHeads }))).toBe("PASSED");
    expect(outcome(taxed(1_700_000, 109_200, { incomeHeads }))).toBe("FAILED");
  });

  it("is that of a senior for somebody born on 1 April sixty years ago", () => {
    const born = (day: string): Profile => ({ dateOfBirth: day as CalendarDate, aadhaarLink: { linked: null } });
    // In the old regime on 8,50,000: 80,000 from sixty and 82,500 below it.
    const filing = taxed(850_000, 83_200, { regime: "OLD" });
    expect(outcome(filing, born("1966-04-01"))).toBe("PASSED");
    expect(outcome(filing, born("1966-04-02"))).toBe("FAILED");
  });
});

function stated(section: SpecialSection, income: number, tax: number): SpecialRateIncome {
  return { section, income: rupees(income), tax: rupees(tax) };
}
