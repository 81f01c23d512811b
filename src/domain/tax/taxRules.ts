import { addRupees, rupees, subtractRupees, zeroRupees, type Rupees } from "../rupees";
import type { IncomeYear } from "../taxPeriod";
import { percentOf, roundToRupee, shareOf } from "./percent";
import {
  sumOfSpecial,
  taxOnSpecial,
  type SpecialRateIncome,
  type SpecialSection,
  type SpecialTax,
  lessSpecial,
} from "./specialRates";
import { rulesOf, type AgeTier, type KnownRegime, type RegimeRules, type Slab } from "./taxTables";

/** From the tax on total income to the total payable, in the order of a return. */
export interface TaxComputation {
  readonly taxOnTotalIncome: Rupees | null;
  readonly rebate: Rupees | null;
  readonly surcharge: Rupees | null;
  readonly cess: Rupees | null;
  readonly grossTaxLiability: Rupees | null;
  readonly relief: Rupees | null;
  readonly netTaxLiability: Rupees | null;
  readonly interest: Rupees | null;
  readonly lateFilingFee: Rupees | null;
  readonly totalPayable: Rupees | null;
}

export interface TaxBasis {
  readonly incomeYear: IncomeYear;
  readonly regime: KnownRegime;
  /** Counts in the old regime only, and for residents only. */
  readonly ageTier?: AgeTier;
}

/** The rebate is for resident individuals. Residents and families use the rest of the exemption for gains. */
export type TaxpayerKind = "RESIDENT_INDIVIDUAL" | "RESIDENT_FAMILY" | "NON_RESIDENT";

export interface TaxedIncome extends TaxBasis {
  readonly totalIncome: Rupees;
  /** Within the total income. */
  readonly special?: readonly SpecialRateIncome[];
  /** Within the total income, and taxed by the slabs. */
  readonly dividend?: Rupees;
  /** Not part of the total income. It is not taxed, but raises the rate of the rest. */
  readonly agriculturalIncome?: Rupees;
  readonly taxpayer?: TaxpayerKind;
  /** False: as the Department's utility computes the new regime, without a rebate on tax at special rates. */
  readonly rebatesSpecialRates?: boolean;
  readonly lateFilingFee?: Rupees;
}

const cessPercent = 4;
const leastAgriculturalIncome = rupees(5_000);
/** The Finance Acts name section 112 among the capped gains from here on. */
const firstYearWith112Capped = 2022;

/** The tax by the slabs alone: before rebate, surcharge and cess. */
export function slabTax(income: Rupees, basis: TaxBasis, agriculturalIncome = zeroRupees): Rupees {
  return taxBySlabs(income, rules(basis), agriculturalIncome);
}

export function standardDeduction(basis: TaxBasis): Rupees {
  return rules(basis).standardDeduction;
}

/** Income up to this amount is not taxed. */
export function basicExemption(basis: TaxBasis): Rupees {
  return exemptionOf(rules(basis));
}

/** From the total income to the total payable, each step in whole rupees as in a return. Without interest. */
export function computeTax(income: TaxedIncome): TaxComputation {
  const { lateFilingFee = zeroRupees } = income;
  const known = rules(income);
  const parts = partsOf(income);
  const taxes = taxesOn(parts, income, known);
  const taxOnTotalIncome = roundToRupee(addRupees(taxes.onSlabs, ...taxes.onSpecial.map(({ tax }) => tax)));
  const rebate = roundToRupee(rebateOf(income, taxes, known));
  const afterRebate = subtractRupees(taxOnTotalIncome, rebate);
  const surcharge = roundToRupee(
    surchargeOf(parts, known.surcharges, (at) => taxParts(at, taxesOn(at, income, known), income)),
  );
  const cess = roundToRupee(percentOf(addRupees(afterRebate, surcharge), cessPercent));
  const grossTaxLiability = addRupees(afterRebate, surcharge, cess);
  return {
    taxOnTotalIncome,
    rebate,
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

/** The tax on each income that has a rate of its own, as Schedule SI lists it. */
export function taxedAtSpecialRates(income: TaxedIncome): readonly SpecialTax[] {
  const { onSpecial } = taxesOn(partsOf(income), income, rules(income));
  return onSpecial.map((line) => ({ ...line, tax: roundToRupee(line.tax) }));
}

function rules({ incomeYear, regime, ageTier = "BELOW_60" }: TaxBasis): RegimeRules {
  return rulesOf(incomeYear, regime, ageTier);
}

function partsOf({ totalIncome, special = [], dividend = zeroRupees, incomeYear }: TaxedIncome): IncomeParts {
  const onSlabs = Math.max(0, subtractRupees(totalIncome, sumOfSpecial(special))) as Rupees;
  return {
    onSlabs,
    dividend: Math.min(dividend, onSlabs) as Rupees,
    cappedGains: special.filter(({ section }) => isCapped(section, incomeYear)),
    otherSpecial: special.filter(({ section }) => !isCapped(section, incomeYear)),
  };
}

function isCapped(section: SpecialSection, incomeYear: IncomeYear): boolean {
  return section === "111A" || section === "112A" || (section === "112" && incomeYear >= firstYearWith112Capped);
}

interface Taxes {
  readonly onSlabs: Rupees;
  readonly onSpecial: readonly SpecialTax[];
}

function taxesOn(
  { onSlabs, cappedGains, otherSpecial }: IncomeParts,
  { incomeYear, agriculturalIncome = zeroRupees, taxpayer }: TaxedIncome,
  known: RegimeRules,
): Taxes {
  const exemption = taxpayer === "NON_RESIDENT" ? zeroRupees : exemptionOf(known);
  const unusedExemption = onSlabs < exemption ? subtractRupees(exemption, onSlabs) : zeroRupees;
  return {
    onSlabs: taxBySlabs(onSlabs, known, agriculturalIncome),
    // Of two gains with one rate, the one with the higher surcharge comes first, and uses the exemption first.
    onSpecial: taxOnSpecial([...otherSpecial, ...cappedGains], { unusedExemption, incomeYear }),
  };
}

/** The slabs do not tax a dividend separately: its share of the tax is its share of the income. */
function taxParts(income: IncomeParts, { onSlabs, onSpecial }: Taxes, { incomeYear }: TaxedIncome): TaxParts {
  const onDividend = shareOf(onSlabs, income.dividend, income.onSlabs);
  const special = (isOf: (section: SpecialSection) => boolean) => sumWhere(onSpecial, isOf);
  return {
    ordinary: addRupees(
      subtractRupees(onSlabs, onDividend),
      special((section) => !isCapped(section, incomeYear) && section !== "115BBE"),
    ),
    capped: addRupees(
      onDividend,
      special((section) => isCapped(section, incomeYear)),
    ),
    unexplained: special((section) => section === "115BBE"),
  };
}

/** Farm income fills the lower slabs, so the total income is taxed in higher ones. */
function taxBySlabs(income: Rupees, known: RegimeRules, agriculturalIncome: Rupees): Rupees {
  const { slabs } = known;
  if (agriculturalIncome <= leastAgriculturalIncome) return plainTax(income, slabs);
  const together = plainTax(addRupees(income, agriculturalIncome), slabs);
  const rebate = plainTax(addRupees(exemptionOf(known), agriculturalIncome), slabs);
  return together > rebate ? subtractRupees(together, rebate) : zeroRupees;
}

function plainTax(income: Rupees, slabs: readonly Slab[]): Rupees {
  const taxes = slabs.map(({ above, percent }, at) => {
    const top = Math.min(income, slabs[at + 1]?.above ?? income) as Rupees;
    return top > above ? percentOf(subtractRupees(top, above), percent) : zeroRupees;
  });
  return addRupees(...taxes);
}

function exemptionOf({ slabs }: RegimeRules): Rupees {
  return slabs[0]?.above ?? zeroRupees;
}

/** The rebate of section 87A. It never touches the tax on gains of section 112A. */
function rebateOf(income: TaxedIncome, { onSlabs, onSpecial }: Taxes, { rebate }: RegimeRules): Rupees {
  const { totalIncome, taxpayer = "RESIDENT_INDIVIDUAL", rebatesSpecialRates = true } = income;
  if (taxpayer !== "RESIDENT_INDIVIDUAL") return zeroRupees;
  const withSpecial = addRupees(
    onSlabs,
    sumWhere(onSpecial, (section) => section !== "112A"),
  );
  const isByTheText = rebatesSpecialRates || rebate.specialRates === "REBATED";
  const mostRebated = isByTheText && rebate.specialRates !== "NOT_REBATED" ? withSpecial : onSlabs;
  if (totalIncome <= rebate.upTo) return Math.min(mostRebated, rebate.most) as Rupees;
  if (!rebate.isRelievedAbove) return zeroRupees;
  // The tax may not exceed the income above the limit. Since 2025-26 the relief is at most the tax by the slabs.
  const above = subtractRupees(totalIncome, rebate.upTo);
  const payable = isByTheText ? withSpecial : onSlabs;
  return payable > above ? (Math.min(subtractRupees(payable, above), mostRebated) as Rupees) : zeroRupees;
}

function sumWhere(taxes: Taxes["onSpecial"], isOf: (section: SpecialSection) => boolean): Rupees {
  return addRupees(...taxes.filter(({ section }) => isOf(section)).map(({ tax }) => tax));
}

/** A total income in the parts that its surcharge depends on. */
interface IncomeParts {
  /** Taxed by the slabs. */
  readonly onSlabs: Rupees;
  /** Within `onSlabs`. */
  readonly dividend: Rupees;
  /** Gains whose surcharge is capped: sections 111A and 112A, and 112 since the income of 2022-23. */
  readonly cappedGains: readonly SpecialRateIncome[];
  readonly otherSpecial: readonly SpecialRateIncome[];
}

/** The tax on those parts. */
interface TaxParts {
  readonly ordinary: Rupees;
  /** On dividends and capped gains. */
  readonly capped: Rupees;
  /** On unexplained income, section 115BBE, whose surcharge is always the same. */
  readonly unexplained: Rupees;
}

/** The highest surcharge on dividends and capital gains. Steps above it do not count them. */
const cappedPercent = 15;
const percentOnUnexplained = 25;

/**
 * The surcharge on a large income's tax. Just above each step, tax and surcharge together may not grow by more than the
 * income above the step; the excess is relieved.
 */
function surchargeOf(income: IncomeParts, steps: readonly Slab[], taxOf: (income: IncomeParts) => TaxParts): Rupees {
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

/** The income exactly at a step. The excess is taken from the income in slabs first, then from the rest. */
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
