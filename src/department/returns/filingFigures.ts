import {
  type Filing,
  type TaxesPaid,
  type ReturnUpdate,
  addRupees,
  subtractRupees,
  sumOfReported,
  zeroRupees,
  type Rupees,
} from "../../domain";
import type { ReturnFigures } from "./returnFigures";

type FiguresOfFiling = Pick<
  Filing,
  "incomeHeads" | "grossTotalIncome" | "deductions" | "totalIncome" | "tax" | "taxesPaid" | "refund"
>;

/** Losses on sales, and the payment of an updated return, are outside the figures that they change. */
interface OtherFacts {
  readonly lossOnSales: Rupees | null;
  readonly update: ReturnUpdate | undefined;
}

export function figuresOfFiling(figures: ReturnFigures, { lossOnSales, update }: OtherFacts): FiguresOfFiling {
  const { grossWithoutGains } = figures;
  const capitalGains = withLoss(figures.capitalGains, lossOnSales);
  return {
    incomeHeads: unlessAllNull({
      salary: figures.salary,
      houseProperty: withLoss(figures.houseProperty, figures.houseLoss),
      businessOrProfession: withLoss(figures.businessOrProfession, figures.businessLoss),
      capitalGains,
      otherSources: figures.otherSources,
    }),
    // The older sum of the simple forms leaves out the exempt gains. Every other form counts them.
    grossTotalIncome:
      figures.grossTotalIncome ??
      (grossWithoutGains === null ? null : addRupees(grossWithoutGains, capitalGains ?? zeroRupees)),
    // Section 10AA (units in special zones) is not in chapter VI-A, but lowers the total income in the same way.
    deductions: sumOfReported([figures.deductions, figures.zoneDeduction]),
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
      // Section 234F: fee for filing late. Section 234I: fee for revising late.
      lateFilingFee: sumOfReported([figures.fee234F, figures.fee234I]),
      totalPayable: figures.totalPayable,
    }),
    taxesPaid: unlessAllNull(taxesPaidOf(figures, update)),
    refund: figures.refundDue === null ? undefined : { claimed: figures.refundDue },
  };
}

/**
 * Part B of an updated return shows the balance before the payment under section 140B. The part of that payment that is
 * not additional tax settles the balance.
 */
function taxesPaidOf(figures: ReturnFigures, update: ReturnUpdate | undefined): TaxesPaid {
  const { advanceTax, taxDeducted, taxCollected, selfAssessmentTax, totalPaid: total, balancePayable } = figures;
  const paid = { advanceTax, taxDeducted, taxCollected, selfAssessmentTax, total, balancePayable };
  if (update?.taxPaid === undefined || update.taxPaid === null || balancePayable === null) return paid;
  const beyondAdditional = update.taxPaid - (update.additionalTax ?? zeroRupees);
  const settled = Math.min(balancePayable, Math.max(0, beyondAdditional)) as Rupees;
  return {
    ...paid,
    selfAssessmentTax: addRupees(selfAssessmentTax ?? zeroRupees, settled),
    total: total === null ? null : addRupees(total, settled),
    balancePayable: update.balancePayable ?? subtractRupees(balancePayable, settled),
  };
}

/** Part B of the full forms prints a loss as zero. The schedule of the head holds the loss itself. */
function withLoss(head: Rupees | null, inSchedule: Rupees | null): Rupees | null {
  const isLoss = inSchedule !== null && inSchedule < 0;
  return isLoss && (head === null || head === zeroRupees) ? inSchedule : head;
}

function unlessAllNull<Block extends object>(block: Block): Block | undefined {
  return Object.values(block).every((amount) => amount === null) ? undefined : block;
}
