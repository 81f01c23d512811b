import { isOfYear, type DocumentKind } from "../domain/answer";
import type { IncomeYear } from "../domain/taxPeriod";
import { heldFor } from "./held";
import { permissionFor } from "./permission";
import type { KeptTaxpayer } from "./taxpayerStore";

/** A document that is not held yet: of one year, or of no year in particular. */
export interface Gap {
  readonly document: DocumentKind;
  readonly incomeYear: IncomeYear | undefined;
}

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
      return permissionFor(question, nowMs).is !== "GRANTED" || heldFor(question, nowMs).length === 0;
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
