import { type Filing, addRupees, sumOfReported, zeroRupees, type Rupees } from "../domain";
import type { ReturnFigures } from "./returnFigures";

type FiguresOfFiling = Pick<
  Filing,
  "incomeHeads" | "grossTotalIncome" | "deductions" | "totalIncome" | "tax" | "taxesPaid" | "refund"
>;

export function figuresOfFiling(figures: ReturnFigures): FiguresOfFiling {
  const { grossWithoutGains, capitalGains } = figures;
  return {
    incomeHeads: unlessAllNull({
      salary: figures.salary,
      houseProperty: withLoss(figures.houseProperty, figures.houseLoss),
      businessOrProfession: withLoss(figures.businessOrProfession, figures.businessLoss),
      capitalGains,
      otherSources: figures.otherSources,
    }),
    // The older sum of the simple forms leaves out the exempt gains, which every other form counts.
    grossTotalIncome:
      figures.grossTotalIncome ??
      (grossWithoutGains === null ? null : addRupees(grossWithoutGains, capitalGains ?? zeroRupees)),
    deductions: figures.deductions,
    totalIncome: figures.totalIncome,
    tax: unlessAllNull({
      taxOnTotalIncome: figures.taxOnTotalIncome,
      rebate: figures.rebate,
      surcharge: figures.surcharge,
      cess: figures.cess,
      grossTaxLiability: figures.grossTaxLiability,
      relief: figures.relief,
      netTaxLiability: figures.netTaxLiability,
      interest: sumOfReported([figures.interest234A, figures.interest234B, figures.interest234C]),
      // Section 234F is for filing late, and 234I for revising late.
      lateFilingFee: sumOfReported([figures.fee234F, figures.fee234I]),
      totalPayable: figures.totalPayable,
    }),
    taxesPaid: unlessAllNull({
      advanceTax: figures.advanceTax,
      taxDeducted: figures.taxDeducted,
      taxCollected: figures.taxCollected,
      selfAssessmentTax: figures.selfAssessmentTax,
      total: figures.totalPaid,
      balancePayable: figures.balancePayable,
    }),
    refund: figures.refundDue === null ? undefined : { claimed: figures.refundDue },
  };
}

/** Part B of the full forms prints a loss as zero; the schedule of the head has it as it is. */
function withLoss(head: Rupees | null, inSchedule: Rupees | null): Rupees | null {
  const isLoss = inSchedule !== null && inSchedule < 0;
  return isLoss && (head === null || head === zeroRupees) ? inSchedule : head;
}

function unlessAllNull<Block extends Readonly<Record<string, Rupees | null>>>(block: Block): Block | undefined {
  return Object.values(block).every((amount) => amount === null) ? undefined : block;
}
