import { readItrJson, readReturnIdentity } from "../../../department";
import {
  nameOfReturn,
  returnFormFromLabel,
  type Filing,
  type FilingKind,
  type Refund,
  type ReturnForm,
  type StatusEvent,
  filingSectionOf,
  filingStatusFromLabel,
  readAcknowledgementNumber,
  type Rupees,
  incomeYearFromAssessmentYear,
  incomeYearFromFinancialYear,
  type IncomeYear,
} from "../../../domain";
import type { ReceivedFile } from "../../provider";
import { asList, asObject, textOf, type JsonObject } from "../../replies";
import { readAnalyzed } from "./analyzed";
import { contradictionsOf } from "./contradictions";
import { dateOf } from "./reported";

/** A filing with the Department's own file, where the reply has it. */
export interface MergedFiling {
  readonly filing: Filing;
  readonly file: ReceivedFile | undefined;
}

/**
 * One return from three sources. The portal's list has its dates and its status. The Department's file has the figures; the
 * vendor's analysis fills the gaps. Where the two contradict each other, the file wins and both values are kept.
 */
export function toFiling(entry: JsonObject): MergedFiling | undefined {
  const analyzed = asObject(entry.analyzed_data) ?? {};
  const filingInfo = asObject(analyzed.filing_info) ?? {};
  if (mixesYears(entry, filingInfo)) return undefined;
  const parsed = readItrJson(entry.parsed_data, { incomeYear: yearOf(entry, filingInfo) })?.filing;
  const incomeYear = parsed?.incomeYear ?? yearOf(entry, filingInfo);
  if (incomeYear === undefined) return undefined;

  const analysis = readAnalyzed(analyzed);
  const statusHistory = toStatusHistory(entry.itr_status);
  const filedOn = dateOf(entry.filing_date);
  const sections = [entry.filing_type, entry.filing_section, filingInfo.filing_section];
  const filing: Filing = {
    ...parsed,
    acknowledgementNumber: readAcknowledgementNumber(textOf(entry.acknowledgement_no) ?? ""),
    incomeYear,
    form: formOf(entry.itr_form, analyzed.form_type) ?? parsed?.form ?? "UNKNOWN",
    kind: kindOf(sections) ?? parsed?.kind ?? "OTHER",
    section: sectionOf(sections) ?? parsed?.section,
    filedOn,
    verifiedOn: parsed?.verifiedOn ?? analysis.verifiedOn,
    residentialStatus: parsed?.residentialStatus ?? analysis.residentialStatus,
    // The due date in the analysis is a constant of the form, without extensions.
    timeliness: parsed?.timeliness ?? "UNKNOWN",
    status: statusHistory.at(-1)?.status ?? (filedOn === undefined ? "UNKNOWN" : "FILED"),
    statusHistory,
    regime: parsed === undefined || parsed.regime === "UNKNOWN" ? analysis.regime : parsed.regime,
    incomeHeads: fillGaps(parsed?.incomeHeads, analysis.incomeHeads),
    grossTotalIncome: parsed?.grossTotalIncome ?? analysis.grossTotalIncome,
    deductions: parsed?.deductions ?? analysis.deductions,
    totalIncome: parsed?.totalIncome ?? analysis.totalIncome,
    tax: fillGaps(parsed?.tax, analysis.tax),
    particulars: parsed?.particulars,
    taxesPaid: fillGaps(parsed?.taxesPaid, analysis.taxesPaid),
    refund: refundOf(parsed?.refund?.claimed ?? analysis.refund?.claimed ?? null, statusHistory),
    demand: null,
    bankAccounts: parsed && parsed.bankAccounts.length > 0 ? parsed.bankAccounts : analysis.bankAccounts,
    contradictions: parsed && contradictionsOf(parsed, analysis),
  };
  return { filing, file: parsed && { name: nameOfReturn(filing), json: entry.parsed_data } };
}

/** `filing_year` is a financial year: the published return of "2024-2025" was filed in July 2025. */
function yearOf(entry: JsonObject, filingInfo: JsonObject): IncomeYear | undefined {
  return (
    incomeYearFromFinancialYear(textOf(entry.filing_year) ?? "") ??
    incomeYearFromAssessmentYear(textOf(filingInfo.assessment_year) ?? "")
  );
}

/** Whether the entry, its file and its analysis are of different years. Then one of them may be another person's. */
function mixesYears({ filing_year: label, parsed_data: file }: JsonObject, filingInfo: JsonObject): boolean {
  const listed = textOf(label) ?? "";
  const analyzed = incomeYearFromAssessmentYear(textOf(filingInfo.assessment_year) ?? "");
  const named = [...readReturnIdentity(file).incomeYears, ...(analyzed === undefined ? [] : [analyzed])];
  // Another page of the vendor calls this label an assessment year, so both meanings are allowed.
  const ofEntry = [incomeYearFromFinancialYear(listed), incomeYearFromAssessmentYear(listed)];
  const isListed = ofEntry.some((year) => year !== undefined);
  return new Set(named).size > 1 || (isListed && named.some((year) => !ofEntry.includes(year)));
}

function formOf(...labels: readonly unknown[]): ReturnForm | undefined {
  return labels.map((label) => returnFormFromLabel(textOf(label) ?? "")).find((form) => form !== "UNKNOWN");
}

/** The list has "139(1)" or "Original"; the analysis has 11. */
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

/** The vendor prints the newest first, unless the dates show the other order. */
function toStatusHistory(steps: unknown): readonly StatusEvent[] {
  const events = asList(steps)
    .map((step) => toEvent(asObject(step)?.status, asObject(step)?.date))
    .filter((event) => event !== undefined);
  const [first, last] = [events[0]?.occurredOn, events.at(-1)?.occurredOn];
  const isOldestFirst = first !== undefined && last !== undefined && first < last;
  return isOldestFirst ? events : events.toReversed();
}

function toEvent(status: unknown, date: unknown): StatusEvent | undefined {
  const label = textOf(status);
  return label === undefined ? undefined : { label, status: filingStatusFromLabel(label), occurredOn: dateOf(date) };
}
