import { type Filing, zeroRupees } from "../../domain";
import { type JsonObject } from "../../kernel";
import { firstYearOfSimpleGains } from "../returns";
import { writeSimpleLines, writeSimpleSchedules } from "./writeSchedules";
import { difference, interestAndFee, salaryLines, writeInterest, writeTaxPaid, written } from "./writtenAmounts";

/** ITR-1 and ITR-4. They have no surcharge, and only exempt gains. */
export function writeSimpleFigures(filing: Filing, accounts: JsonObject): JsonObject {
  const { form, incomeYear, incomeHeads, tax } = filing;
  const prefix = form === "ITR_1" ? "ITR1_" : "";
  const gain = incomeHeads?.capitalGains ?? null;
  const hasGain = incomeYear >= firstYearOfSimpleGains && gain !== null && gain !== zeroRupees;
  return {
    [`${prefix}IncomeDeductions`]: writeIncome(filing),
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

function writeIncome(filing: Filing): JsonObject {
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
