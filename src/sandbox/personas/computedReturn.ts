import {
  type ReturnForm,
  type TaxComputation,
  lateFilingFee,
  type FilerGroup,
  totalOfHeads,
  type IncomeHeads,
  percentOf,
  roundToRupee,
  roundToTen,
  addRupees,
  negateRupees,
  rupees,
  subtractRupees,
  zeroRupees,
  type Rupees,
  type IncomeYear,
  basicExemption,
  computeTax,
  standardDeduction,
  taxedAtSpecialRates,
  type TaxBasis,
  type TaxedIncome,
  type TaxpayerKind,
  type SpecialRateIncome,
  type SpecialTax,
  type AgeTier,
  type CalendarDate,
  type CarriedLoss,
} from "../../domain";
import type { Facts, YearIncome } from "./facts";

/** A year's return as it must come out: heads, total and tax. */
export interface ComputedReturn {
  readonly basis: TaxBasis & { readonly ageTier: AgeTier };
  readonly heads: IncomeHeads;
  readonly grossTotalIncome: Rupees;
  readonly deductions: Rupees;
  readonly totalIncome: Rupees;
  readonly tax: TaxComputation;
  /** The lines of Schedule SI. */
  readonly specialRates: readonly SpecialTax[];
}

/** Nothing is known of earlier years. */
export const firstKnownYear = 2020;

const none = zeroRupees;
const mostInterestOnSavingsFree = rupees(10_000);
const mostInterestOfSeniorsFree = rupees(50_000);
const fiftyLakh = rupees(5_000_000);
const mostFarmIncomeOfSimpleForms = rupees(5_000);

export function computeReturn(
  facts: Facts,
  incomeYear: IncomeYear,
  income: YearIncome,
  filing?: { readonly filedOn: CalendarDate; readonly dueOn: CalendarDate },
): ComputedReturn {
  const ageTier = ageTierOf(facts, incomeYear);
  const basis = { incomeYear, regime: facts.regime(incomeYear), ageTier };
  const heads = headsOf(income, basis);
  const grossTotalIncome = grossOf(heads, income.lossSetOff ?? none);
  const claimed =
    basis.regime === "OLD" ? addRupees(...deductionsOf(income, ageTier).map((each) => each.claimed)) : none;
  const deductions = least(claimed, grossTotalIncome);
  const totalIncome = roundToTen(subtractRupees(grossTotalIncome, deductions));
  const incomes = { incomeYear, totalIncome, incomeBeforeDeductions: grossTotalIncome };
  const fee = filing ? lateFilingFee({ ...filing, ...incomes, basicExemption: basicExemption(basis) }) : none;
  const taxed: TaxedIncome = {
    ...basis,
    totalIncome,
    special: specialRateIncome(income, incomeYear),
    dividend: income.dividend ?? none,
    agriculturalIncome: income.agriculturalIncome ?? none,
    taxpayer: taxpayerOf(facts),
    lateFilingFee: fee,
  };
  const tax = facts.holder === "FIRM" ? taxOfFirm(totalIncome, fee) : computeTax(taxed);
  const specialRates = taxedAtSpecialRates(taxed).toSorted((one, other) => placeOf(one) - placeOf(other));
  return { basis, heads, grossTotalIncome, deductions, totalIncome, tax, specialRates };
}

const sectionsInOrder = ["111A", "112A", "112"];

/** In the order of Schedule CG; gains on virtual assets come last. */
function placeOf({ section }: SpecialTax): number {
  const at = sectionsInOrder.indexOf(section);
  return at < 0 ? sectionsInOrder.length : at;
}

/** The incomes of the cast's firm stay below the crore where its surcharge begins. */
function taxOfFirm(totalIncome: Rupees, lateFilingFee: Rupees): TaxComputation {
  const taxOnTotalIncome = roundToRupee(percentOf(totalIncome, 30));
  const cess = roundToRupee(percentOf(taxOnTotalIncome, 4));
  const netTaxLiability = addRupees(taxOnTotalIncome, cess);
  return {
    taxOnTotalIncome,
    rebate: none,
    surcharge: none,
    cess,
    grossTaxLiability: netTaxLiability,
    relief: none,
    netTaxLiability,
    interest: none,
    lateFilingFee,
    totalPayable: addRupees(netTaxLiability, lateFilingFee),
  };
}

/** What is left of the business losses of this year and earlier ones. The oldest loss is set off first. */
export function carriedLossesOf(facts: Facts, incomeYear: IncomeYear): readonly CarriedLoss[] {
  let left: readonly (CarriedLoss & { readonly incomeYear: IncomeYear })[] = [];
  const first = facts.firstYear ?? firstKnownYear;
  for (let year = first; year <= incomeYear; year += 1) {
    const income = facts.income(year as IncomeYear);
    let toSetOff = income.lossSetOff ?? none;
    left = left.map((loss) => {
      const used = least(loss.amount, toSetOff);
      toSetOff = subtractRupees(toSetOff, used);
      return { ...loss, amount: subtractRupees(loss.amount, used) };
    });
    const ownLoss = unusedLossOf(facts, year as IncomeYear, income);
    left = [...left, { head: "BUSINESS", incomeYear: year as IncomeYear, amount: ownLoss }];
  }
  return left.filter(({ amount }) => amount > none);
}

/** A year's loss in business, less the other income that it is set off against. A salary is none of that. */
function unusedLossOf(facts: Facts, incomeYear: IncomeYear, income: YearIncome): Rupees {
  const basis = { incomeYear, regime: facts.regime(incomeYear) };
  const { businessOrProfession, houseProperty, capitalGains, otherSources } = headsOf(income, basis);
  if (businessOrProfession === null || businessOrProfession >= none) return none;
  const others = [houseProperty, capitalGains, otherSources].map((head) => above(head ?? none, none));
  const setOff = addRupees(...others);
  return above(negateRupees(businessOrProfession), setOff);
}

/** A business loss lowers all income but the salary. The rest of it lowers no other year here. */
function grossOf(heads: IncomeHeads, lossSetOff: Rupees): Rupees {
  const { salary, businessOrProfession: business } = heads;
  const total = totalOfHeads(heads) ?? none;
  if (business === null || business >= none) return subtractRupees(total, lossSetOff);
  const own = salary ?? none;
  return total > own ? total : own;
}

function headsOf(income: YearIncome, basis: TaxBasis): IncomeHeads {
  const { salary = none, secondSalary = none, rent, presumptive, businessProfit = none, fromFirm } = income;
  const { savingsInterest = none, depositInterest = none, dividend = none } = income;
  const { landSold, virtualAssets } = income;
  const wages = addRupees(salary, secondSalary);
  // 30 % of the rent is deducted for repairs, at any real cost.
  const house = rent ? subtractRupees(percentOf(rent.received, 70), rent.loanInterest) : none;
  const presumed = presumptive ? percentOf(presumptive.receipts, presumptive.profitPercent) : none;
  const paidByFirm = fromFirm ? addRupees(fromFirm.remuneration, fromFirm.interest) : none;
  return {
    salary: subtractRupees(wages, least(wages, standardDeduction(basis))),
    houseProperty: mostLossSetOff(house, basis),
    businessOrProfession: addRupees(presumed, businessProfit, paidByFirm),
    capitalGains: addRupees(
      income.shortTermGains ?? none,
      income.longTermGains ?? none,
      landSold ? gainOnLand(landSold) : none,
      virtualAssets?.gain ?? none,
    ),
    otherSources: addRupees(savingsInterest, depositInterest, dividend, taxedFamilyPension(income, basis)),
  };
}

export function gainOnLand({ price, cost, exempt }: NonNullable<YearIncome["landSold"]>): Rupees {
  return subtractRupees(price, addRupees(cost, exempt));
}

/** A third is free, section 57(iia), up to a limit that Finance Act, 2024 raised for the new regime. */
function taxedFamilyPension({ familyPension = none }: YearIncome, { regime, incomeYear }: TaxBasis): Rupees {
  const mostFree = rupees(regime === "NEW" && incomeYear >= 2024 ? 25_000 : 15_000);
  return subtractRupees(familyPension, least(mostFree, rupees(Math.floor(familyPension / 300))));
}

/** A house's loss lowers other income by two lakh at most, and not at all in the new regime. */
function mostLossSetOff(house: Rupees, { regime }: TaxBasis): Rupees {
  const mostLoss = regime === "OLD" ? negateRupees(rupees(200_000)) : none;
  return Math.max(house, mostLoss) as Rupees;
}

interface Claim {
  readonly section: string;
  readonly claimed: Rupees;
}

const mostOf80C = rupees(150_000);

/** What the old regime lets a taxpayer deduct, section by section. */
export function deductionsOf(
  { investments = none, politicalDonation = none, savingsInterest = none, depositInterest = none }: YearIncome,
  tier: AgeTier,
): readonly Claim[] {
  const onInterest =
    tier === "BELOW_60"
      ? { section: "80TTA", claimed: least(savingsInterest, mostInterestOnSavingsFree) }
      : { section: "80TTB", claimed: least(addRupees(savingsInterest, depositInterest), mostInterestOfSeniorsFree) };
  const all = [
    { section: "80C", claimed: least(investments, mostOf80C) },
    { section: "80D", claimed: above(investments, mostOf80C) },
    { section: "80GGC", claimed: politicalDonation },
    onInterest,
  ];
  return all.filter(({ claimed }) => claimed > none);
}

/** Gains at rates of their own. Those of 2024-25 are all taken to lie after 23 July 2024, when the rates changed. */
function specialRateIncome(income: YearIncome, incomeYear: IncomeYear): readonly SpecialRateIncome[] {
  const { shortTermGains = none, longTermGains = none, landSold, virtualAssets } = income;
  const isChanged = incomeYear >= 2024;
  const all: readonly SpecialRateIncome[] = [
    { section: "111A", income: shortTermGains, ratePercent: isChanged ? 20 : 15 },
    { section: "112A", income: longTermGains, ratePercent: isChanged ? 12.5 : 10 },
    { section: "112", income: landSold ? gainOnLand(landSold) : none, ratePercent: isChanged ? 12.5 : 20 },
    { section: "OTHER", income: virtualAssets?.gain ?? none, ratePercent: 30 },
  ];
  return all.filter((each) => each.income > none);
}

export function formOf(facts: Facts, income: YearIncome, totalIncome: Rupees): ReturnForm {
  if (facts.holder === "COMPANY") return "ITR_6";
  if (facts.holder === "FIRM") return "ITR_5";
  const { shortTermGains, longTermGains, landSold, virtualAssets, agriculturalIncome = none } = income;
  const hasGains = [shortTermGains, longTermGains, landSold, virtualAssets].some(Boolean);
  const isPlain =
    isResident(facts) && totalIncome <= fiftyLakh && !hasGains && agriculturalIncome <= mostFarmIncomeOfSimpleForms;
  if (income.businessProfit || income.fromFirm) return "ITR_3";
  if (income.presumptive) return isPlain ? "ITR_4" : "ITR_3";
  return isPlain && facts.holder !== "FAMILY" ? "ITR_1" : "ITR_2";
}

/** A partner of an audited firm has the due date of the firm. */
export function filerGroupOf(facts: Facts, income: YearIncome): FilerGroup {
  if (facts.holder === "COMPANY" || facts.holder === "FIRM" || income.fromFirm) return "AUDIT";
  return hasBusiness(income) ? "BUSINESS" : "INDIVIDUAL";
}

export function hasBusiness({ businessProfit, presumptive, fromFirm }: YearIncome): boolean {
  return Boolean(businessProfit ?? presumptive ?? fromFirm);
}

export function ageTierOf(facts: Facts, incomeYear: IncomeYear): AgeTier {
  if (!isResidentIndividual(facts)) return "BELOW_60";
  // A person born on 1 April is a year older on 31 March.
  const bornBy = (years: number) => facts.bornOn <= `${incomeYear + 1 - years}-04-01`;
  if (bornBy(80)) return "FROM_80";
  return bornBy(60) ? "FROM_60" : "BELOW_60";
}

function taxpayerOf(facts: Facts): TaxpayerKind {
  if (!isResident(facts)) return "NON_RESIDENT";
  return facts.holder === "FAMILY" ? "RESIDENT_FAMILY" : "RESIDENT_INDIVIDUAL";
}

function isResidentIndividual(facts: Facts): boolean {
  return isResident(facts) && (facts.holder ?? "INDIVIDUAL") === "INDIVIDUAL";
}

function isResident(facts: Facts): boolean {
  return facts.residence !== "NRI";
}

export function above(amount: Rupees, other: Rupees): Rupees {
  return amount > other ? subtractRupees(amount, other) : zeroRupees;
}

function least(one: Rupees, other: Rupees): Rupees {
  return one < other ? one : other;
}
