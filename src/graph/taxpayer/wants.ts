import type { WantedDocument } from "../../reading";
import type { IncomeYear } from "../../domain";
import { isPageSize, yearsAsked } from "../types";
import { memoizeWeak } from "../../kernel";
import { answersIn, type AnsweredDocument, type Selection } from "../selection";
import { isPolicy, type IncomePolicyInput } from "../insights";
import type { TaxpayerResolver } from "./taxpayer";

export interface Asking {
  /** Whether the caller may have this field of a taxpayer. */
  readonly mayHave: (field: string) => boolean;
  /** The years whose filings are meant where none are named. */
  readonly usualYears: readonly IncomeYear[];
}

/**
 * What the fields selected of a taxpayer need: each document once, as fresh as the strictest of them asks. Nothing is spent
 * on a field that will be refused.
 */
export function wantsOf(fields: readonly Selection[], asking: Asking): readonly WantedDocument[] {
  const wants = fields.flatMap((field) => (asking.mayHave(field.name) ? wantsOfField(field, asking) : []));
  const alike = Map.groupBy(wants, ({ document, incomeYear }) => `${document}|${incomeYear ?? ""}`);
  return [...alike.values()].flatMap(([want, ...others]) => (want ? others.reduce(stricter, want) : []));
}

/**
 * What is needed besides, once those have been gathered: a compliance check is held against the filings of its year, and
 * which year that is the provider alone can tell.
 */
export function wantsAfter(
  gathered: readonly AnsweredDocument[],
  fields: readonly Selection[],
  { mayHave }: Pick<Asking, "mayHave">,
): readonly WantedDocument[] {
  if (!comparesFilings(fields) || !mayHave("filings")) return [];
  const year = answersIn(gathered).found("COMPLIANCE")[0]?.value.incomeYear;
  const isThere = gathered.some(({ document, incomeYear }) => document === "FILINGS" && incomeYear === year);
  return isThere || year === undefined ? [] : [{ document: "FILINGS", incomeYear: year }];
}

const comparesFilings = memoizeWeak((fields: readonly Selection[]) =>
  selects(below(fields, "compliance"), "agreesWithFilings"),
);

/** What a filing of this year needs of which these fields are selected. */
function wantsOfFiling(fields: readonly Selection[], incomeYear: IncomeYear): readonly WantedDocument[] {
  const wants: WantedDocument[] = [{ document: "FILINGS", incomeYear }];
  if (selects(fields, "checks")) wants.push({ document: "TAX_CREDITS", incomeYear });
  if (selects(fields, "documents")) wants.push({ document: "VERIFICATION_FORM", incomeYear });
  return wants;
}

/** All documents that any field of a filing of this year may need. They are read from the store. */
export function wantsOfEveryFilingField(incomeYear: IncomeYear): readonly WantedDocument[] {
  return [
    { document: "FILINGS", incomeYear },
    { document: "TAX_CREDITS", incomeYear },
    { document: "VERIFICATION_FORM", incomeYear },
  ];
}

/** What the insights of a year are worked out from. */
function wantsOfInsights(incomeYear: IncomeYear): readonly WantedDocument[] {
  return [
    { document: "FILINGS", incomeYear },
    { document: "TAX_CREDITS", incomeYear },
    { document: "INFORMATION_STATEMENT", incomeYear },
  ];
}

/** What one selected field needs. */
type WantsOf = (field: Selection, asked: FieldArguments, years: readonly IncomeYear[]) => readonly WantedDocument[];

const nothing: WantsOf = () => [];

/** The documents that each field of a taxpayer needs. The type holds every field: one that is forgotten does not compile. */
const wantsByField: Readonly<Record<keyof TaxpayerResolver, WantsOf>> = {
  pan: nothing,
  profile: (field) =>
    selects(field.fields(), "aadhaarLink")
      ? [{ document: "PROFILE" }, { document: "AADHAAR_LINK" }]
      : [{ document: "PROFILE" }],
  compliance: (_field, { maxAgeSeconds }) =>
    (maxAgeSeconds ?? 0) < 0 ? [] : [{ document: "COMPLIANCE", maxAgeMs: inMs(maxAgeSeconds) }],
  filings: (field, { first }, years) =>
    isPageSize(first) ? years.flatMap((year) => wantsOfFiling(listedFields(field), year)) : [],
  filing: (field, _asked, years) => years.flatMap((year) => wantsOfFiling(field.fields(), year)),
  taxCredits: (_field, _asked, years) => years.map((incomeYear) => ({ document: "TAX_CREDITS", incomeYear })),
  informationStatement: (_field, _asked, years) =>
    years.map((incomeYear) => ({ document: "INFORMATION_STATEMENT", incomeYear })),
  demands: () => [{ document: "DEMANDS" }],
  incomeInsights: (_field, { policy }, years) => (isPolicy(policy) ? years.flatMap(wantsOfInsights) : []),
  incomeReport: (_field, { policy }, years) => (isPolicy(policy) ? years.flatMap(wantsOfInsights) : []),
  // These two show what the fields beside them have brought.
  sources: nothing,
  disagreements: nothing,
};

function wantsOfField(field: Selection, { usualYears }: Asking): readonly WantedDocument[] {
  if (!isFieldWithWants(field.name)) return [];
  const asked = field.arguments() as FieldArguments;
  const { assessmentYear, assessmentYears } = asked;
  const years = yearsAsked(assessmentYear === undefined ? assessmentYears : [assessmentYear], usualYears);
  return wantsByField[field.name](field, asked, years);
}

function isFieldWithWants(name: string): name is keyof TaxpayerResolver {
  return Object.hasOwn(wantsByField, name);
}

interface FieldArguments {
  readonly assessmentYear?: string;
  readonly assessmentYears?: readonly string[] | null;
  readonly first?: number | null;
  readonly maxAgeSeconds?: number | null;
  readonly policy?: Partial<IncomePolicyInput> | null;
}

function listedFields(connection: Selection): readonly Selection[] {
  const fields = connection.fields();
  return [...below(fields, "nodes"), ...below(below(fields, "edges"), "node")];
}

function below(fields: readonly Selection[], name: string): readonly Selection[] {
  return fields.filter((field) => field.name === name).flatMap((field) => field.fields());
}

function selects(fields: readonly Selection[], name: string): boolean {
  return fields.some((field) => field.name === name);
}

function stricter(one: WantedDocument, other: WantedDocument): WantedDocument {
  return (other.maxAgeMs ?? Infinity) < (one.maxAgeMs ?? Infinity) ? other : one;
}

function inMs(seconds: number | null | undefined): number | undefined {
  return seconds === null || seconds === undefined ? undefined : seconds * 1_000;
}
