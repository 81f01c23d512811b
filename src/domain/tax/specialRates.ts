import { percentOf, shareOf } from "./percent";
import { addRupees, rupees, subtractRupees, zeroRupees, type Rupees } from "../rupees";
import type { IncomeYear } from "../taxPeriod";

/** Sections with rules of their own. OTHER is any other section with its own rate, such as 115BB and 115BBH. */
export type SpecialSection = "111A" | "112" | "112A" | "115BBE" | "OTHER";

/** Income with a rate of its own. Either the rate is known, or only the tax that a return states. */
export type SpecialRateIncome = { readonly section: SpecialSection; readonly income: Rupees } & (
  { readonly ratePercent: number } | { readonly tax: Rupees }
);

export interface SpecialTax {
  readonly section: SpecialSection;
  readonly income: Rupees;
  readonly tax: Rupees;
}

/** The gain under section 112A that is free of tax each year. */
function freeGainOf112A(incomeYear: IncomeYear): Rupees {
  return rupees(incomeYear >= 2024 ? 125_000 : 100_000);
}

/** The provisos to these sections lower the gain by the unused basic exemption. */
const usesExemption: readonly SpecialSection[] = ["111A", "112", "112A"];

/**
 * The tax on each income. The unused exemption and the free gain go to the highest rate first, as a taxpayer may choose.
 */
export function taxOnSpecial(
  items: readonly SpecialRateIncome[],
  { unusedExemption, incomeYear }: { readonly unusedExemption: Rupees; readonly incomeYear: IncomeYear },
): readonly SpecialTax[] {
  let exemption = unusedExemption;
  let free = freeGainOf112A(incomeYear);
  return byRate(items).map((item) => {
    const { section, income } = item;
    if ("tax" in item) return { section, income, tax: item.tax };
    const exempt = usesExemption.includes(section) ? least(exemption, income) : zeroRupees;
    exemption = subtractRupees(exemption, exempt);
    const left = subtractRupees(income, exempt);
    const untaxed = section === "112A" ? least(free, left) : zeroRupees;
    free = subtractRupees(free, untaxed);
    return { section, income, tax: percentOf(subtractRupees(left, untaxed), item.ratePercent) };
  });
}

/** The same incomes reduced by an amount, the highest rate first. A stated tax is reduced in proportion. */
export function lessSpecial(items: readonly SpecialRateIncome[], amount: Rupees): readonly SpecialRateIncome[] {
  let rest = amount;
  return byRate(items).map((item) => {
    const taken = least(rest, item.income);
    rest = subtractRupees(rest, taken);
    const income = subtractRupees(item.income, taken);
    return "tax" in item ? { ...item, income, tax: shareOf(item.tax, income, item.income) } : { ...item, income };
  });
}

export function sumOfSpecial(items: readonly SpecialRateIncome[]): Rupees {
  return addRupees(...items.map(({ income }) => income));
}

function byRate(items: readonly SpecialRateIncome[]): readonly SpecialRateIncome[] {
  const rate = (item: SpecialRateIncome) => ("tax" in item ? 0 : item.ratePercent);
  return items.toSorted((one, other) => rate(other) - rate(one));
}

function least(one: Rupees, other: Rupees): Rupees {
  return one < other ? one : other;
}
