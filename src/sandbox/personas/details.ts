import {
  addRupees,
  incomeHeadNames,
  negateRupees,
  percentOf,
  roundToRupee,
  rupees,
  subtractRupees,
  zeroRupees,
  type BusinessIncome,
  type CapitalGain,
  type CapitalGains,
  type CarriedLoss,
  type Deduction,
  type Filing,
  type IncomeYear,
  type Losses,
  type OtherIncome,
  type ReturnDetails,
  type Rupees,
  type SalaryIncome,
} from "../../domain";
import type { Facts, YearIncome } from "./facts";
import { carriedLossesOf, deductionsOf, gainOnLand, hasBusiness, type ComputedReturn } from "./computedReturn";
import { deductors, withholdingsOf } from "./withholding";

const none = zeroRupees;
const firstYearOfSimpleGains = 2024;

interface ReturnToDetail {
  readonly facts: Facts;
  readonly income: YearIncome;
  readonly computed: ComputedReturn;
  readonly form: Filing["form"];
}

/** The schedules of a return. An empty list says that the return has none. */
export function detailsOf({ facts, income, computed, form }: ReturnToDetail): ReturnDetails {
  const { basis, deductions } = computed;
  const { incomeYear, regime, ageTier } = basis;
  const isSimple = form === "ITR_1" || form === "ITR_4";
  const farming = income.agriculturalIncome ?? none;
  return {
    salaries: salariesOf({ ...facts, income: () => ({ ...income, undeclared: undefined }) }, incomeYear),
    houseProperties: housesOf(income, computed),
    business: businessOf(income, computed, facts),
    capitalGains: isSimple && incomeYear < firstYearOfSimpleGains ? undefined : gainsOf(income, incomeYear),
    losses: lossesOf(facts, income, computed),
    otherIncome: otherIncomeOf(income),
    agriculturalIncome: farming,
    // A partner's share of the profit is exempt, because the firm pays the tax on it.
    exemptIncome: addRupees(farming, income.fromFirm?.profitShare ?? none),
    deductionsBySection: regime === "OLD" ? allowedUpTo(deductions, deductionsOf(income, ageTier)) : [],
  };
}

/** As the employers report them that the return tells. */
function salariesOf(facts: Facts, incomeYear: IncomeYear): readonly SalaryIncome[] {
  const lines = withholdingsOf(facts, incomeYear).filter(({ credit }) => credit.section === "192");
  const byEmployer = Map.groupBy(lines, ({ deductor }) => deductor);
  return [...byEmployer].map(([{ name, tan }, ofEmployer]) => ({
    employer: name,
    tan,
    gross: addRupees(...ofEmployer.map(({ credit }) => credit.amountPaid)),
    taxDeducted: addRupees(...ofEmployer.map(({ credit }) => credit.taxDeposited)),
  }));
}

function housesOf({ rent }: YearIncome, { heads }: ComputedReturn): ReturnDetails["houseProperties"] {
  if (rent === undefined) return [];
  const { received: grossRent, loanInterest: interestOnLoan } = rent;
  return [{ use: "LET_OUT", grossRent, interestOnLoan, income: heads.houseProperty }];
}

const noAccounts = {
  turnover: null,
  grossProfit: null,
  netProfit: null,
  taxOnProfit: null,
  depreciation: null,
  interestPaid: null,
  partnerships: [],
} as const satisfies BusinessIncome;

function businessOf(income: YearIncome, { tax }: ComputedReturn, { holder }: Facts): BusinessIncome | undefined {
  if (!hasBusiness(income)) return undefined;
  const { presumptive, businessProfit, fromFirm, gstTurnover } = income;
  const partnerships = fromFirm ? [{ firm: deductors.firm.name, ...fromFirm }] : [];
  if (presumptive) {
    const presumptiveSection = presumptive.isProfession ? "44ADA" : "44AD";
    return { ...noAccounts, turnover: presumptive.receipts, presumptiveSection, partnerships };
  }
  if (businessProfit === undefined) return { ...noAccounts, partnerships };
  // A trader in derivatives turns over far more than the profit or the loss.
  const turnover = gstTurnover ?? rupees(Math.abs(businessProfit / 100) * 12);
  const ofTurnover = (percent: number) => roundToRupee(percentOf(turnover, percent));
  const [depreciation, interestPaid, otherCosts] = [ofTurnover(1), ofTurnover(0.5), ofTurnover(4)];
  return {
    turnover,
    grossProfit: addRupees(businessProfit, depreciation, interestPaid, otherCosts),
    netProfit: businessProfit,
    taxOnProfit: holder === "FIRM" ? tax.netTaxLiability : none,
    depreciation,
    interestPaid,
    partnerships,
  };
}

/** The rates that specialRateIncome has, too. Gains on virtual assets are neither of the two sums. */
function gainsOf(income: YearIncome, incomeYear: IncomeYear): CapitalGains {
  const { shortTermGains = none, longTermGains = none, landSold, virtualAssets } = income;
  const isChanged = incomeYear >= 2024;
  const onLand = landSold ? gainOnLand(landSold) : none;
  const gains: readonly CapitalGain[] = [
    { term: "SHORT", section: "111A", ratePercent: isChanged ? 20 : 15, amount: shortTermGains },
    { term: "LONG", section: "112A", ratePercent: isChanged ? 12.5 : 10, amount: longTermGains },
    { term: "LONG", section: "112", ratePercent: isChanged ? 12.5 : 20, amount: onLand },
    { term: "SHORT", section: "115BBH", ratePercent: 30, amount: virtualAssets?.gain ?? none },
  ];
  return {
    shortTerm: shortTermGains,
    longTerm: addRupees(longTermGains, onLand),
    exemptions: landSold?.exempt ?? none,
    gains: gains.filter(({ amount }) => amount > none),
  };
}

function lossesOf(facts: Facts, income: YearIncome, { heads, basis }: ComputedReturn): Losses {
  const entries: readonly CarriedLoss[] = carriedLossesOf(facts, basis.incomeYear);
  const negatives = incomeHeadNames.map((name) => heads[name] ?? none).filter((head) => head < none);
  const ownLoss = entries.find(({ incomeYear }) => incomeYear === basis.incomeYear)?.amount ?? none;
  return {
    setOffThisYear: subtractRupees(negateRupees(addRupees(...negatives)), ownLoss),
    broughtForwardSetOff: income.lossSetOff ?? none,
    carriedForward: addRupees(...entries.map(({ amount }) => amount)),
    entries,
  };
}

/** A family pension is listed in full. The head of income has it less its exempt part. */
function otherIncomeOf(income: YearIncome): readonly OtherIncome[] {
  const { savingsInterest = none, depositInterest = none, dividend = none, familyPension = none } = income;
  const all: readonly OtherIncome[] = [
    { kind: "INTEREST", amount: addRupees(savingsInterest, depositInterest) },
    { kind: "DIVIDEND", amount: dividend },
    { kind: "FAMILY_PENSION", amount: familyPension },
  ];
  return all.filter(({ amount }) => amount > none);
}

/** Deductions never exceed the income: the last ones are cut. */
function allowedUpTo(most: Rupees, claims: readonly { section: string; claimed: Rupees }[]): readonly Deduction[] {
  let left = most;
  return claims.map(({ section, claimed }) => {
    const allowed = claimed < left ? claimed : left;
    left = subtractRupees(left, allowed);
    return { section, claimed, allowed };
  });
}
