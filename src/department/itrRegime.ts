import {
  type ReturnForm,
  type TaxRegime,
  rupees,
  type Rupees,
  type IncomeYear,
  slabTax,
  standardDeduction,
  ageTiers,
  type AgeTier,
  type KnownRegime,
} from "../domain";
import { textOf, type JsonObject } from "../kernel";
import { regimeFlags, type RegimeFlag } from "./regimeFlags";
import type { ReturnFigures } from "./returnFigures";

interface RegimeEvidence {
  readonly form: ReturnForm;
  readonly incomeYear: IncomeYear;
  readonly filingStatus: JsonObject;
  readonly figures: ReturnFigures;
}

const roundingOfTax = rupees(10);

/** Deductions prove nothing here: some are allowed in both regimes. */
export function regimeOf(evidence: RegimeEvidence): TaxRegime {
  return (
    regimeFromFlags(evidence) ??
    onlyRegimeThat((regime) => hasStandardDeductionOf(regime, evidence)) ??
    onlyRegimeThat((regime) => hasSlabTaxOf(regime, evidence)) ??
    "UNKNOWN"
  );
}

/** The flags of the form and year come first, then any other: vendors mix the forms up. */
function regimeFromFlags({ form, incomeYear, filingStatus }: RegimeEvidence): KnownRegime | undefined {
  const isExpected = ({ forms, from, until }: RegimeFlag) =>
    forms.includes(form) && incomeYear >= from && incomeYear <= until;
  const inOrder = [...regimeFlags.filter(isExpected), ...regimeFlags.filter((flag) => !isExpected(flag))];
  for (const { key, regimeByAnswer, after } of inOrder) {
    if (after !== undefined && answerTo(filingStatus, after.key) !== after.answer) continue;
    const answer = answerTo(filingStatus, key);
    const regime = answer !== undefined && Object.hasOwn(regimeByAnswer, answer) ? regimeByAnswer[answer] : undefined;
    if (regime !== undefined) return regime;
  }
  return undefined;
}

function answerTo(filingStatus: JsonObject, key: string): string | undefined {
  return textOf(filingStatus[key])?.toUpperCase();
}

function hasStandardDeductionOf(regime: KnownRegime, { incomeYear, figures }: RegimeEvidence): boolean {
  return figures.standardDeduction !== null && figures.standardDeduction === standardDeduction({ incomeYear, regime });
}

function hasSlabTaxOf(regime: KnownRegime, { incomeYear, figures }: RegimeEvidence): boolean {
  const { totalIncome, slabTax: stated } = figures;
  if (totalIncome === null || stated === null) return false;
  const atSlabRates = (totalIncome - (figures.specialRateIncome ?? 0)) as Rupees;
  const tiers: readonly AgeTier[] = regime === "OLD" ? ageTiers : ["BELOW_60"];
  return tiers.some(
    (ageTier) => Math.abs(slabTax(atSlabRates, { incomeYear, regime, ageTier }) - stated) <= roundingOfTax,
  );
}

/** A trait of both regimes tells them apart as little as a trait of neither. */
function onlyRegimeThat(fits: (regime: KnownRegime) => boolean): KnownRegime | undefined {
  const isOld = fits("OLD");
  return isOld === fits("NEW") ? undefined : isOld ? "OLD" : "NEW";
}
