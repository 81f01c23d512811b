import { type ReturnForm, type IncomeYear } from "../../domain";

/** The figures of a return, by our names. */
export const figureNames = [
  "salary",
  "houseProperty",
  "houseLoss",
  "businessOrProfession",
  "businessLoss",
  "capitalGains",
  "otherSources",
  "grossTotalIncome",
  "grossWithoutGains",
  "deductions",
  "zoneDeduction",
  "totalIncome",
  "taxOnTotalIncome",
  "rebate",
  "surcharge",
  "cess",
  "grossTaxLiability",
  "relief",
  "netTaxLiability",
  "interest234A",
  "interest234B",
  "interest234C",
  "fee234F",
  "fee234I",
  "totalPayable",
  "advanceTax",
  "taxDeducted",
  "taxCollected",
  "selfAssessmentTax",
  "totalPaid",
  "balancePayable",
  "refundDue",
  "standardDeduction",
  "specialRateIncome",
  "slabTax",
] as const;
export type FigureName = (typeof figureNames)[number];

/** The path of a figure in a return, as keys from its root. */
interface Place {
  /** The first path that exists counts, because keys are renamed from year to year. */
  readonly paths: readonly string[];
  /** The schema allows a zero to be left out. It counts as zero only if this other figure shows the block exists. */
  readonly zeroBeside?: FigureName;
  /** Forms of earlier years do not have the line. */
  readonly since?: IncomeYear;
}

export interface ReturnPlaces {
  /** The block around the personal particulars: the root itself, or Part A. */
  readonly particulars: string;
  readonly personalInfo: string;
  readonly accounts: string;
  readonly figures: Partial<Record<FigureName, Place>>;
}

type ReadableForm = Exclude<ReturnForm, "ITR_7" | "UNKNOWN">;

/** From this income year on, the simple forms have a line for gains that are exempt under section 112A. */
export const firstYearOfSimpleGains = 2024 as IncomeYear;

export const placesByForm: Readonly<Record<ReadableForm, ReturnPlaces>> = {
  ITR_1: simpleReturn("ITR1_IncomeDeductions", "ITR1_TaxComputation"),
  ITR_2: fullReturn({ deductions: at("PartB_TI.DeductionsUnderScheduleVIA") }),
  ITR_3: fullReturn({
    deductions: at("PartB_TI.DeductionsUndSchVIADtl.TotDeductUndSchVIA"),
    businessOrProfession: at("PartB_TI.ProfBusGain.TotProfBusGain"),
    businessLoss: at("ITR3ScheduleBP.IncChrgUnHdProftGain"),
  }),
  ITR_4: simpleReturn("IncomeDeductions", "TaxComputation", {
    businessOrProfession: at("IncomeDeductions.IncomeFromBusinessProf"),
  }),
  ITR_5: entityReturn(),
  ITR_6: entityReturn(),
};

function simpleReturn(income: string, tax: string, more: ReturnPlaces["figures"] = {}): ReturnPlaces {
  return {
    particulars: "",
    personalInfo: "PersonalInfo",
    accounts: "Refund.BankAccountDtls.AddtnlBankDetails",
    figures: {
      salary: at(`${income}.IncomeFromSal`),
      houseProperty: at(`${income}.TotalIncomeOfHP`, `${income}.TotalIncomeChargeableUnHP`),
      capitalGains: {
        paths: ["LTCG112A.LongCap112A"],
        zeroBeside: "grossWithoutGains",
        since: firstYearOfSimpleGains,
      },
      otherSources: at(`${income}.IncomeOthSrc`),
      grossTotalIncome: at(`${income}.GrossTotIncomeIncLTCG112A`),
      grossWithoutGains: at(`${income}.GrossTotIncome`),
      // The claimed deductions are under UsrDeductUndChapVIA. These are the allowed ones.
      deductions: at(`${income}.DeductUndChapVIA.TotalChapVIADeductions`),
      totalIncome: at(`${income}.TotalIncome`),
      standardDeduction: at(`${income}.DeductionUs16ia`),
      taxOnTotalIncome: at(`${tax}.TotalTaxPayable`),
      slabTax: at(`${tax}.TotalTaxPayable`),
      rebate: at(`${tax}.Rebate87A`),
      cess: at(`${tax}.EducationCess`),
      grossTaxLiability: at(`${tax}.GrossTaxLiability`),
      relief: { paths: [`${tax}.Section89`], zeroBeside: "netTaxLiability" },
      netTaxLiability: at(`${tax}.NetTaxLiability`),
      ...interest(tax),
      totalPayable: at(`${tax}.TotTaxPlusIntrstPay`),
      ...settlement(""),
      ...more,
    },
  };
}

/** Firms and companies have no salary and no rebate, and other names for the business schedule and the tax at slabs. */
function entityReturn(): ReturnPlaces {
  const places = fullReturn({
    deductions: at("PartB_TI.DeductionsUndSchVIADtl.TotDeductUndSchVIA"),
    businessOrProfession: at("PartB_TI.ProfBusGain.TotProfBusGain"),
    businessLoss: at("CorpScheduleBP.IncChrgUnHdProftGain"),
    slabTax: at("PartB_TTI.ComputationOfTaxLiability.TaxAtNormalRates"),
  });
  return { ...places, personalInfo: "PartA_GEN1.OrgFirmInfo" };
}

function fullReturn(more: ReturnPlaces["figures"]): ReturnPlaces {
  const tax = "PartB_TTI.ComputationOfTaxLiability";
  return {
    particulars: "PartA_GEN1.",
    personalInfo: "PartA_GEN1.PersonalInfo",
    accounts: "PartB_TTI.Refund.BankAccountDtls.AddtnlBankDetails",
    figures: {
      salary: at("PartB_TI.Salaries"),
      houseProperty: at("PartB_TI.IncomeFromHP"),
      houseLoss: at("ScheduleHP.TotalIncomeChargeableUnHP"),
      capitalGains: at("PartB_TI.CapGain.TotalCapGains"),
      otherSources: at("PartB_TI.IncFromOS.TotIncFromOS"),
      grossTotalIncome: at("PartB_TI.GrossTotalIncome"),
      zoneDeduction: at("PartB_TI.DeductionsUnder10Aor10AA"),
      totalIncome: at("PartB_TI.TotalIncome"),
      specialRateIncome: at("PartB_TI.IncChargeableTaxSplRates"),
      standardDeduction: at("ScheduleS.DeductionUnderSection16ia"),
      taxOnTotalIncome: at(`${tax}.TaxPayableOnTotInc`),
      slabTax: at(`${tax}.TaxAtNormalRatesOnAggrInc`),
      rebate: at(`${tax}.Rebate87A`),
      surcharge: at(`${tax}.TotalSurcharge`),
      cess: at(`${tax}.EducationCess`),
      grossTaxLiability: at(`${tax}.GrossTaxLiability`),
      relief: { paths: [`${tax}.TaxRelief.TotTaxRelief`], zeroBeside: "netTaxLiability" },
      netTaxLiability: at(`${tax}.NetTaxLiability`),
      ...interest(tax),
      totalPayable: at(`${tax}.AggregateTaxInterestLiability`),
      ...settlement("PartB_TTI."),
      ...more,
    },
  };
}

function interest(tax: string): ReturnPlaces["figures"] {
  return {
    interest234A: at(`${tax}.IntrstPay.IntrstPayUs234A`),
    interest234B: at(`${tax}.IntrstPay.IntrstPayUs234B`),
    interest234C: at(`${tax}.IntrstPay.IntrstPayUs234C`),
    fee234F: at(`${tax}.IntrstPay.LateFilingFee234F`),
    fee234I: at(`${tax}.IntrstPay.FeeFurnish234I`),
  };
}

function settlement(block: string): ReturnPlaces["figures"] {
  return {
    advanceTax: at(`${block}TaxPaid.TaxesPaid.AdvanceTax`),
    taxDeducted: at(`${block}TaxPaid.TaxesPaid.TDS`),
    taxCollected: at(`${block}TaxPaid.TaxesPaid.TCS`),
    selfAssessmentTax: at(`${block}TaxPaid.TaxesPaid.SelfAssessmentTax`),
    totalPaid: at(`${block}TaxPaid.TaxesPaid.TotalTaxesPaid`),
    balancePayable: at(`${block}TaxPaid.BalTaxPayable`),
    refundDue: at(`${block}Refund.RefundDue`),
  };
}

function at(...paths: readonly string[]): Place {
  return { paths };
}
