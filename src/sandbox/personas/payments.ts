import {
  type TaxComputation,
  type TaxesPaid,
  roundToTen,
  addRupees,
  rupees,
  subtractRupees,
  zeroRupees,
  type Rupees,
} from "../../domain";
import { creditedOf, type Withholding } from "./withholding";

/** Whoever would owe less than this at the year's end need not pay in advance. */
const leastAdvanceTax = rupees(10_000);

/** What others withheld, and the rest as the taxpayer pays it: all of it, so that no interest is owed, or nothing. */
export function taxesPaid(
  lines: readonly Withholding[],
  { netTaxLiability, totalPayable }: TaxComputation,
  paysTheRest: boolean,
): TaxesPaid {
  const taxDeducted = creditedOf(lines, "DEDUCTED");
  const taxCollected = creditedOf(lines, "COLLECTED");
  const withheld = addRupees(taxDeducted, taxCollected);
  const [net, payable] = [netTaxLiability ?? zeroRupees, totalPayable ?? zeroRupees];
  const short = above(net, withheld);
  const advanceTax = paysTheRest && short >= leastAdvanceTax ? short : zeroRupees;
  const paid = addRupees(withheld, advanceTax);
  const selfAssessmentTax = paysTheRest ? above(payable, paid) : zeroRupees;
  const total = addRupees(paid, selfAssessmentTax);
  return {
    advanceTax,
    taxDeducted,
    taxCollected,
    selfAssessmentTax,
    total,
    balancePayable: roundToTen(above(payable, total)),
  };
}

export function above(amount: Rupees, other: Rupees): Rupees {
  return amount > other ? subtractRupees(amount, other) : zeroRupees;
}
