import { assessmentYearLabel, indianDayAt, instantAt, maskPan, zeroRupees } from "../../domain";
import type { MakeReport } from "../../reading";
import { csvOf, fileOfReport, pdfOf, sectionsOf, withDigest } from "../insights";
import { documentsIn } from "./taxpayerDocuments";

/** Makes the file of a report: the figures that the graph shows now, with their sources and the policy. */
export const makeIncomeReport: MakeReport = ({ place, documents, atMs, auditReference }) => {
  const { policy, format, incomeYears: years, areNamed } = place;
  const asked = { years, areNamed, today: indianDayAt(atMs), locale: "EN" } as const;
  const insights = documentsIn(documents).workedOut(policy, asked);
  const sources = documents.answered.flatMap(({ document, incomeYear, answers }) =>
    answers.flatMap((answer) =>
      "provenance" in answer
        ? `${document}${incomeYear ? ` ${assessmentYearLabel(incomeYear)}` : ""}: ${answer.provenance.provider}, ${answer.provenance.fetchedAt}`
        : [],
    ),
  );
  const { digest } = withDigest(policy);
  const head = { pan: maskPan(documents.taxpayer.pan), digest, sources, madeAt: instantAt(atMs), auditReference };
  const sections = sectionsOf(insights, head);
  const bars = insights.years.map(({ incomeYear, recurring: { amount } }) => ({
    label: assessmentYearLabel(incomeYear),
    amount: amount ?? zeroRupees,
  }));
  const bytes = format === "CSV" ? csvOf(sections) : pdfOf("Income report", sections, bars.toReversed());
  return { bytes, ...fileOfReport(format) };
};
