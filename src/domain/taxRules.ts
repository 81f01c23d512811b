import type { TaxComputation } from "./filing";
import { percentOf, roundToRupee } from "./percent";
import { addRupees, subtractRupees, zeroRupees, type Rupees } from "./rupees";
import { surchargeOf } from "./surcharge";
import type { IncomeYear } from "./taxPeriod";
import { rulesOf, type AgeTier, type KnownRegime, type RegimeRules, type Slab } from "./taxTables";

export interface TaxBasis {
  readonly incomeYear: IncomeYear;
  readonly regime: KnownRegime;
  /** Counts in the old regime only, and for residents only. */
  readonly ageTier?: AgeTier;
}

/** The part of a total income that has rates of its own, such as capital gains, and the tax on it. */
export interface SpecialRateIncome {
  readonly income: Rupees;
  readonly tax: Rupees;
}

export interface TaxedIncome extends TaxBasis {
  readonly totalIncome: Rupees;
  /** Within the total income. */
  readonly special?: SpecialRateIncome;
  /** Section 87A is for resident individuals: a family, a company and a non-resident have no rebate. */
  readonly hasRebate?: boolean;
  readonly lateFilingFee?: Rupees;
}

const cessPercent = 4;

/** The tax by the slabs alone: before rebate, surcharge and cess. */
export function slabTax(totalIncome: Rupees, basis: TaxBasis): Rupees {
  return taxBySlabs(totalIncome, rules(basis).slabs);
}

export function standardDeduction(basis: TaxBasis): Rupees {
  return rules(basis).standardDeduction;
}

/** Up to here nothing is taxed. */
export function basicExemption(basis: TaxBasis): Rupees {
  return rules(basis).slabs[0]?.above ?? zeroRupees;
}

/** From the total income to all that is payable, each step in whole rupees as a return prints it. Interest is not reckoned. */
export function computeTax(income: TaxedIncome): TaxComputation {
  const { totalIncome, special = { income: zeroRupees, tax: zeroRupees }, lateFilingFee = zeroRupees } = income;
  const known = rules(income);
  const onSlabs = taxBySlabs(subtractRupees(totalIncome, special.income), known.slabs);
  const rebate = income.hasRebate === false ? zeroRupees : rebateOf(totalIncome, onSlabs, known);
  const taxOnTotalIncome = roundToRupee(addRupees(onSlabs, special.tax));
  const wholeRebate = roundToRupee(rebate);
  const afterRebate = subtractRupees(taxOnTotalIncome, wholeRebate);
  const surcharge = roundToRupee(
    surchargeOf(totalIncome, special, known.surcharges, (atIncome) => taxBySlabs(atIncome, known.slabs)),
  );
  const cess = roundToRupee(percentOf(addRupees(afterRebate, surcharge), cessPercent));
  const grossTaxLiability = addRupees(afterRebate, surcharge, cess);
  return {
    taxOnTotalIncome,
    rebate: wholeRebate,
    surcharge,
    cess,
    grossTaxLiability,
    relief: zeroRupees,
    netTaxLiability: grossTaxLiability,
    interest: zeroRupees,
    lateFilingFee,
    totalPayable: addRupees(grossTaxLiability, lateFilingFee),
  };
}

function rules({ incomeYear, regime, ageTier = "BELOW_60" }: TaxBasis): RegimeRules {
  return rulesOf(incomeYear, regime, ageTier);
}

function taxBySlabs(income: Rupees, slabs: readonly Slab[]): Rupees {
  const taxes = slabs.map(({ above, percent }, at) => {
    const top = Math.min(income, slabs[at + 1]?.above ?? income) as Rupees;
    return top > above ? percentOf(subtractRupees(top, above), percent) : zeroRupees;
  });
  return addRupees(...taxes);
}

/** The rebate of section 87A. It never touches the tax at special rates. */
function rebateOf(totalIncome: Rupees, onSlabs: Rupees, { rebate }: RegimeRules): Rupees {
  if (totalIncome <= rebate.upTo) return Math.min(onSlabs, rebate.most) as Rupees;
  if (!rebate.isRelievedAbove) return zeroRupees;
  const above = subtractRupees(totalIncome, rebate.upTo);
  return onSlabs > above ? subtractRupees(onSlabs, above) : zeroRupees;
}
