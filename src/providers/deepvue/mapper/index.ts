import {
  type Word,
  absent,
  failed,
  found,
  type Answer,
  type Provenance,
  instantAt,
  nameOfReturn,
  type Filing,
  type InformationStatement,
  type Pan,
  UnreadableAmount,
  type Rupees,
  type Deductor,
  type TaxCredit,
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
import { AboutAnother } from "../../aboutAnother";
import { readableOf } from "../../replies";
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
  const { possibleYears } = placed;
  const [only, other] = possibleYears;
  const incomeYear = other === undefined ? only : undefined;
  try {
    const parsed = received && readItrJson(received.rawReturn, { incomeYear })?.filing;
    const filing = toFiling(placed, received, parsed);
    const file = parsed && filing && { name: nameOfReturn(filing), json: received.rawReturn };
    return { possibleYears, filing, isParsed: parsed !== undefined, file, fault };
  } catch (thrown) {
    if (!(thrown instanceof UnreadableAmount)) throw thrown;
    const unreadable = badResponse(thrown.message);
    return { possibleYears, filing: undefined, isParsed: false, file: undefined, fault: unreadable };
  }
}

export function toFilingsAnswer(
  returns: readonly MappedReturn[],
  year: IncomeYear,
  nowMs: number,
): Answer<readonly Filing[]> {
  // A return without any year may be of this one.
  const candidates = returns.filter(({ possibleYears }) => possibleYears.length === 0 || possibleYears.includes(year));
  // Half a year would be held as though it were whole, so it is left to a later attempt. A vendor that mixes up people or
  // years is not believed about the rest of that year either.
  const inTheWay = candidates.find(
    ({ fault, filing }) => fault && (filing === undefined || fault instanceof AboutAnother || fault.retryable),
  )?.fault;
  if (inTheWay) return failed("DEEPVUE", inTheWay);

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
  const parsed = details && readableOf(() => readItrJson(details.rawReturn, { incomeYear: undefined }))?.profile;
  const profile = details && toProfile(details, parsed);
  // The profile is absent only where there is no return at all.
  if (details === undefined) return absent(provenance("REPORTED", nowMs));
  return profile === undefined
    ? failed("DEEPVUE", badResponse("the details of a return tell nothing of the person"))
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
    told: told instanceof Fault ? told : deductorsOf(told),
    year: (told instanceof Fault ? undefined : yearOfAssessment(told.assessmentYear)) ?? yearOfEntry(entry),
  }));
  const ofYear = candidates.filter((each) => each.year === year).map(({ told }) => told);
  // A part of a year must not be stored as the whole.
  const broken = ofYear.find((told) => told instanceof Fault);
  if (broken) return failed("DEEPVUE", broken);
  const deductors = ofYear.flatMap((told) => (told instanceof Fault || told.length === 0 ? [] : [told]))[0];
  if (deductors) return found({ incomeYear: year, deductors }, provenance("REPORTED", nowMs));
  // A statement without a year may be the one that is wanted.
  const [unplaced] = candidates.filter((each) => each.year === undefined).map(({ told }) => told);
  if (unplaced === undefined) return absent(provenance("REPORTED", nowMs));
  return failed("DEEPVUE", unplaced instanceof Fault ? unplaced : badResponse("nothing tells the year of a statement"));
}

/** Rows that cannot be read are a bad response, never an absence. */
function deductorsOf({ rows, unknownRows }: CreditRows): readonly Deductor[] | Fault {
  if (unknownRows > 0) return badResponse("a tax credit of unknown shape");
  try {
    const deductors = toDeductors(rows);
    if (deductors.length === 0 && rows.length > 0) return badResponse("tax credits that tell nothing");
    const amounts = deductors.flatMap(({ credits }) => credits.map(amountsOf));
    return amounts.every((each) => each.some((amount) => amount !== null))
      ? deductors
      : badResponse("a tax credit without any amount");
  } catch (thrown) {
    if (thrown instanceof UnreadableAmount) return badResponse(thrown.message);
    throw thrown;
  }
}

function amountsOf({ amountPaid, taxWithheld, taxDeposited }: TaxCredit): readonly (Rupees | null)[] {
  return [amountPaid, taxWithheld, taxDeposited];
}

/** There is one file for each year. */
const statementFileName = "STATEMENT";

/** The file names its own person and year. Both are compared, because a link may lead to another file. */
export function toInformationAnswer(
  file: Buffer,
  { pan, incomeYear }: { readonly pan: Pan; readonly incomeYear: IncomeYear },
  nowMs: number,
): InformationReading {
  const json = parsedJson(file);
  const read = readAisJson(json);
  if (read === undefined) return refused("the file is no information statement that can be read");
  if (read.pans.some((told) => told.toUpperCase() !== pan)) return refused("the file is about another PAN");
  if (read.incomeYear !== undefined && read.incomeYear !== incomeYear) return refused("the file is about another year");
  const { entries, unreadCount } = read;
  if (entries.length === 0) {
    // Elements of unknown shape are no absence.
    if (unreadCount > 0) return refused("nothing of the file can be read");
    return { answer: absent(provenance("PARSED", nowMs)) };
  }
  const statement = { incomeYear, entries, ...(unreadCount > 0 && { unreadCount }) };
  const came = { name: statementFileName, json: cutPersonalNumbers(json) };
  return { answer: found(statement, provenance("PARSED", nowMs)), files: [came] };
}

function refused(note: string): InformationReading {
  return { answer: failed("DEEPVUE", badResponse(note)) };
}

export interface InformationReading {
  readonly answer: Answer<InformationStatement>;
  readonly files?: readonly CameFile[];
}

export function nothingOnRecord(nowMs: number) {
  return absent(provenance("REPORTED", nowMs));
}

function provenance(method: Word<"ProvenanceMethod">, nowMs: number): Provenance {
  return { provider: "DEEPVUE", method, fetchedAt: instantAt(nowMs) };
}

export function yearOfAssessment(label = ""): IncomeYear | undefined {
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
