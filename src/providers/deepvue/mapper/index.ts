import {
  absent,
  failed,
  found,
  type Answer,
  type Provenance,
  type ProvenanceMethod,
  instantAt,
  nameOfReturn,
  type Filing,
  type InformationStatement,
  type TaxCreditStatement,
  incomeYearFromAssessmentYear,
  incomeYearFromAssessmentYearStart,
  incomeYearFromFinancialYear,
  type IncomeYear,
  type Profile,
} from "../../../domain";
import { cutPersonalNumbers, readAisJson, readItrJson } from "../../../department";
import { Fault } from "../../../kernel";
import type { CameFile } from "../../provider";
import type { CreditRows, ReturnDetails, StatementEntry } from "../contract";
import { toFiling, type PlacedReturn } from "./filingMapper";
import { toProfile } from "./profileMapper";
import { toDeductors } from "./taxCreditMapper";

/** One return of the list with all that came of it: a filing, or what stands in its way. */
interface MappedReturn {
  readonly possibleYears: readonly IncomeYear[];
  readonly filing: Filing | undefined;
  readonly isParsed: boolean;
  /** The Department's own, where that is what it was read from. */
  readonly file: CameFile | undefined;
  readonly fault: Fault | undefined;
}

/** Where the details failed for good, the list's own entry is still a filing. */
export function mapReturn(placed: PlacedReturn, details: ReturnDetails | Fault | undefined): MappedReturn {
  const fault = details instanceof Fault ? details : undefined;
  const received = details instanceof Fault ? undefined : details;
  const [only, other] = placed.possibleYears;
  const incomeYear = other === undefined ? only : undefined;
  const parsed = received && readItrJson(received.rawReturn, { incomeYear })?.filing;
  const filing = toFiling(placed, received, parsed);
  const file = parsed && filing && { name: nameOfReturn(filing), json: received.rawReturn };
  return { possibleYears: placed.possibleYears, filing, isParsed: parsed !== undefined, file, fault };
}

export function toFilingsAnswer(
  returns: readonly MappedReturn[],
  year: IncomeYear,
  nowMs: number,
): Answer<readonly Filing[]> {
  // A return without any year may be of this one.
  const candidates = returns.filter(({ possibleYears }) => possibleYears.length === 0 || possibleYears.includes(year));
  // Half a year would be held as though it were whole, so it is left to a later attempt.
  const passing = candidates.find(({ fault }) => fault?.retryable)?.fault;
  if (passing) return failed("DEEPVUE", passing);

  const ofYear = returns.filter(({ filing }) => filing?.incomeYear === year);
  const filings = ofYear.map(({ filing }) => filing).filter((filing) => filing !== undefined);
  if (filings.length > 0) {
    return found(filings, provenance(ofYear.some(({ isParsed }) => isParsed) ? "PARSED" : "REPORTED", nowMs));
  }
  return candidates.some(({ filing }) => filing === undefined)
    ? failed("DEEPVUE", badResponse("nothing tells the year of a return"))
    : absent(provenance("REPORTED", nowMs));
}

export function filesOfYear(returns: readonly MappedReturn[], year: IncomeYear): readonly CameFile[] {
  return returns.flatMap(({ filing, file }) => (filing?.incomeYear === year ? (file ?? []) : []));
}

export function toProfileAnswer(details: ReturnDetails | undefined, nowMs: number): Answer<Profile> {
  const parsed = details && readItrJson(details.rawReturn, { incomeYear: undefined })?.profile;
  const profile = details && toProfile(details, parsed);
  return profile === undefined
    ? absent(provenance("REPORTED", nowMs))
    : found(profile, provenance(parsed === undefined ? "REPORTED" : "PARSED", nowMs));
}

/** The year a tax-credit statement is of, as its list entry tells; the statement itself may tell it better. */
export function yearOfEntry(entry: StatementEntry): IncomeYear | undefined {
  return yearOfAssessment(entry.assessment_year) ?? incomeYearFromFinancialYear(entry.financial_year ?? "");
}

export interface ReadStatement {
  readonly entry: StatementEntry;
  readonly told: CreditRows | Fault;
}

export function toTaxCreditsAnswer(
  statements: readonly ReadStatement[],
  year: IncomeYear,
  nowMs: number,
): Answer<TaxCreditStatement> {
  const candidates = statements.map(({ entry, told }) => ({
    told,
    year: (told instanceof Fault ? undefined : yearOfAssessment(told.assessmentYear)) ?? yearOfEntry(entry),
  }));
  for (const { told, year: ownYear } of candidates) {
    const deductors = told instanceof Fault || ownYear !== year ? [] : toDeductors(told.rows);
    if (deductors.length > 0) return found({ incomeYear: year, deductors }, provenance("REPORTED", nowMs));
  }
  // What could not be read, or placed, may be the very one that is wanted.
  const inTheWay = candidates.find(({ told, year: ownYear }) =>
    ownYear === undefined ? true : told instanceof Fault && ownYear === year,
  )?.told;
  if (inTheWay === undefined) return absent(provenance("REPORTED", nowMs));
  return failed("DEEPVUE", inTheWay instanceof Fault ? inTheWay : badResponse("nothing tells the year of a statement"));
}

/** There is one file for each year. */
const statementFileName = "STATEMENT";

export function toInformationAnswer(file: Buffer, year: IncomeYear, nowMs: number): InformationReading {
  const json = parsedJson(file);
  const statement = readAisJson(json, year);
  if (statement === undefined)
    return { answer: failed("DEEPVUE", badResponse("the file is no information statement")) };
  if (statement.entries.length === 0) return { answer: absent(provenance("PARSED", nowMs)) };
  const came = { name: statementFileName, json: cutPersonalNumbers(json) };
  return { answer: found(statement, provenance("PARSED", nowMs)), files: [came] };
}

export interface InformationReading {
  readonly answer: Answer<InformationStatement>;
  readonly files?: readonly CameFile[];
}

export function nothingOnRecord(nowMs: number) {
  return absent(provenance("REPORTED", nowMs));
}

function provenance(method: ProvenanceMethod, nowMs: number): Provenance {
  return { provider: "DEEPVUE", method, fetchedAt: instantAt(nowMs) };
}

function yearOfAssessment(label = ""): IncomeYear | undefined {
  return incomeYearFromAssessmentYear(label) ?? incomeYearFromAssessmentYearStart(label);
}

function parsedJson(file: Buffer): unknown {
  try {
    return JSON.parse(file.toString("utf8"));
  } catch {
    return undefined;
  }
}

export function badResponse(note: string): Fault {
  return new Fault("PROVIDER_BAD_RESPONSE", { provider: "DEEPVUE", note });
}
