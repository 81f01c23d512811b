import { isOfYear, type DocumentKind } from "../domain/answer";
import type { IncomeYear } from "../domain/taxPeriod";
import type { DocumentOfYear } from "../providers/openLogin";
import { heldAnswersTo } from "./heldAnswers";
import { permissionFor } from "./permission";
import type { KeptTaxpayer } from "./taxpayerStore";

/** A document that is not held yet. */
export type Gap = DocumentOfYear;

/** As far back as any login reaches. */
export const mostYears = 7;

/** What of this is not held, or is held and may not be read. */
export function gapsOf(
  {
    taxpayer,
    documents,
    incomeYears,
  }: {
    readonly taxpayer: KeptTaxpayer;
    readonly documents: readonly DocumentKind[];
    readonly incomeYears: readonly IncomeYear[];
  },
  nowMs: number,
): readonly Gap[] {
  return [...new Set(documents)]
    .flatMap((document): Gap[] =>
      isOfYear(document)
        ? incomeYears.map((incomeYear) => ({ document, incomeYear }))
        : [{ document, incomeYear: undefined }],
    )
    .filter((gap) => {
      const question = { taxpayer, ...gap };
      return permissionFor(question, nowMs).is !== "GRANTED" || heldAnswersTo(question, undefined, nowMs).length === 0;
    });
}

/** How far back a login must reach for each document, since a login reads all years from the latest one on. */
export function yearsBackOf(gaps: readonly Gap[], reachable: readonly IncomeYear[]): ReadonlyMap<DocumentKind, number> {
  const yearsByDocument = new Map<DocumentKind, number>();
  for (const { document, incomeYear } of gaps) {
    const yearsBack = incomeYear === undefined ? 1 : reachable.indexOf(incomeYear) + 1;
    yearsByDocument.set(document, Math.max(yearsBack, yearsByDocument.get(document) ?? 0));
  }
  return yearsByDocument;
}

export function kindsOf(gaps: readonly Gap[]): readonly DocumentKind[] {
  return [...new Set(gaps.map(({ document }) => document))];
}
