import { percentOf } from "./percent";
import { addRupees, subtractRupees, zeroRupees, type Rupees } from "./rupees";
import type { Slab } from "./taxTables";

interface SpecialTax {
  readonly income: Rupees;
  readonly tax: Rupees;
}

/** On capital gains at special rates the surcharge goes no higher. */
const mostPercentOnGains = 15;

/**
 * The surcharge on a large income's tax. Just above each step, tax and surcharge together may not grow by more than the
 * income above the step; what would be more is relieved.
 */
export function surchargeOf(
  totalIncome: Rupees,
  special: SpecialTax,
  steps: readonly Slab[],
  taxOnSlabs: (income: Rupees) => Rupees,
): Rupees {
  const at = steps.findLastIndex(({ above }) => totalIncome > above);
  const step = steps[at];
  if (step === undefined) return zeroRupees;
  const onSlabs = taxOnSlabs(subtractRupees(totalIncome, special.income));
  const full = surchargeAt(step.percent, onSlabs, special.tax);

  const slabIncomeAtStep = Math.max(0, subtractRupees(step.above, special.income)) as Rupees;
  const onSlabsAtStep = taxOnSlabs(slabIncomeAtStep);
  const surchargeAtStep = surchargeAt(steps[at - 1]?.percent ?? 0, onSlabsAtStep, special.tax);
  const above = subtractRupees(totalIncome, step.above);
  const mostWithRelief = subtractRupees(addRupees(onSlabsAtStep, surchargeAtStep, above), onSlabs);
  return Math.max(0, Math.min(full, mostWithRelief)) as Rupees;
}

function surchargeAt(percent: number, onSlabs: Rupees, onGains: Rupees): Rupees {
  return addRupees(percentOf(onSlabs, percent), percentOf(onGains, Math.min(percent, mostPercentOnGains)));
}
