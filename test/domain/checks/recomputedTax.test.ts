import type { CalendarDate } from "../../../src/domain/calendarDate";
import type { Filing, TaxComputation } from "../../../src/domain/filing";
import { rupees } from "../../../src/domain/rupees";
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

  it("cannot be reckoned on gains", () => {
    const incomeHeads = { ...testFiling(2025).incomeHeads!, capitalGains: rupees(50_000) };
    expect(outcome(taxed(1_500_000, 109_200, { incomeHeads }))).toBe("NOT_POSSIBLE");
  });

  it.each([2019, 2026])("cannot be reckoned for %d, whose rates are not held", (year) => {
    expect(outcome(taxed(1_500_000, 109_200, { incomeYear: testFiling(year).incomeYear }))).toBe("NOT_POSSIBLE");
  });
});
