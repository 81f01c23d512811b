import { incomeYearFromAssessmentYear, incomeYearFromAssessmentYearStart, type IncomeYear } from "../../domain";
import { asObject, textOf, type JsonObject } from "../../kernel";

/** The taxpayers and the years that a return file names. */
interface ReturnIdentity {
  readonly pans: readonly string[];
  readonly incomeYears: readonly IncomeYear[];
}

/**
 * All places count: a file that names two taxpayers belongs to neither. The verifier does not count, because a karta or
 * a partner signs for another person.
 */
export function readReturnIdentity(json: unknown): ReturnIdentity {
  const file = asObject(json);
  const forms = objectsIn(asObject(file?.ITR) ?? file, /^ITR/);
  const parts = forms.flatMap((form) => [form, ...objectsIn(form, /^part[-_ ]?a/i)]);
  const persons = parts.flatMap((part) => [part, ...objectsIn(part, /^(PersonalInfo|OrgFirmInfo)$/)]);
  const years = [...forms.flatMap((form) => objectsIn(form, /^Form_/)), ...parts];
  return {
    pans: persons.map(({ PAN }) => textOf(PAN)).filter((pan) => pan !== undefined),
    incomeYears: years.map(({ AssessmentYear }) => yearOf(textOf(AssessmentYear))).filter((year) => year !== undefined),
  };
}

function objectsIn(object: JsonObject | undefined, named = /^/): readonly JsonObject[] {
  return Object.entries(object ?? {})
    .filter(([name]) => named.test(name))
    .map(([, value]) => asObject(value))
    .filter((value) => value !== undefined);
}

function yearOf(label = ""): IncomeYear | undefined {
  return incomeYearFromAssessmentYearStart(label) ?? incomeYearFromAssessmentYear(label);
}
