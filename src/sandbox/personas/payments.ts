import {
  type CalendarDate,
  type TaxComputation,
  type TaxesPaid,
  roundToTen,
  addRupees,
  percentOf,
  roundToRupee,
  rupees,
  subtractRupees,
  zeroRupees,
  type IncomeYear,
  type Rupees,
} from "../../domain";
import type { YearIncome } from "./facts";
import { above, hasBusiness, type ComputedReturn } from "./computedReturn";
import { creditedOf, type Withholding } from "./withholding";

interface PaidTax {
  readonly tax: TaxComputation;
  readonly taxesPaid: TaxesPaid;
}

/** Pays a return: tax withheld, own payments, and interest on late payments. */
export function payTax(
  lines: readonly Withholding[],
  { tax, basis }: ComputedReturn,
  income: YearIncome,
  when: { readonly filedOn: CalendarDate; readonly dueOn: CalendarDate; readonly paysTheRest: boolean },
): PaidTax {
  const taxDeducted = creditedOf(lines, "DEDUCTED", income.claimsUnmatched);
  const taxCollected = creditedOf(lines, "COLLECTED");
  const withheld = addRupees(taxDeducted, taxCollected);
  const assessed = above(tax.netTaxLiability ?? zeroRupees, withheld);
  const paysInAdvance = when.paysTheRest && !income.paysNoAdvance && assessed >= leastAdvanceTax;
  const advanceTax = paysInAdvance ? assessed : zeroRupees;
  const isExempt = basis.ageTier !== "BELOW_60" && !hasBusiness(income);
  const advanceDue = isExempt ? "NEVER" : income.presumptive ? "IN_ONE" : "IN_FOUR";
  const interest = interestOn({ ...when, incomeYear: basis.incomeYear, assessed, advanceTax, advanceDue });
  const payable = addRupees(tax.totalPayable ?? zeroRupees, interest);
  const paid = addRupees(withheld, advanceTax);
  const selfAssessmentTax = when.paysTheRest ? above(payable, paid) : zeroRupees;
  const total = addRupees(paid, selfAssessmentTax);
  return {
    tax: { ...tax, interest, totalPayable: payable },
    taxesPaid: {
      advanceTax,
      taxDeducted,
      taxCollected,
      selfAssessmentTax,
      total,
      balancePayable: roundToTen(above(payable, total)),
    },
  };
}

/** Advance tax is not due if less than this is owed at the year's end. */
const leastAdvanceTax = rupees(10_000);

interface Owed {
  readonly incomeYear: IncomeYear;
  readonly filedOn: CalendarDate;
  readonly dueOn: CalendarDate;
  /** The year's tax less what others withheld. */
  readonly assessed: Rupees;
  /** All of it in time, or nothing. */
  readonly advanceTax: Rupees;
  /** A presumptive business pays in one instalment, and a senior without any business pays nothing in advance. */
  readonly advanceDue: "IN_FOUR" | "IN_ONE" | "NEVER";
}

/** By when in the year which share of the tax is due, and for how many months its delay costs one percent each. */
const instalments = [
  { percent: 15, months: 3 },
  { percent: 45, months: 3 },
  { percent: 75, months: 3 },
  { percent: 100, months: 1 },
] as const;

/** Sections 234A (filed late), 234B (not paid in advance) and 234C (paid in advance too late). */
function interestOn({ incomeYear, filedOn, dueOn, assessed, advanceTax, advanceDue }: Owed): Rupees {
  const unpaid = assessed > advanceTax ? subtractRupees(assessed, advanceTax) : zeroRupees;
  const late = filedOn > dueOn ? onePercentEach(unpaid, monthsBetween(dueOn, filedOn)) : zeroRupees;
  if (assessed < leastAdvanceTax || advanceTax > zeroRupees || advanceDue === "NEVER") return late;
  const sinceApril = monthsBetween(`${incomeYear + 1}-03-31` as CalendarDate, filedOn);
  const delayed = instalments
    .slice(advanceDue === "IN_ONE" ? -1 : 0)
    .map(({ percent, months }) => onePercentEach(percentOf(assessed, percent), months));
  return addRupees(late, onePercentEach(assessed, sinceApril), ...delayed);
}

/** The amount is cut to whole hundreds, rule 119A. */
function onePercentEach(amount: Rupees, months: number): Rupees {
  return roundToRupee(percentOf(rupees(Math.floor(amount / 10_000) * 100), months));
}

/** A part of a month counts as a whole one. */
function monthsBetween(from: CalendarDate, until: CalendarDate): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split("-").map(Number);
  const [untilYear = 0, untilMonth = 0, untilDay = 0] = until.split("-").map(Number);
  const part = fromDay < 30 && untilDay > fromDay ? 1 : 0;
  return (untilYear - fromYear) * 12 + untilMonth - fromMonth + part;
}
