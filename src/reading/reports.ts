import type { Consent, DocumentKind, IncomePolicy, IncomeYear } from "../domain";
import { Fault } from "../kernel";
import { judge } from "./answerFromStore";
import type { AnsweredDocument, Documents } from "./question";
import type { StoredTaxpayer } from "./ports";

export type ReportFormat = "PDF" | "CSV";

/** Identifies one report: its taxpayer, years and policy. */
export interface ReportPlace {
  readonly taxpayerId: string;
  readonly format: ReportFormat;
  readonly incomeYears: readonly IncomeYear[];
  /** Whether the caller named the years. */
  readonly areNamed: boolean;
  readonly policy: IncomePolicy;
}

interface ReportRequest {
  readonly place: ReportPlace;
  readonly documents: Documents;
  readonly atMs: number;
  /** The audit record of the handing out has the same: its request. */
  readonly auditReference: string;
}

interface Report {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly fileName: string;
}

/** Makes the file of a report from what may be read now. */
export type MakeReport = (request: ReportRequest) => Report;

/** What a report is made of. */
export const reportDocuments = ["FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT"] as const satisfies DocumentKind[];

/** The stored answers that the consents let be read now, and those consents. It asks no provider. */
export function readForReport(
  taxpayer: StoredTaxpayer,
  { incomeYears }: ReportPlace,
  nowMs: number,
): { readonly documents: Documents; readonly consents: readonly Consent[] } {
  const wanted = incomeYears.flatMap((incomeYear) => reportDocuments.map((document) => ({ document, incomeYear })));
  const judged = wanted.map((question) => ({ question, judgement: judge({ taxpayer, ...question }, nowMs) }));
  const refused = judged.find(({ judgement }) => judgement.kind === "REFUSED")?.judgement;
  if (refused?.kind === "REFUSED") throw refused.fault;
  const readable = judged.map(({ question, judgement }) => ({
    question,
    readable: judgement.kind === "ALLOWED" ? judgement.readable : [],
  }));
  const answered = readable.map(({ question, readable: found }): AnsweredDocument => {
    return { ...question, answers: found.map(({ answer }) => answer) };
  });
  const hasReturns = answered.some(({ document, answers }) => document === "FILINGS" && answers.length > 0);
  if (!hasReturns) throw new Fault("NOT_FOUND");
  const consents = readable.flatMap(({ readable: found }) => found.flatMap(({ consent }) => consent ?? []));
  return { documents: { taxpayer, answered }, consents: [...new Set(consents)] };
}
