import { readItrJson, readReturnIdentity } from "../../../department";
import {
  nameOfReturn,
  returnFormFromLabel,
  type Filing,
  type FilingKind,
  type Refund,
  type ReturnForm,
  filingSectionOf,
  readAcknowledgementNumber,
  type Rupees,
  incomeYearFromAssessmentYear,
  incomeYearFromFinancialYear,
  type IncomeYear,
} from "../../../domain";
import type { CameFile } from "../../provider";
import { asObject, textOf, type JsonObject } from "../../replies";
import { readAnalyzed } from "./analyzed";
import { contradictionsOf } from "./contradictions";
import { toStatusHistory } from "./statusMapper";
import { dateOf } from "./values";

export interface MergedFiling {
  readonly filing: Filing;
  /** The Department's own, where it came along. */
  readonly file: CameFile | undefined;
}

/**
 * One return as three sources tell it. The portal's list knows when and how it was filed; of figures the Department's own
 * file is believed before the vendor's analysis, which fills what the file leaves open. Where the two contradict each other
 * the file's word stands, and the analysis stands beside it.
 */
export function toFiling(told: JsonObject): MergedFiling | undefined {
  const analyzed = asObject(told.analyzed_data) ?? {};
  const filingInfo = asObject(analyzed.filing_info) ?? {};
  if (contradictsItself(told, filingInfo)) return undefined;
  const parsed = readItrJson(told.parsed_data, { incomeYear: yearOf(told, filingInfo) })?.filing;
  const incomeYear = parsed?.incomeYear ?? yearOf(told, filingInfo);
  if (incomeYear === undefined) return undefined;

  const guess = readAnalyzed(analyzed);
  const statusHistory = toStatusHistory(told.itr_status);
  const filedOn = dateOf(told.filing_date);
  const sections = [told.filing_type, told.filing_section, filingInfo.filing_section];
  const filing: Filing = {
    ...parsed,
    acknowledgementNumber: readAcknowledgementNumber(textOf(told.acknowledgement_no) ?? ""),
    incomeYear,
    form: formOf(told.itr_form, analyzed.form_type) ?? parsed?.form ?? "UNKNOWN",
    kind: kindOf(sections) ?? parsed?.kind ?? "OTHER",
    section: sectionOf(sections) ?? parsed?.section,
    filedOn,
    verifiedOn: parsed?.verifiedOn ?? guess.verifiedOn,
    residentialStatus: parsed?.residentialStatus ?? guess.residentialStatus,
    // The analysis names a due date that is a constant of the form, which extensions outdate.
    timeliness: parsed?.timeliness ?? "UNKNOWN",
    status: statusHistory.at(-1)?.status ?? (filedOn === undefined ? "UNKNOWN" : "FILED"),
    statusHistory,
    regime: parsed === undefined || parsed.regime === "UNKNOWN" ? guess.regime : parsed.regime,
    incomeHeads: fillGaps(parsed?.incomeHeads, guess.incomeHeads),
    grossTotalIncome: parsed?.grossTotalIncome ?? guess.grossTotalIncome,
    deductions: parsed?.deductions ?? guess.deductions,
    totalIncome: parsed?.totalIncome ?? guess.totalIncome,
    tax: fillGaps(parsed?.tax, guess.tax),
    particulars: parsed?.particulars,
    taxesPaid: fillGaps(parsed?.taxesPaid, guess.taxesPaid),
    refund: refundOf(parsed?.refund?.claimed ?? guess.refund?.claimed ?? null, statusHistory),
    demand: null,
    bankAccounts: parsed && parsed.bankAccounts.length > 0 ? parsed.bankAccounts : guess.bankAccounts,
    contradictions: parsed && contradictionsOf(parsed, guess),
  };
  return { filing, file: parsed && { name: nameOfReturn(filing), json: told.parsed_data } };
}

/** `filing_year` is a financial year: the published return of "2024-2025" was filed in July 2025. */
function yearOf(told: JsonObject, filingInfo: JsonObject): IncomeYear | undefined {
  return (
    incomeYearFromFinancialYear(textOf(told.filing_year) ?? "") ??
    incomeYearFromAssessmentYear(textOf(filingInfo.assessment_year) ?? "")
  );
}

/** A file or an analysis of another year than its own entry is not that entry's: one of the two is somebody else's. */
function contradictsItself({ filing_year: label, parsed_data: file }: JsonObject, filingInfo: JsonObject): boolean {
  const listed = textOf(label) ?? "";
  const analyzed = incomeYearFromAssessmentYear(textOf(filingInfo.assessment_year) ?? "");
  const told = [...readReturnIdentity(file).incomeYears, ...(analyzed === undefined ? [] : [analyzed])];
  // Another page of the same data calls this label an assessment year, so either meaning will do.
  const ofEntry = [incomeYearFromFinancialYear(listed), incomeYearFromAssessmentYear(listed)];
  const isListed = ofEntry.some((year) => year !== undefined);
  return new Set(told).size > 1 || (isListed && told.some((year) => !ofEntry.includes(year)));
}

function formOf(...labels: readonly unknown[]): ReturnForm | undefined {
  return labels.map((label) => returnFormFromLabel(textOf(label) ?? "")).find((form) => form !== "UNKNOWN");
}

/** The list says "139(1)" where the analysis says 11, and "Original" where it says neither. */
function kindOf(sections: readonly unknown[]): FilingKind | undefined {
  return sections.map((section) => filingSectionOf(textOf(section) ?? "")?.kind).find((kind) => kind !== undefined);
}

function sectionOf(sections: readonly unknown[]): string | undefined {
  const [, ...numbered] = sections;
  return numbered.map((section) => filingSectionOf(textOf(section) ?? "")?.label).find((label) => label !== undefined);
}

function refundOf(claimed: Rupees | null, history: Filing["statusHistory"]): Refund | undefined {
  const issuedOn = history.find(({ status }) => status === "REFUND_ISSUED")?.occurredOn;
  return claimed === null && issuedOn === undefined ? undefined : { claimed, issuedOn };
}

function fillGaps<Block extends { readonly [Name in keyof Block]: Rupees | null }>(
  believed: Block | undefined,
  filling: Block | undefined,
): Block | undefined {
  if (believed === undefined || filling === undefined) return believed ?? filling;
  const filled = { ...believed };
  for (const name of Object.keys(believed) as (keyof Block)[]) filled[name] = believed[name] ?? filling[name];
  return filled;
}
