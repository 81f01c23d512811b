import {
  type CalendarDate,
  type TaxComputation,
  type TaxesPaid,
  roundToTen,
  addRupees,
  zeroRupees,
} from "../../domain";
import type { YearIncome } from "./facts";
import { interestOn, leastAdvanceTax } from "./interest";
import { above, hasBusiness, type Reckoning } from "./reckoning";
import { creditedOf, type Withholding } from "./withholding";

interface Settled {
  readonly tax: TaxComputation;
  readonly taxesPaid: TaxesPaid;
}

/** What others withheld, and the rest as the taxpayer pays it, with the interest on what was paid too late. */
export function settle(
  lines: readonly Withholding[],
  { tax, basis }: Reckoning,
  income: YearIncome,
  when: { readonly filedOn: CalendarDate; readonly dueOn: CalendarDate; readonly paysTheRest: boolean },
): Settled {
  const taxDeducted = creditedOf(lines, "DEDUCTED");
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
