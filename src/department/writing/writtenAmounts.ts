import {
  type Filing,
  addRupees,
  subtractRupees,
  sumOfReported,
  toWireNumber,
  zeroRupees,
  type Rupees,
  standardDeduction,
} from "../../domain";
import { type JsonObject } from "../../kernel";

/** Undefined, which JSON leaves out, for an unknown figure. */
export function written(amount: Rupees | null | undefined): number | undefined {
  return amount === null || amount === undefined ? undefined : toWireNumber(amount);
}

/** The lines from the gross salary to the chargeable salary. */
interface SalaryLines {
  readonly gross: number | undefined;
  readonly standardDeduction: number | undefined;
  readonly chargeable: number | undefined;
}

/** With an unknown regime the standard deduction is left out, because it would reveal the regime. */
export function salaryLines({ incomeHeads, incomeYear, regime, salaries = [] }: Filing): SalaryLines {
  const salary = incomeHeads?.salary ?? null;
  const gross = written(sumOfReported(salaries.map((each) => each.gross)));
  if (salary === null || salary === zeroRupees || regime === "UNKNOWN") {
    return { gross: gross ?? written(salary), standardDeduction: undefined, chargeable: written(salary) };
  }
  const deduction = standardDeduction({ incomeYear, regime });
  return {
    gross: gross ?? toWireNumber(salary) + toWireNumber(deduction),
    standardDeduction: written(deduction),
    chargeable: written(salary),
  };
}

/** A return revised in the months added by the Finance Act, 2026 pays its fee under section 234I. */
export function writeInterest({ tax, kind, incomeYear }: Filing): JsonObject {
  const none = tax?.interest === null || tax === undefined ? undefined : 0;
  const fee = written(tax?.lateFilingFee);
  const isRevisionFee = kind === "REVISED" && incomeYear >= 2025;
  return {
    IntrstPayUs234A: none,
    IntrstPayUs234B: written(tax?.interest),
    IntrstPayUs234C: none,
    ...(isRevisionFee
      ? { LateFilingFee234F: fee === undefined ? undefined : 0, FeeFurnish234I: fee }
      : { LateFilingFee234F: fee }),
  };
}

/** Part B of an updated return shows the balance before the payment under section 140B. */
export function writeTaxPaid({ taxesPaid: now, update }: Filing): JsonObject {
  const beyondAdditional = difference(update?.taxPaid ?? null, update?.additionalTax ?? zeroRupees) ?? zeroRupees;
  const taxesPaid = now && {
    ...now,
    selfAssessmentTax: difference(now.selfAssessmentTax, beyondAdditional),
    total: difference(now.total, beyondAdditional),
    balancePayable: now.balancePayable === null ? null : addRupees(now.balancePayable, beyondAdditional),
  };
  return {
    TaxesPaid: {
      AdvanceTax: written(taxesPaid?.advanceTax),
      TDS: written(taxesPaid?.taxDeducted),
      TCS: written(taxesPaid?.taxCollected),
      SelfAssessmentTax: written(taxesPaid?.selfAssessmentTax),
      TotalTaxesPaid: written(taxesPaid?.total),
    },
    BalTaxPayable: written(taxesPaid?.balancePayable),
  };
}

/** The sum of interest and fee, as the forms have it. */
export function interestAndFee({ tax }: Filing): number | undefined {
  const parts = [written(tax?.interest), written(tax?.lateFilingFee)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part);
}

/** Unknown when one side is unknown. */
export function difference(from: Rupees | null, amount: Rupees | null): Rupees | null {
  return from === null || amount === null ? null : subtractRupees(from, amount);
}
