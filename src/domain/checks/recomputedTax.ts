import type { Filing } from "../filing";
import { addRupees, rupees, zeroRupees, type Rupees } from "../rupees";
import { computeTax } from "../taxRules";
import { ageTiers, type AgeTier } from "../taxTables";
import type { Profile } from "../taxpayer";
import type { IncomeYear } from "../taxPeriod";
import { failed, notPossible, passed, type Finding } from "./check";

/** Wide, since slabs, rebate, surcharge and cess are rounded one after the other, and not by everybody alike. */
const tolerance = rupees(100);

/** The years whose rates are in the tables. */
const [firstYear, lastYear] = [2020, 2025];

/**
 * Reckons the tax anew from the total income. A filing does not say everything that the tax depends on, so the result is a
 * hint: of what is not known, whatever comes closest is taken to be so.
 */
export function taxRecomputed(filing: Filing, profile: Profile | undefined): Finding {
  const { incomeYear, regime, totalIncome } = filing;
  const found = liabilityOf(filing);
  if (totalIncome === null || found === null) return notPossible("The total income or the tax on it is not told.");
  if (regime === "UNKNOWN") return notPossible("The tax regime is not told.");
  if (incomeYear < firstYear || incomeYear > lastYear) return notPossible("The rates of this year are not held.");
  if (!isTaxedBySlabs(filing)) return notPossible("Some of the income may be taxed at rates of its own.");
  const possible = ageTiersOf(filing, profile).flatMap((ageTier) =>
    rebatesOf(filing).map((hasRebate) => {
      const tax = computeTax({ totalIncome, incomeYear, regime, ageTier, hasRebate });
      return tax.grossTaxLiability ?? zeroRupees;
    }),
  );
  const distance = (amount: Rupees) => Math.abs(amount - found);
  const expected = possible.reduce((closest, each) => (distance(each) < distance(closest) ? each : closest));
  const finding =
    distance(expected) <= tolerance
      ? passed("The tax is what the rates of the year and regime give.")
      : failed("The tax is not what the rates of the year and regime give.");
  return { ...finding, expected, found, tolerance };
}

/** Before relief for arrears and for tax paid abroad. */
function liabilityOf({ tax }: Filing): Rupees | null {
  if (tax === undefined) return null;
  const { grossTaxLiability, netTaxLiability, relief } = tax;
  return grossTaxLiability ?? (netTaxLiability && addRupees(netTaxLiability, relief ?? zeroRupees));
}

/** Firms and companies pay at rates of their own, and so do gains on shares and property. */
function isTaxedBySlabs({ form, incomeHeads }: Filing): boolean {
  const gains = incomeHeads?.capitalGains ?? null;
  switch (form) {
    case "ITR_1":
    case "ITR_4":
      return gains === null || gains === zeroRupees;
    case "ITR_2":
    case "ITR_3":
      return gains === zeroRupees;
    case "ITR_5":
    case "ITR_6":
    case "ITR_7":
    case "UNKNOWN":
      return false;
  }
}

/** ITR-1 is for residents. In the other forms age counts only for those who turn out to be residents. */
function ageTiersOf({ form, incomeYear }: Filing, profile: Profile | undefined): readonly AgeTier[] {
  if (profile?.dateOfBirth === undefined) return ageTiers;
  const ownTier = ageTierIn(incomeYear, profile.dateOfBirth);
  return form === "ITR_1" ? [ownTier] : [ownTier, "BELOW_60"];
}

function ageTierIn(incomeYear: IncomeYear, dateOfBirth: string): AgeTier {
  const isBornBy = (years: number) => dateOfBirth <= `${incomeYear + 1 - years}-03-31`;
  if (isBornBy(80)) return "FROM_80";
  return isBornBy(60) ? "FROM_60" : "BELOW_60";
}

/** The rebate is for resident individuals, who alone file ITR-1. */
function rebatesOf({ form }: Filing): readonly boolean[] {
  return form === "ITR_1" ? [true] : [true, false];
}
