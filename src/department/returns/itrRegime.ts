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
} from "../../domain";
import { textOf, type JsonObject } from "../../kernel";
import type { ReturnFigures } from "./returnFigures";

interface RegimeEvidence {
  readonly form: ReturnForm;
  readonly incomeYear: IncomeYear;
  readonly filingStatus: JsonObject;
  readonly figures: ReturnFigures;
  /** A firm pays a flat rate: it has no regime, and its answers are "NA". */
  readonly isFirm: boolean;
}

/** Deductions are no evidence: some are allowed in both regimes. */
export function regimeOf(evidence: RegimeEvidence): TaxRegime {
  if (evidence.isFirm || isAnsweredLikeAFirm(evidence)) return "UNKNOWN";
  return (
    regimeFromAnswers(evidence) ??
    onlyRegimeThat((regime) => hasStandardDeductionOf(regime, evidence)) ??
    onlyRegimeThat((regime) => hasSlabTaxOf(regime, evidence)) ??
    "UNKNOWN"
  );
}

type AnswerTo = (question: string) => string | undefined;

/** The questions about the regime in the forms of some years, and the regime that each answer means. */
interface Questionnaire {
  readonly forms: "WITH_BUSINESS" | "WITHOUT_BUSINESS" | "ALL";
  readonly from: number;
  readonly until: number;
  readonly decide: (answerTo: AnswerTo) => KnownRegime | undefined;
}

const noEnd = Infinity;

/** Newest first. */
const questionnaires: readonly Questionnaire[] = [
  { forms: "WITH_BUSINESS", from: 2025, until: noEnd, decide: byForm10Iea },
  { forms: "WITH_BUSINESS", from: 2024, until: 2024, decide: byForm10IeaOfEarlierYears },
  { forms: "WITHOUT_BUSINESS", from: 2024, until: noEnd, decide: yesIsOld("OptOutNewTaxRegime") },
  { forms: "ALL", from: 2023, until: 2023, decide: yesIsOld("OptOutNewTaxRegime") },
  { forms: "WITH_BUSINESS", from: 2021, until: 2022, decide: byOption },
  { forms: "WITHOUT_BUSINESS", from: 2021, until: 2022, decide: yesIsNew("NewTaxRegime") },
  { forms: "ALL", from: 2020, until: 2020, decide: yesIsNew("NewTaxRegime") },
];

/** Questions of this form and year come first, then all others, because vendors mix up the forms. */
function regimeFromAnswers({ form, incomeYear, filingStatus }: RegimeEvidence): KnownRegime | undefined {
  const answerTo: AnswerTo = (question) => textOf(filingStatus[question])?.toUpperCase();
  const kind = form === "ITR_1" || form === "ITR_2" ? "WITHOUT_BUSINESS" : "WITH_BUSINESS";
  const isExpected = ({ forms, from, until }: Questionnaire) =>
    (forms === "ALL" || forms === kind) && incomeYear >= from && incomeYear <= until;
  const inOrder = [...questionnaires.filter(isExpected), ...questionnaires.filter((each) => !isExpected(each))];
  for (const { decide } of inOrder) {
    const regime = decide(answerTo);
    if (regime !== undefined) return regime;
  }
  return undefined;
}

/**
 * A taxpayer who left the new regime stays out until they come back, once. So the question about leaving this year is
 * only for those who have never left, or have no business this year.
 */
function byForm10Iea(answerTo: AnswerTo): KnownRegime | undefined {
  if (answerTo("IncFrmBusOrProf") === "N") return yesIsOld("OptOldRegimeCurrAY")(answerTo);
  const left = answerTo("Form10IEAEarlierAYOldRegime");
  const leavesNow = answerTo("F10IEACurrAYOldRegime");
  const isBack = [answerTo("F10IEAEarlierAYNewRegime"), answerTo("F10IEACurrAYNewRegime")];
  if (left === "Y") return isBack.includes("Y") ? "NEW" : "OLD";
  if (leavesNow === "Y") return "OLD";
  const isAnswered = [left, leavesNow, ...isBack].some((answer) => ["Y", "N", "NA"].includes(answer ?? ""));
  return isAnswered ? "NEW" : undefined;
}

function byForm10IeaOfEarlierYears(answerTo: AnswerTo): KnownRegime | undefined {
  const inReturn =
    answerTo("OptOutNewTaxRegime_Method") === "OPTINRETURN" ? yesIsOld("SetOptOutNewTaxReg")(answerTo) : undefined;
  if (inReturn !== undefined) return inReturn;
  switch (answerTo("OptOutNewTaxRegime_Form10IEA_AY24_25") ?? "") {
    case "Y":
      return yesIsOld("Yes_ContOptOutNewTaxReg")(answerTo);
    case "N":
      return yesIsOld("No_OptOutNewTaxReg")(answerTo);
    case "NA":
      return yesIsOld("NA_OptOutNewTaxReg")(answerTo);
    default:
      return undefined;
  }
}

/** 1: opts in. 2: does not opt. 3: stays in. 4: opts out. 5: not eligible. Some years of ITR-3 ask as ITR-2 does. */
function byOption(answerTo: AnswerTo): KnownRegime | undefined {
  switch (answerTo("OptingNewTaxRegime") ?? "") {
    case "1":
    case "3":
      return "NEW";
    case "2":
    case "4":
    case "5":
      return "OLD";
    default:
      return undefined;
  }
}

function yesIsOld(question: string): Questionnaire["decide"] {
  return (answerTo) => regimeIf(answerTo(question), "OLD", "NEW");
}

function yesIsNew(question: string): Questionnaire["decide"] {
  return (answerTo) => regimeIf(answerTo(question), "NEW", "OLD");
}

function regimeIf(answer: string | undefined, yes: KnownRegime, no: KnownRegime): KnownRegime | undefined {
  return answer === "Y" ? yes : answer === "N" ? no : undefined;
}

/** Rule 235 of ITR-4: only a firm may answer "NA". */
function isAnsweredLikeAFirm({ form, incomeYear, filingStatus }: RegimeEvidence): boolean {
  if (form !== "ITR_4" || incomeYear < 2025) return false;
  const answers = ["Form10IEAEarlierAYOldRegime", "F10IEACurrAYOldRegime", "F10IEACurrAYNewRegime"].map((question) =>
    textOf(filingStatus[question])?.toUpperCase(),
  );
  return answers[0] === "NA" && !answers.includes("Y");
}

/** A deduction of zero is no evidence: it also means no salary, or the new regime of the first years. */
function hasStandardDeductionOf(regime: KnownRegime, { incomeYear, figures }: RegimeEvidence): boolean {
  const stated = figures.standardDeduction ?? 0;
  return stated > 0 && stated === standardDeduction({ incomeYear, regime });
}

const roundingOfTax = rupees(10);

function hasSlabTaxOf(regime: KnownRegime, { incomeYear, figures }: RegimeEvidence): boolean {
  const { totalIncome, slabTax: stated } = figures;
  if (totalIncome === null || stated === null) return false;
  const atSlabRates = (totalIncome - (figures.specialRateIncome ?? 0)) as Rupees;
  const tiers: readonly AgeTier[] = regime === "OLD" ? ageTiers : ["BELOW_60"];
  return tiers.some(
    (ageTier) => Math.abs(slabTax(atSlabRates, { incomeYear, regime, ageTier }) - stated) <= roundingOfTax,
  );
}

/** Evidence for both regimes decides nothing. */
function onlyRegimeThat(fits: (regime: KnownRegime) => boolean): KnownRegime | undefined {
  const isOld = fits("OLD");
  return isOld === fits("NEW") ? undefined : isOld ? "OLD" : "NEW";
}
