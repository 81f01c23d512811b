import type {
  Answer,
  DocumentKind,
  Found,
  Demand,
  Reported as ReportedBody,
  ReportedFilings,
  IncomeYear,
} from "../../domain";
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
export type AnswerAbout<Kind extends DocumentKind = DocumentKind> = Answer<DocumentBodies[Kind]> | NotConnected;

/** The answers that were gathered about one taxpayer. */
export function answersIn(gathered: readonly AnsweredDocument[]) {
  /** All answers about a document, of these years or of every year. */
  function about<Kind extends DocumentKind>(kind: Kind, years?: readonly IncomeYear[]): readonly AnswerAbout<Kind>[] {
    return gathered
      .filter(({ document }) => document === kind)
      .filter(({ incomeYear }) => years === undefined || (incomeYear !== undefined && years.includes(incomeYear)))
      .flatMap(({ answers }) => answers as readonly AnswerAbout<Kind>[]);
  }

  return {
    about,

    found<Kind extends DocumentKind>(kind: Kind, year?: IncomeYear): readonly Found<DocumentBodies[Kind]>[] {
      return about(kind, year && [year]).filter((answer) => answer.outcome === "FOUND");
    },

    /** An ABSENT answer counts as an empty list, so that it contradicts a provider that has a return. */
    filings(): readonly ReportedFilings[] {
      return gathered.flatMap(({ document, incomeYear, answers }) =>
        document === "FILINGS"
          ? listsIn(answers as readonly AnswerAbout<"FILINGS">[]).map(({ value, provenance }) => ({
              incomeYear,
              filings: value,
              provenance,
            }))
          : [],
      );
    },

    /** An ABSENT answer counts as an empty list of demands. */
    demands(): readonly ReportedBody<readonly Demand[]>[] {
      return listsIn(about("DEMANDS"));
    },

    /** The years of which a document was gathered, newest first. */
    years(kind: DocumentKind): readonly IncomeYear[] {
      const years = gathered.flatMap(({ document, incomeYear }) => (document === kind ? (incomeYear ?? []) : []));
      return [...new Set(years)].toSorted((one, other) => other - one);
    },
  };
}

function listsIn<Kind extends "FILINGS" | "DEMANDS">(
  answers: readonly AnswerAbout<Kind>[],
): readonly ReportedBody<DocumentBodies[Kind]>[] {
  return answers.flatMap((answer): ReportedBody<DocumentBodies[Kind]>[] => {
    if (answer.outcome === "FOUND") return [answer];
    return answer.outcome === "ABSENT" ? [{ value: [], provenance: answer.provenance }] : [];
  });
}

/** The fault that explains a null: the first failure, if no answer was found. */
export function faultIn(answers: readonly AnswerAbout[]): Fault | undefined {
  if (answers.some(({ outcome }) => outcome === "FOUND")) return undefined;
  return answers.find((answer) => answer.outcome === "FAILED")?.fault;
}
