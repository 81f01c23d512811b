import type { Want } from "../../reading";
import { incomeYearFromAssessmentYear, type IncomeYear } from "../../domain";
import { isPageSize } from "../types";
import { memoizeWeak } from "../../kernel";
import { foundIn, type Gathered } from "./gathered";
import type { Selection } from "./selection";

export type { Want } from "../../reading";

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
export function wantsOf(fields: readonly Selection[], asking: Asking): readonly Want[] {
  const wants = fields.flatMap((field) => (asking.mayHave(field.name) ? wantsOfField(field, asking) : []));
  const alike = Map.groupBy(wants, ({ document, incomeYear }) => `${document}|${incomeYear ?? ""}`);
  return [...alike.values()].flatMap(([want, ...others]) => (want ? others.reduce(stricter, want) : []));
}

/**
 * What is needed besides, once those have been gathered: a compliance check is held against the filings of its year, and
 * which year that is the provider alone can tell.
 */
export function wantsAfter(
  gathered: readonly Gathered[],
  fields: readonly Selection[],
  { mayHave }: Pick<Asking, "mayHave">,
): readonly Want[] {
  if (!comparesFilings(fields) || !mayHave("filings")) return [];
  const year = foundIn(gathered, "COMPLIANCE")[0]?.value.incomeYear;
  const isThere = gathered.some(({ document, incomeYear }) => document === "FILINGS" && incomeYear === year);
  return isThere || year === undefined ? [] : [{ document: "FILINGS", incomeYear: year }];
}

const comparesFilings = memoizeWeak((fields: readonly Selection[]) =>
  selects(below(fields, "compliance"), "agreesWithFilings"),
);

/** What a filing of this year needs of which these fields are selected. */
function wantsOfFiling(fields: readonly Selection[], incomeYear: IncomeYear): readonly Want[] {
  const wants: Want[] = [{ document: "FILINGS", incomeYear }];
  if (selects(fields, "checks")) wants.push({ document: "TAX_CREDITS", incomeYear });
  if (selects(fields, "documents")) wants.push({ document: "VERIFICATION_FORM", incomeYear });
  return wants;
}

/** What a filing of this year may need, whichever fields are selected: all of it is read from what is held. */
export function wantsOfEveryFilingField(incomeYear: IncomeYear): readonly Want[] {
  return [
    { document: "FILINGS", incomeYear },
    { document: "TAX_CREDITS", incomeYear },
    { document: "VERIFICATION_FORM", incomeYear },
  ];
}

/** The labels have come through their scalar, which lets nothing in that is no year. */
export function yearsAsked(
  assessmentYears: readonly string[] | null | undefined,
  usualYears: readonly IncomeYear[],
): readonly IncomeYear[] {
  if (!assessmentYears) return usualYears;
  return [...new Set(assessmentYears.flatMap((label) => incomeYearFromAssessmentYear(label) ?? []))];
}

function wantsOfField(field: Selection, { usualYears }: Asking): readonly Want[] {
  const { assessmentYear, assessmentYears, first, maxAgeSeconds } = field.arguments() as FieldArguments;
  const years = yearsAsked(assessmentYear === undefined ? assessmentYears : [assessmentYear], usualYears);
  switch (field.name) {
    case "profile":
      return selects(field.fields(), "aadhaarLink")
        ? [{ document: "PROFILE" }, { document: "AADHAAR_LINK" }]
        : [{ document: "PROFILE" }];
    case "compliance":
      return (maxAgeSeconds ?? 0) < 0 ? [] : [{ document: "COMPLIANCE", maxAgeMs: inMs(maxAgeSeconds) }];
    case "filings":
      return isPageSize(first) ? years.flatMap((year) => wantsOfFiling(listedFields(field), year)) : [];
    case "filing":
      return years.flatMap((year) => wantsOfFiling(field.fields(), year));
    case "taxCredits":
      return years.map((incomeYear) => ({ document: "TAX_CREDITS", incomeYear }));
    case "informationStatement":
      return years.map((incomeYear) => ({ document: "INFORMATION_STATEMENT", incomeYear }));
    case "demands":
      return [{ document: "DEMANDS" }];
    default:
      return [];
  }
}

interface FieldArguments {
  readonly assessmentYear?: string;
  readonly assessmentYears?: readonly string[] | null;
  readonly first?: number | null;
  readonly maxAgeSeconds?: number | null;
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

function stricter(one: Want, other: Want): Want {
  return (other.maxAgeMs ?? Infinity) < (one.maxAgeMs ?? Infinity) ? other : one;
}

function inMs(seconds: number | null | undefined): number | undefined {
  return seconds === null || seconds === undefined ? undefined : seconds * 1_000;
}
