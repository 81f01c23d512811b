import { isOfYear, type DocumentKind, type IncomeYear } from "../domain";
import type { Reading } from "../providers";
import type { DocumentOfYear, WantedDocuments } from "./session";

/**
 * What of the wish these readings leave open. A document that is told of no year in particular is told of all its years:
 * "no return at all" needs no asking year by year.
 */
export function missingOf(wish: WantedDocuments, readings: readonly Reading[]): WantedDocuments {
  const isTold = (document: DocumentKind, year: IncomeYear | undefined) =>
    readings.some(
      (reading) =>
        reading.document === document &&
        reading.answer.outcome !== "FAILED" &&
        (year === undefined || reading.incomeYear === undefined || reading.incomeYear === year),
    );
  const openYears = (document: DocumentKind) => wish.incomeYears.filter((year) => !isTold(document, year));
  const documents = wish.documents.filter((document) =>
    isOfYear(document) ? openYears(document).length > 0 : !isTold(document, undefined),
  );
  const years = new Set(documents.filter(isOfYear).flatMap(openYears));
  return { documents, incomeYears: wish.incomeYears.filter((year) => years.has(year)) };
}

/** Nothing beyond the wish, even where a provider brings more; what is told of no year becomes an answer for each. */
export function within(wish: WantedDocuments, readings: readonly Reading[]): readonly Reading[] {
  return readings
    .filter(({ document }) => wish.documents.includes(document))
    .flatMap((reading): readonly Reading[] => {
      if (!isOfYear(reading.document)) return [reading];
      if (reading.incomeYear === undefined) {
        return wish.incomeYears.map((incomeYear) => ({ ...reading, incomeYear }));
      }
      return wish.incomeYears.includes(reading.incomeYear) ? [reading] : [];
    });
}

/**
 * What the provider says that it does not tell. Where nothing has failed, that of which it has said nothing at all is of
 * that kind, too.
 */
export function unsupportedIn(
  wish: WantedDocuments,
  readings: readonly Reading[],
  { isWhole }: { readonly isWhole: boolean },
): readonly DocumentOfYear[] {
  return eachOf(wish).filter(({ document, incomeYear }) => {
    const reading = readings.find((each) => each.document === document && each.incomeYear === incomeYear);
    return reading ? reading.answer.outcome === "UNSUPPORTED" : isWhole;
  });
}

function eachOf({ documents, incomeYears }: WantedDocuments): readonly DocumentOfYear[] {
  return documents.flatMap((document): DocumentOfYear[] =>
    isOfYear(document)
      ? incomeYears.map((incomeYear) => ({ document, incomeYear }))
      : [{ document, incomeYear: undefined }],
  );
}
