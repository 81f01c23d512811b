import {
  type ReturnForm,
  type TaxComputation,
  lateFilingFee,
  type FilerGroup,
  totalOfHeads,
  type IncomeHeads,
  percentOf,
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
  type TaxBasis,
  type TaxpayerKind,
  type SpecialRateIncome,
  type AgeTier,
  type CalendarDate,
} from "../../domain";
import type { Facts, YearIncome } from "./facts";

/** A year's return as it must come out: heads, total and tax. */
interface Reckoning {
  readonly basis: TaxBasis & { readonly ageTier: AgeTier };
  readonly heads: IncomeHeads;
  readonly grossTotalIncome: Rupees;
  readonly deductions: Rupees;
  readonly totalIncome: Rupees;
  readonly tax: TaxComputation;
}

const none = zeroRupees;
const mostInterestOnSavingsFree = rupees(10_000);
const mostInterestOfSeniorsFree = rupees(50_000);
const fiftyLakh = rupees(5_000_000);

export function reckon(
  facts: Facts,
  incomeYear: IncomeYear,
  income: YearIncome,
  filing?: { readonly filedOn: CalendarDate; readonly dueOn: CalendarDate },
): Reckoning {
  const ageTier = ageTierOf(facts, incomeYear);
  const basis = { incomeYear, regime: facts.regime(incomeYear), ageTier };
  const heads = headsOf(income, basis);
  const grossTotalIncome = totalOfHeads(heads) ?? none;
  const deductions = basis.regime === "OLD" ? least(deductionsOf(income, ageTier), grossTotalIncome) : none;
  const totalIncome = roundToTen(subtractRupees(grossTotalIncome, deductions));
  const incomes = { incomeYear, totalIncome, incomeBeforeDeductions: grossTotalIncome };
  const fee = filing ? lateFilingFee({ ...filing, ...incomes, basicExemption: basicExemption(basis) }) : none;
  const tax = computeTax({
    ...basis,
    totalIncome,
    special: specialRateIncome(income, incomeYear),
    taxpayer: taxpayerOf(facts),
    lateFilingFee: fee,
  });
  return { basis, heads, grossTotalIncome, deductions, totalIncome, tax };
}

function headsOf(income: YearIncome, basis: TaxBasis): IncomeHeads {
  const { salary = none, rent, presumptive, businessProfit = none } = income;
  const { savingsInterest = none, depositInterest = none, dividend = none } = income;
  // Three tenths of the rent are taken for repairs, whatever they cost.
  const house = rent ? subtractRupees(percentOf(rent.received, 70), rent.loanInterest) : none;
  const presumed = presumptive ? percentOf(presumptive.receipts, presumptive.profitPercent) : none;
  return {
    salary: subtractRupees(salary, least(salary, standardDeduction(basis))),
    houseProperty: mostLossSetOff(house, basis),
    businessOrProfession: addRupees(presumed, businessProfit),
    capitalGains: addRupees(income.shortTermGains ?? none, income.longTermGains ?? none),
    otherSources: addRupees(savingsInterest, depositInterest, dividend),
  };
}

/** A house's loss lowers other income by two lakh at most, and not at all in the new regime. */
function mostLossSetOff(house: Rupees, { regime }: TaxBasis): Rupees {
  const mostLoss = regime === "OLD" ? negateRupees(rupees(200_000)) : none;
  return Math.max(house, mostLoss) as Rupees;
}

function deductionsOf(
  { investments = none, savingsInterest = none, depositInterest = none }: YearIncome,
  tier: AgeTier,
) {
  const onInterest =
    tier === "BELOW_60"
      ? least(savingsInterest, mostInterestOnSavingsFree)
      : least(addRupees(savingsInterest, depositInterest), mostInterestOfSeniorsFree);
  return addRupees(investments, onInterest);
}

/** Gains on listed shares. Those of 2024-25 are all taken to lie after 23 July 2024, when the rates rose. */
function specialRateIncome(income: YearIncome, incomeYear: IncomeYear): readonly SpecialRateIncome[] {
  const { shortTermGains = none, longTermGains = none } = income;
  const isRaised = incomeYear >= 2024;
  return [
    { section: "111A", income: shortTermGains, ratePercent: isRaised ? 20 : 15 },
    { section: "112A", income: longTermGains, ratePercent: isRaised ? 12.5 : 10 },
  ];
}

export function formOf(facts: Facts, income: YearIncome, totalIncome: Rupees): ReturnForm {
  if (facts.holder === "COMPANY") return "ITR_6";
  const isPlain = isResident(facts) && totalIncome <= fiftyLakh && !income.shortTermGains && !income.longTermGains;
  if (income.businessProfit) return "ITR_3";
  if (income.presumptive) return isPlain ? "ITR_4" : "ITR_3";
  return isPlain && facts.holder !== "FAMILY" ? "ITR_1" : "ITR_2";
}

export function filerGroupOf(facts: Facts, income: YearIncome): FilerGroup {
  if (facts.holder === "COMPANY") return "AUDIT";
  return income.businessProfit || income.presumptive ? "BUSINESS" : "INDIVIDUAL";
}

function ageTierOf(facts: Facts, incomeYear: IncomeYear): AgeTier {
  if (!isResidentIndividual(facts)) return "BELOW_60";
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

function least(one: Rupees, other: Rupees): Rupees {
  return one < other ? one : other;
}
