import { type Filing, type ReturnForm, zeroRupees } from "../../domain";
import { type JsonObject } from "../../kernel";
import type { Person } from "../person";
import { firstYearOfSimpleGains } from "../returns";
import { writeFullFigures, type TaxLayout } from "./writeFullReturn";
import { writeParticulars } from "./writeParticulars";
import { writeSimpleLines, writeSimpleSchedules } from "./writeSchedules";
import { difference, interestAndFee, salaryLines, writeInterest, writeTaxPaid, written } from "./writtenAmounts";

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
