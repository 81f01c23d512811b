import {
  zeroRupees,
  incomeHeadNames,
  negateRupees,
  sumOfReported,
  type Filing,
  type ReturnForm,
  type Rupees,
} from "../../domain";
import type { JsonObject } from "../../kernel";
import type { Person } from "../person";
import { firstYearOfSimpleGains } from "../returns";
import { writeParticulars } from "./writeParticulars";
import { writeSimpleLines, writeSimpleSchedules, writeEmployers, writeHouse, writeSchedules } from "./writeSchedules";
import { difference, interestAndFee, salaryLines, writeInterest, writeTaxPaid, written } from "./writtenAmounts";
import { writeGainBuckets } from "./writeGains";

const descriptions: Partial<Record<ReturnForm, string>> = {
  ITR_1: "For individuals having income from salaries, house property and other sources",
  ITR_2: "For individuals and HUFs not having income from profits and gains of business or profession",
  ITR_3: "For individuals and HUFs having income from profits and gains of business or profession",
  ITR_4: "For presumptive income from business or profession",
  ITR_5: "For persons other than individuals, HUFs, companies and those who file ITR-7",
  ITR_6: "For companies other than those claiming exemption under section 11",
};

/** Writes a filing as the uploaded file, in the layout of its form and year. An unknown figure is left out. */
export function writeItrJson(
  filing: Filing,
  person: Person,
  { taxLayout = filing.form === "ITR_2" ? "BESIDE" : "WITHIN" }: { taxLayout?: TaxLayout } = {},
): JsonObject {
  const key = filing.form.replace("_", "");
  const header = {
    CreationInfo: {
      SWVersionNo: "1.0",
      SWCreatedBy: "SW00000001",
      JSONCreatedBy: "SW00000001",
      JSONCreationDate: filing.filedOn,
      IntermediaryCity: person.profile.address?.city,
      Digest: "-",
    },
    [`Form_${key}`]: {
      FormName: filing.form.replace("_", "-"),
      Description: descriptions[filing.form],
      AssessmentYear: String(filing.incomeYear + 1),
      SchemaVer: "Ver1.0",
      FormVer: "Ver1.0",
    },
  };
  const { accounts, personal, verification, update } = writeParticulars(filing, person);
  const body =
    filing.form === "ITR_1" || filing.form === "ITR_4"
      ? { ...personal, ...update, ...writeSimpleFigures(filing, accounts) }
      : { PartA_GEN1: personal, ...update, ...writeFullFigures(filing, accounts, taxLayout) };
  return { ITR: { [key]: { ...header, ...body, Verification: verification } } };
}

/** ITR-1 and ITR-4. They have no surcharge, and only exempt gains. */
function writeSimpleFigures(filing: Filing, accounts: JsonObject): JsonObject {
  const { form, incomeYear, incomeHeads, tax } = filing;
  const prefix = form === "ITR_1" ? "ITR1_" : "";
  const gain = incomeHeads?.capitalGains ?? null;
  const hasGain = incomeYear >= firstYearOfSimpleGains && gain !== null && gain !== zeroRupees;
  return {
    [`${prefix}IncomeDeductions`]: writeSimpleIncome(filing),
    [`${prefix}TaxComputation`]: {
      TotalTaxPayable: written(tax?.taxOnTotalIncome),
      Rebate87A: written(tax?.rebate),
      TaxPayableOnRebate: written(tax && difference(tax.taxOnTotalIncome, tax.rebate)),
      EducationCess: written(tax?.cess),
      GrossTaxLiability: written(tax?.grossTaxLiability),
      Section89: written(tax?.relief),
      NetTaxLiability: written(tax?.netTaxLiability),
      TotalIntrstPay: form === "ITR_1" ? interestAndFee(filing) : undefined,
      IntrstPay: writeInterest(filing),
      TotTaxPlusIntrstPay: written(tax?.totalPayable),
    },
    TaxPaid: writeTaxPaid(filing),
    ...writeSimpleSchedules(filing),
    Refund: { RefundDue: written(filing.refund?.claimed), ...accounts },
    ...(hasGain ? { LTCG112A: { TotSaleCnsdrn: written(gain), TotCstAcqisn: 0, LongCap112A: written(gain) } } : {}),
  };
}

function writeSimpleIncome(filing: Filing): JsonObject {
  const { form, incomeYear, incomeHeads, grossTotalIncome } = filing;
  const salary = salaryLines(filing);
  const hasGains = incomeYear >= firstYearOfSimpleGains;
  const house = written(incomeHeads?.houseProperty);
  const isRenamed = form === "ITR_1" && incomeYear >= 2025;
  return {
    IncomeFromBusinessProf: form === "ITR_4" ? written(incomeHeads?.businessOrProfession) : undefined,
    GrossSalary: salary.gross,
    DeductionUs16: salary.standardDeduction,
    DeductionUs16ia: salary.standardDeduction,
    IncomeFromSal: salary.chargeable,
    ...(isRenamed ? { TotalIncomeChargeableUnHP: house } : { TotalIncomeOfHP: house }),
    IncomeOthSrc: written(incomeHeads?.otherSources),
    GrossTotIncome: written(
      hasGains ? difference(grossTotalIncome, incomeHeads?.capitalGains ?? zeroRupees) : grossTotalIncome,
    ),
    GrossTotIncomeIncLTCG112A: hasGains ? written(grossTotalIncome) : undefined,
    ...writeSimpleLines(filing),
    TotalIncome: written(filing.totalIncome),
  };
}

/**
 * The place of the rebate, the cess and similar lines: beside the block of the tax on total income (ITR-2), or inside
 * it (ITR-3 and some vendors' copies of ITR-2).
 */
type TaxLayout = "BESIDE" | "WITHIN";

/** ITR-2, 3, 5 and 6: the schedules of the heads, Part B-TI with the income, Part B-TTI with the tax. */
function writeFullFigures(filing: Filing, accounts: JsonObject, taxLayout: TaxLayout): JsonObject {
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
