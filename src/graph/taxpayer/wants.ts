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
  /** The years that are used if the caller names none. */
  readonly usualYears: readonly IncomeYear[];
}

/**
 * The documents that the selected fields of a taxpayer need: each once, with the lowest maximum age that any field asks.
 * A field that will be refused needs nothing.
 */
export function wantsOf(fields: readonly Selection[], asking: Asking): readonly WantedDocument[] {
  const wants = fields.flatMap((field) => (asking.mayHave(field.name) ? wantsOfField(field, asking) : []));
  const alike = Map.groupBy(wants, ({ document, incomeYear }) => `${document}|${incomeYear ?? ""}`);
  return [...alike.values()].flatMap(([want, ...others]) => (want ? others.reduce(stricter, want) : []));
}

/**
 * The documents needed after the first ones are gathered. A compliance check is compared with the filings of its year,
 * and only the provider knows that year.
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

/** The documents that a filing of this year needs for these selected fields. */
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

/** The documents that the insights of a year are computed from. */
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

/** The documents that each field of a taxpayer needs. The type lists every field, so a forgotten field does not compile. */
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
  // These two show what the other fields have gathered.
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
