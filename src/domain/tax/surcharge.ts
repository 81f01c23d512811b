import { percentOf } from "./percent";
import { addRupees, subtractRupees, zeroRupees, type Rupees } from "../rupees";
import { lessSpecial, sumOfSpecial, type SpecialRateIncome } from "./specialRates";
import type { Slab } from "./taxTables";

/** A total income in the parts that its surcharge depends on. */
export interface IncomeParts {
  /** Taxed by the slabs. */
  readonly onSlabs: Rupees;
  /** Within `onSlabs`. */
  readonly dividend: Rupees;
  /** Gains whose surcharge is capped: sections 111A and 112A, and 112 since the income of 2022-23. */
  readonly cappedGains: readonly SpecialRateIncome[];
  readonly otherSpecial: readonly SpecialRateIncome[];
}

/** The tax on those parts. */
export interface TaxParts {
  readonly ordinary: Rupees;
  /** On dividends and capped gains. */
  readonly capped: Rupees;
  /** On unexplained income, section 115BBE, whose surcharge is always the same. */
  readonly unexplained: Rupees;
}

/** On dividends and capital gains the surcharge goes no higher, and above it they count towards no step. */
const cappedPercent = 15;
const percentOnUnexplained = 25;

/**
 * The surcharge on a large income's tax. Just above each step, tax and surcharge together may not grow by more than the
 * income above the step; the excess is relieved.
 */
export function surchargeOf(
  income: IncomeParts,
  steps: readonly Slab[],
  taxOf: (income: IncomeParts) => TaxParts,
): Rupees {
  const tax = taxOf(income);
  const always = percentOf(tax.unexplained, percentOnUnexplained);
  const step = stepOf(income, steps);
  if (step === undefined) return always;
  const atStep = loweredTo(step, income);
  const taxAtStep = taxOf(atStep);
  const most = addRupees(
    totalTax(taxAtStep),
    surchargeAt(stepOf(atStep, steps)?.percent ?? 0, taxAtStep),
    subtractRupees(totalOf(income), totalOf(atStep)),
  );
  const relieved = Math.max(0, subtractRupees(most, totalTax(tax))) as Rupees;
  const full = surchargeAt(step.percent, tax);
  return addRupees(full < relieved ? full : relieved, always);
}

function stepOf(income: IncomeParts, steps: readonly Slab[]): Slab | undefined {
  return steps.findLast((step) => countedFor(step, income) > step.above);
}

/** The steps above the cap count neither dividends nor capped gains. */
function countedFor({ percent }: Slab, income: IncomeParts): Rupees {
  return percent > cappedPercent ? subtractRupees(totalOf(income), uncountedOf(income)) : totalOf(income);
}

function uncountedOf({ dividend, cappedGains }: IncomeParts): Rupees {
  return addRupees(dividend, sumOfSpecial(cappedGains));
}

/** The income just at a step: what lies above it is taken from the part by the slabs first, then from the rest. */
function loweredTo(step: Slab, income: IncomeParts): IncomeParts {
  let excess = subtractRupees(countedFor(step, income), step.above);
  const take = (most: Rupees): Rupees => {
    const taken = excess < most ? excess : most;
    excess = subtractRupees(excess, taken);
    return taken;
  };
  const fromSlabs = take(subtractRupees(income.onSlabs, income.dividend));
  const fromDividend = step.percent > cappedPercent ? zeroRupees : take(income.dividend);
  const otherSpecial = lessSpecial(income.otherSpecial, take(sumOfSpecial(income.otherSpecial)));
  return {
    onSlabs: subtractRupees(income.onSlabs, addRupees(fromSlabs, fromDividend)),
    dividend: subtractRupees(income.dividend, fromDividend),
    otherSpecial,
    cappedGains: lessSpecial(income.cappedGains, excess),
  };
}

function surchargeAt(percent: number, { ordinary, capped }: TaxParts): Rupees {
  return addRupees(percentOf(ordinary, percent), percentOf(capped, Math.min(percent, cappedPercent)));
}

function totalTax({ ordinary, capped }: TaxParts): Rupees {
  return addRupees(ordinary, capped);
}

function totalOf({ onSlabs, cappedGains, otherSpecial }: IncomeParts): Rupees {
  return addRupees(onSlabs, sumOfSpecial(cappedGains), sumOfSpecial(otherSpecial));
}
