import type { Answer, DocumentKind, Found, Demand, Told as ToldBody, ToldFilings, IncomeYear } from "../../domain";
import type { Fault } from "../../kernel";
import type { DocumentBodies } from "../../providers";
import type { NotConnected, AnsweredDocument } from "../../reading";

export type { AnsweredDocument } from "../../reading";

/** Somebody's word on a document of this kind. */
export type Telling<Kind extends DocumentKind = DocumentKind> = Answer<DocumentBodies[Kind]> | NotConnected;

/** All that was told of a document: of these years, or of whichever years there are. */
export function tellingsOf<Kind extends DocumentKind>(
  gathered: readonly AnsweredDocument[],
  kind: Kind,
  years?: readonly IncomeYear[],
): readonly Telling<Kind>[] {
  return gathered
    .filter(({ document }) => document === kind)
    .filter(({ incomeYear }) => years === undefined || (incomeYear !== undefined && years.includes(incomeYear)))
    .flatMap(({ answers: told }) => told as readonly Telling<Kind>[]);
}

export function foundIn<Kind extends DocumentKind>(
  gathered: readonly AnsweredDocument[],
  kind: Kind,
  year?: IncomeYear,
): readonly Found<DocumentBodies[Kind]>[] {
  return tellingsOf(gathered, kind, year && [year]).filter((telling) => telling.outcome === "FOUND");
}

/** Whoever says that there is none tells an empty list, which contradicts whoever has a return. */
export function filingsIn(gathered: readonly AnsweredDocument[]): readonly ToldFilings[] {
  return gathered.flatMap((each) =>
    listsIn(tellingsOf([each], "FILINGS")).map(({ value, provenance }) => ({
      incomeYear: each.incomeYear,
      filings: value,
      provenance,
    })),
  );
}

/** That there is no demand is told as an empty list, and is good news. */
export function demandsIn(gathered: readonly AnsweredDocument[]): readonly ToldBody<readonly Demand[]>[] {
  return listsIn(tellingsOf(gathered, "DEMANDS"));
}

function listsIn<Kind extends "FILINGS" | "DEMANDS">(
  tellings: readonly Telling<Kind>[],
): readonly ToldBody<DocumentBodies[Kind]>[] {
  return tellings.flatMap((telling): ToldBody<DocumentBodies[Kind]>[] => {
    if (telling.outcome === "FOUND") return [telling];
    return telling.outcome === "ABSENT" ? [{ value: [], provenance: telling.provenance }] : [];
  });
}

export function yearsOf(gathered: readonly AnsweredDocument[], kind: DocumentKind): readonly IncomeYear[] {
  const years = gathered.flatMap(({ document, incomeYear }) => (document === kind ? (incomeYear ?? []) : []));
  return [...new Set(years)].toSorted((one, other) => other - one);
}

/** What a null must be explained with: the first failure, where nothing was found. */
export function faultIn(tellings: readonly Telling[]): Fault | undefined {
  if (tellings.some(({ outcome }) => outcome === "FOUND")) return undefined;
  return tellings.find((telling) => telling.outcome === "FAILED")?.fault;
}
