import type { Filing } from "../filing";
import { addRupees, fromPaise, withinRupees, rupees, sumOfAll, zeroRupees, type Rupees } from "../rupees";
import type { InformationStatement, TaxCreditStatement } from "../statements";
import type { IncomeYear } from "../taxPeriod";
import { timesFactor } from "./expression";
import {
  dividendReported,
  gstTurnover,
  interestReported,
  receiptsPaid,
  salaryPaid,
  salesReported,
  taxDeposited,
  type Side,
} from "./statementSums";
import { mayHaveBusiness, mayHaveSalary, type YearReturn } from "./yearReturn";

export const crossCheckNames = [
  "SALARY_AGAINST_TAX_CREDITS",
  "TURNOVER_AGAINST_TAX_CREDITS",
  "TURNOVER_AGAINST_GST",
  "INTEREST_AGAINST_STATEMENT",
  "DIVIDEND_AGAINST_STATEMENT",
  "SALES_WITHOUT_GAINS",
  "TDS_CLAIM_AGAINST_DEPOSITS",
  "REFUND_SHARE",
  "DEDUCTION_SHARE",
  "DONATION_SHARE",
] as const;
export type CrossCheckName = (typeof crossCheckNames)[number];

export const crossCheckOutcomes = ["PASSED", "FLAGGED", "NOT_POSSIBLE"] as const;
export type CrossCheckOutcome = (typeof crossCheckOutcomes)[number];

export interface CrossCheck {
  readonly name: CrossCheckName;
  readonly incomeYear: IncomeYear;
  readonly outcome: CrossCheckOutcome;
  readonly left: Rupees | null;
  readonly right: Rupees | null;
  /** Without a sign; null where one side is not told. */
  readonly difference: Rupees | null;
  readonly tolerance: Rupees | null;
  readonly basis: readonly string[];
}

/** The statements of one year, where they are told. */
export interface YearStatements {
  readonly taxCredits?: TaxCreditStatement | undefined;
  readonly informationStatement?: InformationStatement | undefined;
}

/** What the return says and what others have reported, side by side. */
export function crossChecksOf(ofYear: YearReturn, statements: YearStatements): readonly CrossCheck[] {
  const { incomeYear } = ofYear.filing;
  return crossCheckNames.map((name) => {
    const { left, right, toleranceOf, isFlagged } = rules[name](ofYear, sidesOf(ofYear, statements));
    const about = { name, incomeYear, basis: [...new Set([...left.basis, ...right.basis])] };
    const compared = withinRupees(() => compare(left.amount, right.amount, toleranceOf, isFlagged), nothingToCompare);
    return { ...about, left: left.amount, right: right.amount, ...compared };
  });
}

type Compared = Pick<CrossCheck, "outcome" | "difference" | "tolerance">;

const nothingToCompare: Compared = { outcome: "NOT_POSSIBLE", difference: null, tolerance: null };

interface Rule {
  readonly left: Side;
  readonly right: Side;
  readonly toleranceOf: (left: Rupees, right: Rupees) => Rupees;
  readonly isFlagged: (left: Rupees, right: Rupees, tolerance: Rupees) => boolean;
}

function compare(
  left: Rupees | null,
  right: Rupees | null,
  toleranceOf: Rule["toleranceOf"],
  isFlagged: Rule["isFlagged"],
): Compared {
  if (left === null || right === null) return nothingToCompare;
  const tolerance = toleranceOf(left, right);
  const outcome = isFlagged(left, right, tolerance) ? "FLAGGED" : "PASSED";
  return { outcome, difference: fromPaise(Math.abs(left - right)), tolerance };
}

const differs: Rule["isFlagged"] = (left, right, tolerance) => Math.abs(left - right) > tolerance;
const isBelow: Rule["isFlagged"] = (left, right, tolerance) => right - left > tolerance;
const isAbove: Rule["isFlagged"] = (left, right, tolerance) => left - right > tolerance;
const isMoreThanShare: Rule["isFlagged"] = (left, _right, share) => left > share;

/** Of the larger side. */
function share(part: number): Rule["toleranceOf"] {
  return (left, right) => timesFactor(Math.max(Math.abs(left), Math.abs(right)) as Rupees, part);
}

/** Of the right side: so much of it is usual. */
function shareOfRight(part: number): Rule["toleranceOf"] {
  return (_left, right) => timesFactor(Math.max(0, right) as Rupees, part);
}

type Sides = ReturnType<typeof sidesOf>;

/** The statements' sums; not told where the statement is not. */
function sidesOf({ year }: YearReturn, { taxCredits, informationStatement }: YearStatements) {
  const credits = `taxCredits.${year}`;
  const statement = `informationStatement.${year}`;
  return {
    ofCredits: (sum: (body: TaxCreditStatement, place: string) => Side) =>
      taxCredits ? sum(taxCredits, credits) : { amount: null, basis: [credits] },
    ofStatement: (sum: (body: InformationStatement, place: string) => Side) =>
      informationStatement ? sum(informationStatement, statement) : { amount: null, basis: [statement] },
  };
}

const usual = share(0.05);

const rules: Readonly<Record<CrossCheckName, (ofYear: YearReturn, sides: Sides) => Rule>> = {
  SALARY_AGAINST_TAX_CREDITS: (ofYear, { ofCredits }) => ({
    left: salariesOf(ofYear),
    right: ofCredits(salaryPaid),
    toleranceOf: usual,
    isFlagged: differs,
  }),
  TURNOVER_AGAINST_TAX_CREDITS: (ofYear, { ofCredits }) => ({
    left: turnoverOf(ofYear),
    right: ofCredits(receiptsPaid),
    toleranceOf: usual,
    isFlagged: isBelow,
  }),
  TURNOVER_AGAINST_GST: (ofYear, { ofStatement }) => ({
    left: turnoverOf(ofYear),
    right: ofStatement(gstTurnover),
    toleranceOf: share(0.1),
    isFlagged: differs,
  }),
  INTEREST_AGAINST_STATEMENT: (ofYear, { ofStatement }) => ({
    left: otherIncomeOf(ofYear, "INTEREST"),
    right: ofStatement(interestReported),
    toleranceOf: usual,
    isFlagged: isBelow,
  }),
  DIVIDEND_AGAINST_STATEMENT: (ofYear, { ofStatement }) => ({
    left: otherIncomeOf(ofYear, "DIVIDEND"),
    right: ofStatement(dividendReported),
    toleranceOf: usual,
    isFlagged: isBelow,
  }),
  SALES_WITHOUT_GAINS: (ofYear, { ofStatement }) => ({
    left: gainsOf(ofYear),
    right: ofStatement(salesReported),
    toleranceOf: () => zeroRupees,
    isFlagged: (_gains, sales) => sales > 0 && !hasGains(ofYear.filing),
  }),
  TDS_CLAIM_AGAINST_DEPOSITS: (ofYear, { ofCredits }) => ({
    left: taxDeductedOf(ofYear),
    right: ofCredits(taxDeposited),
    toleranceOf: () => rupees(100),
    isFlagged: isAbove,
  }),
  REFUND_SHARE: (ofYear) => ({
    left: told(ofYear, "refund.claimed", ofYear.filing.refund?.claimed),
    right: taxDeductedOf(ofYear),
    toleranceOf: shareOfRight(0.5),
    isFlagged: isMoreThanShare,
  }),
  DEDUCTION_SHARE: (ofYear) => ({
    left: told(ofYear, "deductions", ofYear.filing.deductions),
    right: grossTotalOf(ofYear),
    toleranceOf: shareOfRight(0.4),
    isFlagged: isMoreThanShare,
  }),
  DONATION_SHARE: (ofYear) => ({
    left: donationsOf(ofYear),
    right: grossTotalOf(ofYear),
    toleranceOf: shareOfRight(0.1),
    isFlagged: isMoreThanShare,
  }),
};

function told({ place }: YearReturn, path: string, amount: Rupees | null | undefined): Side {
  return { amount: amount ?? null, basis: [`${place}.${path}`] };
}

function salariesOf({ filing, place }: YearReturn): Side {
  if (!mayHaveSalary(filing)) return { amount: zeroRupees, basis: [`${place}.form`] };
  const { salaries } = filing;
  if (salaries === undefined) return { amount: null, basis: [`${place}.salaries`] };
  const each = salaries.map((_salary, at) => `${place}.salaries[${at}].gross`);
  const basis = each.length === 0 ? [`${place}.salaries`] : each;
  return { amount: sumOfAll(salaries.map(({ gross }) => gross)), basis };
}

/** Receipts of a business beside a form that has no place for one are what this is about. */
function turnoverOf({ filing, place }: YearReturn): Side {
  if (!mayHaveBusiness(filing)) return { amount: zeroRupees, basis: [`${place}.form`] };
  return { amount: filing.business?.turnover ?? null, basis: [`${place}.business.turnover`] };
}

function otherIncomeOf({ filing: { otherIncome }, place }: YearReturn, wanted: "INTEREST" | "DIVIDEND"): Side {
  if (otherIncome === undefined) return { amount: null, basis: [`${place}.otherIncome`] };
  const amounts = otherIncome.flatMap(({ kind, amount }) => (kind === wanted ? [amount] : []));
  return { amount: addRupees(...amounts), basis: [`${place}.otherIncome`] };
}

function gainsOf({ filing, place }: YearReturn): Side {
  const { incomeHeads, capitalGains } = filing;
  const basis = [`${place}.incomeHeads.capitalGains`];
  const details = capitalGains && sumOfAll([capitalGains.shortTerm, capitalGains.longTerm]);
  // ITR-1 and ITR-4 have hardly a place for gains: where they tell none, there are none.
  const none = filing.form === "ITR_1" || filing.form === "ITR_4" ? zeroRupees : null;
  return { amount: incomeHeads?.capitalGains ?? details ?? none, basis };
}

/** Gains that are wholly exempt leave a head of 0, and are declared nevertheless. */
function hasGains({ incomeHeads, capitalGains }: Filing): boolean {
  const { exemptions = null, gains = [], shortTerm = null, longTerm = null } = capitalGains ?? {};
  const amounts = [incomeHeads?.capitalGains ?? null, exemptions, shortTerm, longTerm];
  return gains.length > 0 || amounts.some((amount) => amount !== null && amount !== 0);
}

function taxDeductedOf(ofYear: YearReturn): Side {
  return told(ofYear, "taxesPaid.taxDeducted", ofYear.filing.taxesPaid?.taxDeducted);
}

function grossTotalOf(ofYear: YearReturn): Side {
  return told(ofYear, "grossTotalIncome", ofYear.filing.grossTotalIncome);
}

/** As claimed, and not as allowed: what is claimed too high is what matters. */
function donationsOf({ filing: { deductionsBySection }, place }: YearReturn): Side {
  const basis = [`${place}.deductionsBySection`];
  if (deductionsBySection === undefined) return { amount: null, basis };
  const donations = deductionsBySection.filter(({ section }) => section === "80G" || section === "80GGC");
  return { amount: sumOfAll(donations.map(({ claimed }) => claimed)), basis };
}
