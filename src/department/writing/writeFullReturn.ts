import { type Filing, incomeHeadNames, negateRupees, sumOfReported, zeroRupees, type Rupees } from "../../domain";
import { type JsonObject } from "../../kernel";
import { writeGainBuckets } from "./writeGains";
import { writeEmployers, writeHouse, writeSchedules } from "./writeSchedules";
import { difference, interestAndFee, salaryLines, writeInterest, writeTaxPaid, written } from "./writtenAmounts";

/**
 * The place of the rebate, the cess and similar lines: beside the block of the tax on total income (ITR-2), or inside
 * it (ITR-3 and some vendors' copies of ITR-2).
 */
export type TaxLayout = "BESIDE" | "WITHIN";

/** ITR-2, 3, 5 and 6: the schedules of the heads, Part B-TI with the income, Part B-TTI with the tax. */
export function writeFullFigures(filing: Filing, accounts: JsonObject, taxLayout: TaxLayout): JsonObject {
  const { taxesPaid, houseProperties } = filing;
  return {
    ...(isOfEntity(filing) ? {} : { ScheduleS: writeSalarySchedule(filing) }),
    ScheduleHP: {
      PropertyDetails: houseProperties?.map(writeHouse),
      TotalIncomeChargeableUnHP: written(filing.incomeHeads?.houseProperty),
    },
    ...writeBusinessSchedule(filing),
    ...writeSchedules(filing),
    "PartB-TI": writeIncome(filing),
    PartB_TTI: {
      ComputationOfTaxLiability: filing.tax === undefined ? undefined : writeTax(filing, taxLayout),
      TaxPaid: taxesPaid === undefined ? undefined : writeTaxPaid(filing),
      Refund: { RefundDue: written(filing.refund?.claimed), ...accounts },
      AssetOutIndiaFlag: "NO",
    },
  };
}

function isOfEntity({ form }: Filing): boolean {
  return form === "ITR_5" || form === "ITR_6";
}

function writeSalarySchedule(filing: Filing): JsonObject {
  const salary = salaryLines(filing);
  return {
    ...(filing.salaries && writeEmployers(filing.salaries)),
    TotalGrossSalary: salary.gross,
    DeductionUS16: salary.standardDeduction,
    DeductionUnderSection16ia: salary.standardDeduction,
    TotIncUnderHeadSalaries: salary.chargeable,
  };
}

function writeBusinessSchedule(filing: Filing): JsonObject {
  const schedule = { IncChrgUnHdProftGain: written(filing.incomeHeads?.businessOrProfession) };
  if (isOfEntity(filing)) return { CorpScheduleBP: schedule };
  return filing.form === "ITR_3" ? { ITR3ScheduleBP: schedule } : {};
}

function writeIncome(filing: Filing): JsonObject {
  const { form, incomeHeads, grossTotalIncome, deductions, deductionsBySection, totalIncome, losses } = filing;
  const heads = incomeHeadNames.map((name) => incomeHeads?.[name] ?? null);
  const ownLosses = heads
    .filter((head) => head !== null && head < zeroRupees)
    .map((loss) => negateRupees(loss ?? zeroRupees));
  const gains = written(floored(incomeHeads?.capitalGains));
  const zone = deductionsBySection?.find(({ section }) => section === "10AA")?.allowed ?? null;
  const ofChapter = written(difference(deductions, zone ?? zeroRupees));
  return {
    Salaries: isOfEntity(filing) ? undefined : written(incomeHeads?.salary),
    IncomeFromHP: written(floored(incomeHeads?.houseProperty)),
    ProfBusGain: form === "ITR_2" ? undefined : { TotProfBusGain: written(floored(incomeHeads?.businessOrProfession)) },
    CapGain: {
      ...(writeGainBuckets(filing) ?? plainBuckets(filing)),
      ShortTermLongTermTotal: gains,
      TotalCapGains: gains,
    },
    IncFromOS: { TotIncFromOS: written(incomeHeads?.otherSources) },
    TotalTI: written(sumOfReported(heads.map(floored))),
    CurrentYearLoss: written(losses?.setOffThisYear ?? (incomeHeads && sumOfReported([zeroRupees, ...ownLosses]))),
    BroughtFwdLossesSetoff: written(losses?.broughtForwardSetOff),
    GrossTotalIncome: written(grossTotalIncome),
    ...(form === "ITR_2"
      ? { DeductionsUnderScheduleVIA: ofChapter }
      : { DeductionsUndSchVIADtl: { TotDeductUndSchVIA: ofChapter } }),
    DeductionsUnder10Aor10AA: written(zone),
    TotalIncome: written(totalIncome),
    IncChargeableTaxSplRates: written(filing.particulars?.specialRateIncome),
    NetAgricultureIncomeOrOtherIncomeForRate: written(filing.particulars?.farmIncomeForRate),
  };
}

/** When only the sum is known, all gains are printed as long-term ones. The split of 23 July 2024 renames the rates. */
function plainBuckets({ incomeYear, incomeHeads }: Filing): JsonObject {
  const gains = written(floored(incomeHeads?.capitalGains));
  const bucket = incomeYear >= 2024 ? "LongTerm12_5Per" : "LongTerm10Per";
  return { LongTerm: { [bucket]: gains, TotalLongTerm: gains } };
}

function writeTax(filing: Filing, taxLayout: TaxLayout): JsonObject {
  const { tax } = filing;
  const onTotalIncome = {
    TaxAtSpecialRates: written(filing.particulars?.specialRateTax),
    TaxPayableOnTotInc: written(tax?.taxOnTotalIncome),
  };
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
