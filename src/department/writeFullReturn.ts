import { type Filing, incomeHeadNames, negateRupees, sumOfReported, zeroRupees, type Rupees } from "../domain";
import type { JsonObject } from "../kernel";
import { difference, interestAndFee, salaryLines, writeInterest, writeTaxPaid, written } from "./writtenAmounts";

/**
 * Where the rebate, the cess and their neighbours stand: beside the block of the tax on total income, as in ITR-2, or
 * within it, as in ITR-3 and in some vendors' copies of ITR-2.
 */
export type TaxLayout = "BESIDE" | "WITHIN";

/** ITR-2 and ITR-3: the schedules of the heads, Part B-TI with the income, Part B-TTI with the tax. */
export function writeFullFigures(filing: Filing, accounts: JsonObject, taxLayout: TaxLayout): JsonObject {
  const { form, incomeHeads, taxesPaid } = filing;
  const salary = salaryLines(filing);
  return {
    ScheduleS: {
      TotalGrossSalary: salary.gross,
      DeductionUS16: salary.standardDeduction,
      DeductionUnderSection16ia: salary.standardDeduction,
      TotIncUnderHeadSalaries: salary.chargeable,
    },
    ScheduleHP: { TotalIncomeChargeableUnHP: written(incomeHeads?.houseProperty) },
    ...(form === "ITR_3"
      ? { ITR3ScheduleBP: { IncChrgUnHdProftGain: written(incomeHeads?.businessOrProfession) } }
      : {}),
    "PartB-TI": writeIncome(filing),
    PartB_TTI: {
      ComputationOfTaxLiability: filing.tax === undefined ? undefined : writeTax(filing, taxLayout),
      TaxPaid: taxesPaid === undefined ? undefined : writeTaxPaid(filing),
      Refund: { RefundDue: written(filing.refund?.claimed), ...accounts },
      AssetOutIndiaFlag: "NO",
    },
  };
}

function writeIncome(filing: Filing): JsonObject {
  const { form, incomeYear, incomeHeads, grossTotalIncome, deductions, totalIncome } = filing;
  const heads = incomeHeadNames.map((name) => incomeHeads?.[name] ?? null);
  const losses = heads
    .filter((head) => head !== null && head < zeroRupees)
    .map((loss) => negateRupees(loss ?? zeroRupees));
  const gains = written(floored(incomeHeads?.capitalGains));
  // The split of 23 July 2024 renames the buckets of rates. All gains are printed as long-term ones.
  const bucket = incomeYear >= 2024 ? "LongTerm12_5Per" : "LongTerm10Per";
  return {
    Salaries: written(incomeHeads?.salary),
    IncomeFromHP: written(floored(incomeHeads?.houseProperty)),
    ProfBusGain: form === "ITR_3" ? { TotProfBusGain: written(floored(incomeHeads?.businessOrProfession)) } : undefined,
    CapGain: {
      LongTerm: { [bucket]: gains, TotalLongTerm: gains },
      ShortTermLongTermTotal: gains,
      TotalCapGains: gains,
    },
    IncFromOS: { TotIncFromOS: written(incomeHeads?.otherSources) },
    TotalTI: written(sumOfReported(heads.map(floored))),
    CurrentYearLoss: written(sumOfReported([zeroRupees, ...losses])),
    GrossTotalIncome: written(grossTotalIncome),
    ...(form === "ITR_3"
      ? { DeductionsUndSchVIADtl: { TotDeductUndSchVIA: written(deductions) } }
      : { DeductionsUnderScheduleVIA: written(deductions) }),
    TotalIncome: written(totalIncome),
  };
}

function writeTax(filing: Filing, taxLayout: TaxLayout): JsonObject {
  const { tax } = filing;
  const onTotalIncome = { TaxPayableOnTotInc: written(tax?.taxOnTotalIncome) };
  const steps = {
    Rebate87A: written(tax?.rebate),
    TaxPayableOnRebate: written(tax && difference(tax.taxOnTotalIncome, tax.rebate)),
    TotalSurcharge: written(tax?.surcharge),
    EducationCess: written(tax?.cess),
    GrossTaxLiability: written(tax?.grossTaxLiability),
  };
  return {
    ...(taxLayout === "BESIDE"
      ? { TaxPayableOnTI: onTotalIncome, ...steps }
      : { TaxPayableOnTI: { ...onTotalIncome, ...steps } }),
    TaxRelief: { TotTaxRelief: written(tax?.relief) },
    NetTaxLiability: written(tax?.netTaxLiability),
    IntrstPay: { ...writeInterest(filing), TotalIntrstPay: interestAndFee(filing) },
    AggregateTaxInterestLiability: written(tax?.totalPayable),
  };
}

function floored(head: Rupees | null | undefined): Rupees | null {
  if (head === null || head === undefined) return null;
  return head < zeroRupees ? zeroRupees : head;
}
