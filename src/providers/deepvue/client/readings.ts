import { failed, unsupported, type DocumentKind, incomeYearFromFinancialYear, type IncomeYear } from "../../../domain";
import { Fault } from "../../../kernel";
import type { Reading, ReadRequest, ProviderTools } from "../../provider";
import type { ReturnDetails, StatementFile, CreditRows, StatementEntry } from "../contract";
import { readReturnIdentity } from "../../../department";
import { SubjectMismatch, requireYear } from "../../replySubject";
import { placeReturns, type PlacedReturn } from "../mapper/filingMapper";
import {
  badResponse,
  filesOfYear,
  mapReturn,
  nothingOnRecord,
  toFilingsAnswer,
  toInformationAnswer,
  toProfileAnswer,
  toTaxCreditsAnswer,
  yearOfAssessment,
  yearOfEntry,
  type InformationReading,
  type ReadStatement,
} from "../mapper";
import type { Calls } from "./calls";
import type { OpenTicket } from "./ticket";

/** One reading of one login: what is wanted, what is known already, and the means to learn the rest. */
export interface Visit {
  readonly calls: Calls;
  readonly tools: ProviderTools;
  readonly ticket: OpenTicket;
  readonly wish: ReadRequest;
  readonly signal: AbortSignal;
  /** Hears readings as they come. */
  readonly onReadings: (readings: readonly Reading[]) => void;
}

export interface Brought {
  readonly ticket: OpenTicket;
  readonly readings: readonly Reading[];
}

/** The person stands beside each return, so both are read of one list and one set of details. */
export async function readFilingsAndProfile(visit: Visit): Promise<Brought> {
  const { calls, tools, ticket, wish, signal } = visit;
  const filedReturns = ticket.filedReturns ?? (await calls.downloadReturns(ticket.clientId, wish.pan, signal));
  const placed = placeReturns(filedReturns);
  const isWanted = ({ possibleYears }: PlacedReturn) =>
    // Only the return itself can tell the year where the list does not.
    possibleYears.length === 0 || possibleYears.some((year) => wish.incomeYears.includes(year));
  const needed = new Set(wish.documents.includes("FILINGS") ? placed.filter(isWanted) : []);
  const newest = newestOf(placed);
  if (wish.documents.includes("PROFILE") && newest) needed.add(newest);

  const detailsByReturn = new Map<PlacedReturn, ReturnDetails | Fault>();
  const unread = new Map(
    [...needed]
      .toSorted(byNewest)
      .flatMap((one): [PlacedReturn, string][] => (one.entry.itr_id === undefined ? [] : [[one, one.entry.itr_id]])),
  );
  const readings: Reading[] = [];

  /** The profile and each year are whole once no return of theirs is unread. */
  function takeWhole(): void {
    const whole: Reading[] = [];
    const nowMs = tools.clock.now();
    const isDue = (document: DocumentKind, incomeYear?: IncomeYear) =>
      wish.documents.includes(document) &&
      !readings.some((reading) => reading.document === document && reading.incomeYear === incomeYear);
    if (isDue("PROFILE") && !(newest && unread.has(newest))) {
      const details = newest && detailsByReturn.get(newest);
      const answer = details instanceof Fault ? failed("DEEPVUE", details) : toProfileAnswer(details, nowMs);
      whole.push({ document: "PROFILE", incomeYear: undefined, answer });
    }
    const isOpen = (year: IncomeYear) =>
      [...unread.keys()].some(({ possibleYears }) => possibleYears.length === 0 || possibleYears.includes(year));
    const years = wish.incomeYears.filter((year) => isDue("FILINGS", year) && !isOpen(year));
    const returns = years.length > 0 ? placed.map((one) => mapReturn(one, detailsByReturn.get(one))) : [];
    for (const incomeYear of years) {
      const answer = toFilingsAnswer(returns, incomeYear, nowMs);
      const files = filesOfYear(returns, incomeYear);
      whole.push({ document: "FILINGS", incomeYear, answer, ...(files.length > 0 && { files }) });
    }
    readings.push(...whole);
    if (whole.length > 0) visit.onReadings(whole);
  }

  takeWhole();
  // The newest return first: under a call limit the others wait.
  await Promise.all(
    [...unread].map(async ([one, itrId]) => {
      const details = calls.readReturn(ticket.clientId, wish.pan, itrId, signal);
      detailsByReturn.set(one, await orFault(details.then((read) => ofListedYear(read, one))));
      unread.delete(one);
      takeWhole();
    }),
  );
  const inOrder = [undefined, ...wish.incomeYears].flatMap((year) => readings.filter((one) => one.incomeYear === year));
  return { ticket: { ...ticket, filedReturns }, readings: inOrder };
}

function byNewest(one: PlacedReturn, other: PlacedReturn): number {
  return Math.max(0, ...other.possibleYears) - Math.max(0, ...one.possibleYears);
}

/** The list has named the year before, as far as its label and its date leave no doubt. */
function ofListedYear(details: ReturnDetails, { possibleYears }: PlacedReturn): ReturnDetails {
  const { incomeYears } = readReturnIdentity(details.rawReturn);
  if (possibleYears.length > 0) requireYear("DEEPVUE", possibleYears, ...incomeYears);
  return details;
}

function ofEntrysYear(rows: CreditRows, entry: StatementEntry): CreditRows {
  const listed = yearOfEntry(entry);
  if (listed !== undefined) requireYear("DEEPVUE", [listed], yearOfAssessment(rows.assessmentYear));
  return rows;
}

export async function readTaxCredits({ calls, tools, ticket, wish, signal, onReadings }: Visit): Promise<Brought> {
  const statements = ticket.statements ?? (await calls.downloadStatements(ticket.clientId, wish.pan, signal));
  const wanted = statements.filter((entry) => {
    const year = yearOfEntry(entry);
    return year === undefined || wish.incomeYears.includes(year);
  });
  const read = await Promise.all(
    wanted.map(async (entry): Promise<ReadStatement> => {
      const { tds_id: tdsId } = entry;
      if (tdsId === undefined) return { entry, told: badResponse("a statement without an id") };
      const rows = calls.readStatement(ticket.clientId, wish.pan, tdsId, signal);
      return { entry, told: await orFault(rows.then((read) => ofEntrysYear(read, entry))) };
    }),
  );
  const nowMs = tools.clock.now();
  const readings = wish.incomeYears.map((incomeYear): Reading => {
    return { document: "TAX_CREDITS", incomeYear, answer: toTaxCreditsAnswer(read, incomeYear, nowMs) };
  });
  // A year without credits may yet get those of its information statement.
  onReadings(readings.filter(({ answer }) => answer.outcome === "FOUND"));
  return { ticket: { ...ticket, statements }, readings };
}

/**
 * A statement that the vendor is still preparing is a failure that passes. The ticket remembers the order, so that a later
 * reading asks for the file alone.
 */
export async function readInformation(visit: Visit): Promise<Brought> {
  const { calls, ticket, wish, signal } = visit;
  const isFirst = ticket.informationOrdered === undefined;
  const first = isFirst ? await calls.orderInformation(ticket.clientId, wish.pan, signal) : undefined;
  const isNoneAtAll = isFirst && first === undefined;
  const firstYear = incomeYearFromFinancialYear(first?.financial_year ?? "");
  const readings = await Promise.all(
    wish.incomeYears.map(async (incomeYear): Promise<Reading> => {
      const told = await orFault(
        isNoneAtAll || incomeYear === firstYear
          ? informationIn(first, incomeYear, visit)
          : findInformation(incomeYear, visit),
      );
      const reading: Reading = {
        document: "INFORMATION_STATEMENT",
        incomeYear,
        ...(told instanceof Fault ? { answer: failed("DEEPVUE", told) } : told),
      };
      visit.onReadings([reading]);
      return reading;
    }),
  );
  return { ticket: { ...ticket, informationOrdered: true }, readings };
}

async function findInformation(incomeYear: IncomeYear, visit: Visit): Promise<InformationReading> {
  const { calls, ticket, wish, signal } = visit;
  const file = await calls.findInformation(ticket.clientId, wish.pan, incomeYear, signal);
  const told = file?.financial_year;
  if (told !== undefined && incomeYearFromFinancialYear(told) !== incomeYear)
    throw new SubjectMismatch("DEEPVUE", "year");
  return informationIn(file, incomeYear, visit);
}

/** When to ask again for a file that is in preparation. */
const preparationSeconds = 30;

async function informationIn(
  file: StatementFile,
  incomeYear: IncomeYear,
  { tools, wish: { pan }, signal }: Visit,
): Promise<InformationReading> {
  if (file === undefined) return { answer: nothingOnRecord(tools.clock.now()) };
  const status = file.status?.toLowerCase();
  if (status === "failed" || (status === "completed" && file.ais_file === undefined)) {
    throw badResponse("a statement without its file");
  }
  if (file.ais_file === undefined || status !== "completed") {
    const note = "the statement is in preparation";
    throw new Fault("PROVIDER_UNAVAILABLE", { provider: "DEEPVUE", retryAfterSeconds: preparationSeconds, note });
  }
  // A printed statement is for people: nobody's figures are read off its pages.
  if (file.file_type?.toLowerCase() === "pdf") return { answer: unsupported("DEEPVUE") };
  const { bytes } = await tools.fetchFile(file.ais_file, signal);
  return toInformationAnswer(bytes, { pan, incomeYear }, tools.clock.now());
}

/** What passes, and what is malformed, concerns one document; any other fault concerns the login. */
async function orFault<T>(promise: Promise<T>): Promise<T | Fault> {
  try {
    return await promise;
  } catch (thrown) {
    const isOfOne = thrown instanceof Fault && (thrown.retryable || thrown.code === "PROVIDER_BAD_RESPONSE");
    if (!isOfOne) throw thrown;
    return thrown;
  }
}

function newestOf(placed: readonly PlacedReturn[]): PlacedReturn | undefined {
  const years = placed.map(({ possibleYears }) => Math.max(0, ...possibleYears));
  return placed[years.indexOf(Math.max(...years))];
}

/** What is told of each wanted document when its list does not come at all. */
export function failedReadings({ documents, incomeYears }: ReadRequest, fault: Fault): readonly Reading[] {
  const answer = failed("DEEPVUE", fault);
  return documents.flatMap((document: DocumentKind): Reading[] =>
    document === "PROFILE"
      ? [{ document, incomeYear: undefined, answer }]
      : incomeYears.map((incomeYear) => ({ document, incomeYear, answer })),
  );
}
