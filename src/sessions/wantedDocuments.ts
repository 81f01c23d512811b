import { isOfYear, type DocumentKind, type IncomeYear } from "../domain";
import type { Reading } from "../providers";
import type { DocumentOfYear, WantedDocuments } from "./session";

/** Whether the provider has answered. What it does not support is no answer, and is kept nowhere. */
export function hasCome({ answer: { outcome } }: Reading): boolean {
  return outcome === "FOUND" || outcome === "ABSENT";
}

export function isSameDocument(one: DocumentOfYear, other: DocumentOfYear): boolean {
  return one.document === other.document && one.incomeYear === other.incomeYear;
}

/** What these readings leave open. A reading without a year answers for all years: "no return at all" is for each year. */
export function missingOf(wanted: WantedDocuments, readings: readonly Reading[]): WantedDocuments {
  const isAnswered = (document: DocumentKind, year: IncomeYear | undefined) =>
    readings.some(
      (reading) =>
        reading.document === document &&
        reading.answer.outcome !== "FAILED" &&
        (year === undefined || reading.incomeYear === undefined || reading.incomeYear === year),
    );
  const openYears = (document: DocumentKind) => wanted.incomeYears.filter((year) => !isAnswered(document, year));
  const documents = wanted.documents.filter((document) =>
    isOfYear(document) ? openYears(document).length > 0 : !isAnswered(document, undefined),
  );
  const years = new Set(documents.filter(isOfYear).flatMap(openYears));
  return { documents, incomeYears: wanted.incomeYears.filter((year) => years.has(year)) };
}

/** The readings of what is wanted, a provider's surplus cut off. A reading without a year becomes one for each year. */
export function within(wanted: WantedDocuments, readings: readonly Reading[]): readonly Reading[] {
  return readings
    .filter(({ document }) => wanted.documents.includes(document))
    .flatMap((reading): readonly Reading[] => {
      if (!isOfYear(reading.document)) return [reading];
      if (reading.incomeYear === undefined) {
        return wanted.incomeYears.map((incomeYear) => ({ ...reading, incomeYear }));
      }
      return wanted.incomeYears.includes(reading.incomeYear) ? [reading] : [];
    });
}

/** What the provider does not support. Where nothing has failed, what it does not mention is not supported either. */
export function unsupportedIn(
  wanted: WantedDocuments,
  readings: readonly Reading[],
  { isWhole }: { readonly isWhole: boolean },
): readonly DocumentOfYear[] {
  return eachOf(wanted).filter((place) => {
    const reading = readings.find((each) => isSameDocument(each, place));
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
