import {
  type Word,
  absent,
  failed,
  found,
  type Address,
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
import { type readAisFile, readItrJson } from "../../../department";
import { Fault } from "../../../kernel";
import type { ReceivedFile } from "../../provider";
import { SubjectMismatch } from "../../replySubject";
import { badResponse, readableOf } from "../../replies";
import type { CreditRows, ReturnDetails, StatementEntry } from "../contract";
import { toFiling, type PlacedReturn } from "./filingMapper";
import { toDeductors } from "./taxCreditMapper";
import { readVendorDate } from "./vendorDates";

export { withCreditsOfStatement } from "./creditsOfStatement";
export { placeReturns, type PlacedReturn } from "./filingMapper";

/** An answer with the files that it was read from. */
interface ReadAnswer<Body> {
  readonly answer: Answer<Body>;
  readonly files?: readonly ReceivedFile[];
}

/** One return of the list: its filing, or the fault of its details. */
interface MappedReturn {
  readonly possibleYears: readonly IncomeYear[];
  readonly filing: Filing | undefined;
  readonly isParsed: boolean;
  /** The Department's own file, where the filing was read from it. */
  readonly file: ReceivedFile | undefined;
  readonly fault: Fault | undefined;
}

/** Without details, the entry of the list is still a filing. */
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
    const unreadable = badResponse("DEEPVUE", thrown.message);
    return { possibleYears, filing: undefined, isParsed: false, file: undefined, fault: unreadable };
  }
}

export function toFilings(
  returns: readonly MappedReturn[],
  year: IncomeYear,
  nowMs: number,
): ReadAnswer<readonly Filing[]> {
  const answer = toFilingsAnswer(returns, year, nowMs);
  const files = returns.flatMap(({ filing, file }) => (filing?.incomeYear === year ? (file ?? []) : []));
  return { answer, ...(files.length > 0 && { files }) };
}

function toFilingsAnswer(returns: readonly MappedReturn[], year: IncomeYear, nowMs: number): Answer<readonly Filing[]> {
  // A return without a known year may be of this year.
  const candidates = returns.filter(({ possibleYears }) => possibleYears.length === 0 || possibleYears.includes(year));
  // A part of a year must not be stored as the whole, so a later attempt reads it. After a reply about another person or
  // year, nothing else of that year is trusted.
  const blocking = candidates.find(
    ({ fault, filing }) => fault && (filing === undefined || fault instanceof SubjectMismatch || fault.retryable),
  )?.fault;
  if (blocking) return failed("DEEPVUE", blocking);

  const ofYear = returns.filter(({ filing }) => filing?.incomeYear === year);
  const filings = ofYear.map(({ filing }) => filing).filter((filing) => filing !== undefined);
  if (filings.length > 0) {
    return found(filings, provenance(ofYear.some(({ isParsed }) => isParsed) ? "PARSED" : "REPORTED", nowMs));
  }
  return candidates.some(({ filing }) => filing === undefined)
    ? failed("DEEPVUE", badResponse("DEEPVUE", "the year of a return is unknown"))
    : absent(provenance("REPORTED", nowMs));
}

export function toProfileAnswer(details: ReturnDetails | undefined, nowMs: number): Answer<Profile> {
  const parsed = details && readableOf(() => readItrJson(details.rawReturn, { incomeYear: undefined }))?.profile;
  const profile = details && toProfile(details, parsed);
  // The profile is absent only where there is no return at all.
  if (details === undefined) return absent(provenance("REPORTED", nowMs));
  return profile === undefined
    ? failed("DEEPVUE", badResponse("DEEPVUE", "the details of a return say nothing about the person"))
    : found(profile, provenance(parsed === undefined ? "REPORTED" : "PARSED", nowMs));
}

/** The person beside a return, completed from the return itself. */
function toProfile(details: ReturnDetails, parsed: Profile | undefined): Profile | undefined {
  const facts = {
    ...parsed,
    name: details.name ?? parsed?.name,
    dateOfBirth: readVendorDate(details.dob) ?? parsed?.dateOfBirth,
    gender: details.gender ?? parsed?.gender,
    email: details.email ?? parsed?.email,
    mobile: details.mobile_no ?? parsed?.mobile,
    address: parsed?.address ?? addressOf(details),
    aadhaar: details.aadhaar ?? parsed?.aadhaar,
  };
  if (Object.values(facts).every((fact) => fact === undefined)) return undefined;
  // An Aadhaar number in a return does not show that it is linked with the PAN.
  return { ...facts, aadhaarLink: parsed?.aadhaarLink ?? { linked: null } };
}

function addressOf({ address, pincode }: ReturnDetails): Address | undefined {
  if (address === undefined && pincode === undefined) return undefined;
  return { lines: address === undefined ? [] : [address], postalCode: pincode };
}

/** The year that an entry of the list, or the statement itself, names. */
export function yearOfStatement({
  assessment_year = "",
  financial_year = "",
}: Partial<StatementEntry>): IncomeYear | undefined {
  return (
    incomeYearFromAssessmentYear(assessment_year) ??
    incomeYearFromAssessmentYearStart(assessment_year) ??
    incomeYearFromFinancialYear(financial_year)
  );
}

export function toTaxCreditsAnswer(
  statements: readonly { readonly entry: StatementEntry; readonly rows: CreditRows | Fault }[],
  year: IncomeYear,
  nowMs: number,
): Answer<TaxCreditStatement> {
  const candidates = statements.map(({ entry, rows }) => ({
    read: rows instanceof Fault ? rows : deductorsOf(rows),
    year: (rows instanceof Fault ? undefined : yearOfStatement(rows)) ?? yearOfStatement(entry),
  }));
  const ofYear = candidates.filter((each) => each.year === year).map(({ read }) => read);
  // A part of a year must not be stored as the whole.
  const broken = ofYear.find((read) => read instanceof Fault);
  if (broken) return failed("DEEPVUE", broken);
  const deductors = ofYear.flatMap((read) => (read instanceof Fault || read.length === 0 ? [] : [read]))[0];
  if (deductors) return found({ incomeYear: year, deductors }, provenance("REPORTED", nowMs));
  // A statement without a known year may be of this year.
  const [unplaced] = candidates.filter((each) => each.year === undefined).map(({ read }) => read);
  if (unplaced === undefined) return absent(provenance("REPORTED", nowMs));
  const unknownYear = badResponse("DEEPVUE", "the year of a statement is unknown");
  return failed("DEEPVUE", unplaced instanceof Fault ? unplaced : unknownYear);
}

/** Unreadable rows are a bad response, and no absence. */
function deductorsOf({ rows, unknownRows }: CreditRows): readonly Deductor[] | Fault {
  if (unknownRows > 0) return badResponse("DEEPVUE", "a tax credit of unknown shape");
  try {
    const deductors = toDeductors(rows);
    if (deductors.length === 0 && rows.length > 0) return badResponse("DEEPVUE", "tax credits without a fact");
    const amounts = deductors.flatMap(({ credits }) => credits.map(amountsOf));
    return amounts.every((each) => each.some((amount) => amount !== null))
      ? deductors
      : badResponse("DEEPVUE", "a tax credit without any amount");
  } catch (thrown) {
    if (thrown instanceof UnreadableAmount) return badResponse("DEEPVUE", thrown.message);
    throw thrown;
  }
}

function amountsOf({ amountPaid, taxWithheld, taxDeposited }: TaxCredit): readonly (Rupees | null)[] {
  return [amountPaid, taxWithheld, taxDeposited];
}

/** Each year has one file. */
const statementFileName = "STATEMENT";

/**
 * Without a file the year has no statement. The file names its own person and year, and both are compared, because a link
 * may lead to another file.
 */
export function toInformation(
  file: Awaited<ReturnType<typeof readAisFile>> | undefined,
  { pan, incomeYear }: { readonly pan: Pan; readonly incomeYear: IncomeYear },
  nowMs: number,
): ReadAnswer<InformationStatement> {
  if (file === undefined) return { answer: absent(provenance("REPORTED", nowMs)) };
  const { read, masked } = file;
  if (read === undefined) return refused("the file is no readable information statement");
  if (read.pans.some((named) => named.toUpperCase() !== pan)) return refused("the file is about another PAN");
  if (read.incomeYear !== undefined && read.incomeYear !== incomeYear) return refused("the file is about another year");
  const { entries, unreadCount } = read;
  if (entries.length === 0) {
    // Elements of unknown shape are no absence.
    if (unreadCount > 0) return refused("no entry of the file is readable");
    return { answer: absent(provenance("PARSED", nowMs)) };
  }
  const statement = { incomeYear, entries, ...(unreadCount > 0 && { unreadCount }) };
  const received = { name: statementFileName, bytes: masked };
  return { answer: found(statement, provenance("PARSED", nowMs)), files: [received] };
}

function refused(note: string): ReadAnswer<InformationStatement> {
  return { answer: failed("DEEPVUE", badResponse("DEEPVUE", note)) };
}

function provenance(method: Word<"ProvenanceMethod">, nowMs: number): Provenance {
  return { provider: "DEEPVUE", method, fetchedAt: instantAt(nowMs) };
}
