import {
  assessmentYearLabel,
  canonicalPolicy,
  crossCheckText,
  exclusionText,
  figureText,
  formulaText,
  printRupees,
  type Figure,
  type IncomeInsights,
} from "../../domain";
import type { ReportFormat } from "../../reading";

/** One line of a report, in columns. */
type Row = readonly string[];

/** One part of a report. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** What stands above the figures: whose they are, under what policy, from whom, when. */
interface ReportHead {
  readonly pan: string;
  readonly digest: string;
  readonly sources: readonly string[];
  readonly madeAt: string;
  readonly auditReference: string;
}

export function fileOfReport(format: ReportFormat): { readonly fileName: string; readonly contentType: string } {
  return format === "PDF"
    ? { fileName: "income-report.pdf", contentType: "application/pdf" }
    : { fileName: "income-report.csv", contentType: "text/csv; charset=utf-8" };
}

/** All that a report tells, in the order of reading. */
export function sectionsOf(insights: IncomeInsights, head: ReportHead): readonly Section[] {
  const { policy, years, assessable, assessableMonthly, trend, punctuality } = insights;
  return [
    {
      title: "Report",
      rows: [
        ["PAN", head.pan],
        ["Policy", `${policy.name}, version ${policy.version}`],
        ["Policy digest (SHA-256)", head.digest],
        ["Policy as applied", canonicalPolicy(policy)],
        ...head.sources.map((source) => ["Source", source]),
        ["Made at", head.madeAt],
        ["Audit reference", head.auditReference],
      ],
    },
    { title: "Assessable income", rows: [rowOf("A year", assessable), rowOf("A month", assessableMonthly)] },
    ...years.map(({ incomeYear, excluded, ...figures }) => ({
      title: `Assessment year ${assessmentYearLabel(incomeYear)}`,
      rows: [
        rowOf("Salary", figures.salary),
        rowOf("Business", figures.business),
        rowOf("Rent", figures.rent),
        rowOf("Other income", figures.other),
        rowOf("Recurring income", figures.recurring),
        ...excluded.map(({ what, amount }) => {
          const words = exclusionText(what, "EN");
          return [`Excluded: ${words.what}`, printRupees(amount), "", words.reason];
        }),
      ],
    })),
    {
      title: "Trend and punctuality",
      rows: [
        ["Stability", trend.stability],
        ["Returns filed", `${punctuality.filed}, of them ${punctuality.onTime} on time and ${punctuality.late} late`],
        ["Years without a return", punctuality.missing.map(assessmentYearLabel).join(", ") || "none"],
      ],
    },
    {
      title: "Cross-checks",
      rows: insights.crossChecks.map((check) => [
        `${assessmentYearLabel(check.incomeYear)} ${check.name}`,
        check.outcome,
        "",
        crossCheckText(check, "EN"),
      ]),
    },
    {
      title: "Trace",
      rows: insights.trace.map(({ step, formula, figure: { amount } }) => [
        step,
        amount === null ? "-" : printRupees(amount),
        "",
        formulaText(formula, "EN"),
      ]),
    },
  ];
}

function rowOf(name: string, figure: Figure): Row {
  const { amount, state } = figure;
  return [name, amount === null ? "-" : printRupees(amount), state, figureText(figure, "EN") ?? ""];
}

/** RFC 4180, with a mark that lets spreadsheets read it as UTF-8. */
export function csvOf(sections: readonly Section[]): Buffer {
  const lines = sections.flatMap(({ title, rows }) => [[title], ...rows, []].map((row) => row.map(cellOf).join(",")));
  return Buffer.from(`\uFEFF${lines.join("\r\n")}\r\n`);
}

/** A text that begins like a formula would be run by a spreadsheet. */
function cellOf(text: string): string {
  const safe = /^[=+@\t\r]/.test(text) || /^-(?!₹|$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
