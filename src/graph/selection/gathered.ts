import type { Answer, DocumentKind, Found, Demand, Told as ToldBody, ToldFilings, IncomeYear } from "../../domain";
import { Fault } from "../../kernel";
import type { DocumentBodies } from "../../providers";
import type { NotConnected, AnsweredDocument, DocumentRequest, Documents, WantedDocument } from "../../reading";
import type { StoredTaxpayer } from "../../reading/ports";
import type { GraphContext } from "../context";

/** Gathers what each taxpayer needs, batched with all other requests of this tick. */
export async function gatherEach(
  { loaders }: Pick<GraphContext, "loaders">,
  requests: readonly DocumentRequest[],
): Promise<readonly Documents[]> {
  if (requests.every(({ wanted }) => wanted.length === 0))
    return requests.map(({ taxpayer }) => ({ taxpayer, answered: [] }));
  return requests.map(await loaders.documents.load(requests));
}

export async function gather(
  context: Pick<GraphContext, "loaders">,
  taxpayer: StoredTaxpayer,
  wanted: readonly WantedDocument[],
  fields: readonly string[],
): Promise<Documents> {
  const [documents] = await gatherEach(context, [{ taxpayer, wanted, fields }]);
  if (documents === undefined) throw new Fault("INTERNAL", { note: "a request came back without its documents" });
  return documents;
}

export type { AnsweredDocument } from "../../reading";

/** One provider's answer about a document of this kind. */
export type Telling<Kind extends DocumentKind = DocumentKind> = Answer<DocumentBodies[Kind]> | NotConnected;

/** All answers about a document, of these years or of every year. */
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

/** An ABSENT answer counts as an empty list, so that it contradicts a provider that has a return. */
export function filingsIn(gathered: readonly AnsweredDocument[]): readonly ToldFilings[] {
  return gathered.flatMap((each) =>
    listsIn(tellingsOf([each], "FILINGS")).map(({ value, provenance }) => ({
      incomeYear: each.incomeYear,
      filings: value,
      provenance,
    })),
  );
}

/** An ABSENT answer counts as an empty list of demands. */
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

/** The fault that explains a null: the first failure, if no answer was found. */
export function faultIn(tellings: readonly Telling[]): Fault | undefined {
  if (tellings.some(({ outcome }) => outcome === "FOUND")) return undefined;
  return tellings.find((telling) => telling.outcome === "FAILED")?.fault;
}
