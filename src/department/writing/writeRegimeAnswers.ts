import { type Filing } from "../../domain";
import { type JsonObject } from "../../kernel";

/** The answers about the regime, to the question of the filing's form and year. */
export function writeRegimeAnswers({ form, incomeYear, regime }: Filing): JsonObject {
  if (regime === "UNKNOWN" || form === "ITR_5" || form === "ITR_6") return {};
  const isOld = regime === "OLD";
  const hasBusiness = form === "ITR_3" || form === "ITR_4";
  if (incomeYear <= 2020) return { NewTaxRegime: yesIf(!isOld) };
  if (incomeYear <= 2022) return hasBusiness ? { OptingNewTaxRegime: isOld ? 2 : 1 } : { NewTaxRegime: yesIf(!isOld) };
  if (incomeYear === 2023 || !hasBusiness) return { OptOutNewTaxRegime: yesIf(isOld) };
  if (incomeYear === 2024) return { OptOutNewTaxRegime_Form10IEA_AY24_25: "N", No_OptOutNewTaxReg: yesIf(isOld) };
  return { Form10IEAEarlierAYOldRegime: "N", F10IEACurrAYOldRegime: yesIf(isOld) };
}

function yesIf(claim: boolean): "Y" | "N" {
  return claim ? "Y" : "N";
}
