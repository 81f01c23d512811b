import {
  type TaxParticulars,
  zeroRupees,
  type Rupees,
  type SpecialRateIncome,
  type SpecialSection,
} from "../../domain";
import { asList, asObject, textOf, type JsonObject } from "../../kernel";
import { amountAt } from "./returnFigures";
import { valueAt } from "./returnLayout";

/** The facts that the checks need besides the figures. Undefined where the file has none of them. */
export function readParticulars(body: JsonObject, isFirm: boolean): TaxParticulars | undefined {
  const amount = (path: string) => amountAt(body, path) ?? undefined;
  const particulars: TaxParticulars = {
    isFirm: isFirm ? true : undefined,
    farmIncomeForRate: amount("PartB_TI.NetAgricultureIncomeOrOtherIncomeForRate"),
    dividend: amount("ScheduleOS.IncOthThanOwnRaceHorse.DividendGross"),
    specialRateIncome: amount("PartB_TI.IncChargeableTaxSplRates"),
    specialRateTax: amount("PartB_TTI.ComputationOfTaxLiability.TaxPayableOnTI.TaxAtSpecialRates"),
    specialRates: readSpecialRates(valueAt(body, "ScheduleSI.SplCodeRateTax")),
  };
  return Object.values(particulars).every((fact) => fact === undefined) ? undefined : particulars;
}

/** The Department's codes begin with the subsection of 111, 112 or 115. The rest is a variant of the rate. */
const sectionByCode: readonly (readonly [RegExp, SpecialSection])[] = [
  [/^1A/, "111A"],
  [/^2A/, "112A"],
  [/^2[12]/, "112"],
  [/^5BBE/, "115BBE"],
];

function readSpecialRates(schedule: unknown): readonly SpecialRateIncome[] | undefined {
  const lines = asList(schedule).flatMap((json): readonly SpecialRateIncome[] => {
    const line = asObject(json);
    const [income, tax] = [amountAt(line, "SplRateInc"), amountAt(line, "SplRateIncTax")];
    const isNothing = isNoAmount(income) && isNoAmount(tax);
    return isNothing
      ? []
      : [{ section: sectionOf(line?.SecCode), income: income ?? zeroRupees, tax: tax ?? zeroRupees }];
  });
  return lines.length === 0 ? undefined : lines;
}

function isNoAmount(amount: Rupees | null): boolean {
  return amount === null || amount === zeroRupees;
}

function sectionOf(code: unknown): SpecialSection {
  return sectionByCode.find(([pattern]) => pattern.test(textOf(code)?.toUpperCase() ?? ""))?.[1] ?? "OTHER";
}
