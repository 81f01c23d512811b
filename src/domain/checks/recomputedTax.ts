import type { Filing } from "../filing";
import { addRupees, rupees, subtractRupees, zeroRupees, type Rupees } from "../rupees";
import {
  sumOfSpecial,
  type SpecialRateIncome,
  type SpecialSection,
  computeTax,
  type TaxpayerKind,
  ageTiers,
  type AgeTier,
} from "../tax";
import type { Profile } from "../taxpayer";
import type { IncomeYear } from "../taxPeriod";
import { failed, notPossible, passed, type Finding } from "./check";

/** Wide, because slabs, rebate, surcharge and cess are rounded one after the other, in different ways. */
const tolerance = rupees(100);

/** The years whose rates are in the tables. */
const [firstYear, lastYear] = [2020, 2025];

/** Above it a dividend lowers the surcharge. */
const leastWithCappedSurcharge = rupees(20_000_000);

/**
 * Recomputes the tax from the total income. A filing does not hold everything that the tax depends on, so the result is a
 * hint: among the possible taxes the closest is compared.
 */
export function taxRecomputed(filing: Filing, profile: Profile | undefined): Finding {
  const { incomeYear, regime, totalIncome, particulars } = filing;
  const found = liabilityOf(filing);
  if (totalIncome === null || found === null) return notPossible("The total income or the tax on it is not told.");
  if (regime === "UNKNOWN") return notPossible("The tax regime is not told.");
  if (incomeYear < firstYear || incomeYear > lastYear) return notPossible("The rates of this year are not held.");
  if (particulars?.isFirm) return notPossible("A firm is taxed at a rate of its own.");
  const specials = specialsOf(filing);
  if (specials === undefined) return notPossible("Some of the income may be taxed at rates of its own.");
  const { dividend = zeroRupees } = particulars ?? {};
  const agriculturalIncome = farmIncomeOf(filing) ?? zeroRupees;
  const income = { totalIncome, incomeYear, regime, agriculturalIncome, dividend };
  const possible = ageTiersOf(filing, profile).flatMap((ageTier) =>
    taxpayersOf(filing).flatMap((taxpayer) =>
      specials.flatMap((special) =>
        [true, false].map((rebatesSpecialRates) => {
          const tax = computeTax({ ...income, ageTier, taxpayer, special, rebatesSpecialRates });
          return tax.grossTaxLiability ?? zeroRupees;
        }),
      ),
    ),
  );
  const distance = (amount: Rupees) => Math.abs(amount - found);
  const expected = possible.reduce((closest, each) => (distance(each) < distance(closest) ? each : closest));
  const compared = { expected, found, tolerance };
  if (distance(expected) <= tolerance) {
    return { ...passed("The tax is what the rates of the year and regime give."), ...compared };
  }
  if (!isAllTold(filing, totalIncome)) {
    return notPossible("Farm income, dividends or rates of their own may explain the tax, and are not told.");
  }
  return { ...failed("The tax is not what the rates of the year and regime give."), ...compared };
}

function farmIncomeOf({ particulars, agriculturalIncome }: Filing): Rupees | undefined {
  return particulars?.farmIncomeForRate ?? agriculturalIncome;
}

/** Before relief for arrears and for tax paid abroad. */
function liabilityOf({ tax }: Filing): Rupees | null {
  if (tax === undefined) return null;
  const { grossTaxLiability, netTaxLiability, relief } = tax;
  return grossTaxLiability ?? (netTaxLiability && addRupees(netTaxLiability, relief ?? zeroRupees));
}

type Specials = readonly SpecialRateIncome[];

/** The possible incomes at special rates. Undefined if they are unknown. */
function specialsOf(filing: Filing): readonly Specials[] | undefined {
  const gains = filing.incomeHeads?.capitalGains ?? null;
  switch (filing.form) {
    case "ITR_1":
    case "ITR_4":
      // The simple forms have only the free gains of section 112A, which some totals include.
      if (gains === null || gains === zeroRupees) return [[]];
      return [[{ section: "112A", income: gains, tax: zeroRupees }], []];
    case "ITR_2":
    case "ITR_3":
      return statedSpecials(filing) ?? (gains === zeroRupees ? [[]] : undefined);
    case "ITR_5":
    case "ITR_6":
    case "ITR_7":
    case "UNKNOWN":
      return undefined;
  }
}

const possibleSections: readonly SpecialSection[] = ["112A", "111A", "OTHER"];

/** Section by section where the lines make up the total, else as if all were of one section. */
function statedSpecials(filing: Filing): readonly Specials[] | undefined {
  const { specialRateIncome: income, specialRateTax: tax } = filing.particulars ?? {};
  if (income === undefined || tax === undefined) return undefined;
  if (income === zeroRupees && tax === zeroRupees) return [[]];
  const lines = sectionLines(filing);
  return lines === undefined ? possibleSections.map((section) => [{ section, income, tax }]) : [lines];
}

function sectionLines({ particulars }: Filing): Specials | undefined {
  const { specialRates, specialRateIncome = zeroRupees, specialRateTax = zeroRupees } = particulars ?? {};
  if (specialRates === undefined) return undefined;
  const taxes = specialRates.map((line) => ("tax" in line ? line.tax : zeroRupees));
  const isWhole = isNear(sumOfSpecial(specialRates), specialRateIncome) && isNear(addRupees(...taxes), specialRateTax);
  return isWhole ? specialRates : undefined;
}

function isNear(one: Rupees, other: Rupees): boolean {
  return Math.abs(subtractRupees(one, other)) <= tolerance;
}

/** The simple forms allow almost no farm income, and no income with a surcharge. */
function isAllTold(filing: Filing, totalIncome: Rupees): boolean {
  const { form, particulars, incomeHeads } = filing;
  if (form === "ITR_1" || form === "ITR_4") return true;
  if (farmIncomeOf(filing) === undefined || particulars?.specialRateIncome === undefined) return false;
  if (particulars.specialRateIncome > zeroRupees && sectionLines(filing) === undefined) return false;
  const hasNoDividend = particulars.dividend !== undefined || incomeHeads?.otherSources === zeroRupees;
  return hasNoDividend || totalIncome <= leastWithCappedSurcharge;
}

/** ITR-1 is for residents. In the other forms age counts only for residents. */
function ageTiersOf({ form, incomeYear }: Filing, profile: Profile | undefined): readonly AgeTier[] {
  if (profile?.dateOfBirth === undefined) return ageTiers;
  const ownTier = ageTierIn(incomeYear, profile.dateOfBirth);
  return form === "ITR_1" ? [ownTier] : [ownTier, "BELOW_60"];
}

/** The tax of a person. The special tax is given, so only the rebate depends on the person. */
function taxpayersOf({ form }: Filing): readonly TaxpayerKind[] {
  return form === "ITR_1" ? ["RESIDENT_INDIVIDUAL"] : ["RESIDENT_INDIVIDUAL", "NON_RESIDENT"];
}

/** A birthday falls on the eve of its date (Circular 28/2016): a person born on 1 April is old enough in March. */
function ageTierIn(incomeYear: IncomeYear, dateOfBirth: string): AgeTier {
  const isBornBy = (years: number) => dateOfBirth <= `${incomeYear + 1 - years}-04-01`;
  if (isBornBy(80)) return "FROM_80";
  return isBornBy(60) ? "FROM_60" : "BELOW_60";
}
