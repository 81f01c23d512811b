import { failed, unsupported, type DocumentKind, incomeYearFromFinancialYear, type IncomeYear } from "../../../domain";
import { Fault } from "../../../kernel";
import type { Reading, ReadRequest, ProviderTools } from "../../provider";
import type { CreditRows, FiledReturn, ReturnDetails, StatementEntry, StatementFile } from "../contract";
import { readAisFile, readReturnIdentity } from "../../../department";
import { requireYear, SubjectMismatch } from "../../replySubject";
import { badResponse } from "../../replies";
import {
  mapReturn,
  placeReturns,
  toFilings,
  toInformation,
  toProfileAnswer,
  toTaxCreditsAnswer,
  yearOfStatement,
  type PlacedReturn,
} from "../mapper";
import type { createCalls } from "./calls";

/** What one login has read so far. It keeps the lists, so that a login downloads each list once. */
export interface LoginState {
  readonly clientId: string;
  readonly filedReturns?: readonly FiledReturn[];
  readonly statements?: readonly StatementEntry[];
  /** The vendor prepares all information statements after the first order. */
  readonly informationOrdered?: true;
}

interface ReadContext {
  readonly calls: ReturnType<typeof createCalls>;
  readonly tools: ProviderTools;
  readonly state: LoginState;
  readonly request: ReadRequest;
  readonly signal: AbortSignal;
  /** Receives readings before the end. */
  readonly onReadings: (readings: readonly Reading[]) => void;
}

interface ReadResult {
  readonly state: LoginState;
  readonly readings: readonly Reading[];
}

interface DocumentGroup {
  readonly documents: readonly DocumentKind[];
  read(context: ReadContext): Promise<ReadResult>;
}

/** The groups are read in this order, one after another, because the first download logs in to the portal. */
export const documentGroups: readonly DocumentGroup[] = [
  { documents: ["PROFILE", "FILINGS"], read: readFilingsAndProfile },
  { documents: ["TAX_CREDITS"], read: readTaxCredits },
  { documents: ["INFORMATION_STATEMENT"], read: readInformation },
];

/** The reading of each document in the request, when the group fails as a whole. */
export function failedReadings({ documents, incomeYears }: ReadRequest, fault: Fault): readonly Reading[] {
  const answer = failed("DEEPVUE", fault);
  return documents.flatMap((document: DocumentKind): Reading[] =>
    document === "PROFILE"
      ? [{ document, incomeYear: undefined, answer }]
      : incomeYears.map((incomeYear) => ({ document, incomeYear, answer })),
  );
}

/** The details of a return hold the profile too, so one list and one set of details serve both. */
async function readFilingsAndProfile(context: ReadContext): Promise<ReadResult> {
  const { calls, tools, state, request, signal } = context;
  const filedReturns = state.filedReturns ?? (await calls.downloadReturns(state.clientId, request.pan, signal));
  const placed = placeReturns(filedReturns);
  const isWanted = ({ possibleYears }: PlacedReturn) =>
    // Where the list does not name the year, only the return itself does.
    possibleYears.length === 0 || possibleYears.some((year) => request.incomeYears.includes(year));
  const needed = new Set(request.documents.includes("FILINGS") ? placed.filter(isWanted) : []);
  const newest = newestOf(placed);
  if (request.documents.includes("PROFILE") && newest) needed.add(newest);

  const detailsByReturn = new Map<PlacedReturn, ReturnDetails | Fault>();
  const unread = new Map(
    [...needed]
      .toSorted(byNewest)
      .flatMap((one): [PlacedReturn, string][] => (one.entry.itr_id === undefined ? [] : [[one, one.entry.itr_id]])),
  );
  const readings: Reading[] = [];

  /** A reading is complete once no return that belongs to it is unread. */
  function addCompleteReadings(): void {
    const complete: Reading[] = [];
    const nowMs = tools.clock.now();
    const isDue = (document: DocumentKind, incomeYear?: IncomeYear) =>
      request.documents.includes(document) &&
      !readings.some((reading) => reading.document === document && reading.incomeYear === incomeYear);
    if (isDue("PROFILE") && !(newest && unread.has(newest))) {
      const details = newest && detailsByReturn.get(newest);
      const answer = details instanceof Fault ? failed("DEEPVUE", details) : toProfileAnswer(details, nowMs);
      complete.push({ document: "PROFILE", incomeYear: undefined, answer });
    }
    const isOpen = (year: IncomeYear) =>
      [...unread.keys()].some(({ possibleYears }) => possibleYears.length === 0 || possibleYears.includes(year));
    const years = request.incomeYears.filter((year) => isDue("FILINGS", year) && !isOpen(year));
    const returns = years.length > 0 ? placed.map((one) => mapReturn(one, detailsByReturn.get(one))) : [];
    for (const incomeYear of years) {
      complete.push({ document: "FILINGS", incomeYear, ...toFilings(returns, incomeYear, nowMs) });
    }
    readings.push(...complete);
    if (complete.length > 0) context.onReadings(complete);
  }

  addCompleteReadings();
  // The newest return goes first: under a call limit the others wait.
  await Promise.all(
    [...unread].map(async ([one, itrId]) => {
      const details = calls.readReturn(state.clientId, request.pan, itrId, signal);
      detailsByReturn.set(one, await orFault(details.then((read) => requireListedYear(read, one))));
      unread.delete(one);
      addCompleteReadings();
    }),
  );
  const years = [undefined, ...request.incomeYears];
  const inOrder = years.flatMap((year) => readings.filter(({ incomeYear }) => incomeYear === year));
  return { state: { ...state, filedReturns }, readings: inOrder };
}

function byNewest(one: PlacedReturn, other: PlacedReturn): number {
  return Math.max(0, ...other.possibleYears) - Math.max(0, ...one.possibleYears);
}

function newestOf(placed: readonly PlacedReturn[]): PlacedReturn | undefined {
  const years = placed.map(({ possibleYears }) => Math.max(0, ...possibleYears));
  return placed[years.indexOf(Math.max(...years))];
}

/** The details must be of a year that the list allows. */
function requireListedYear(details: ReturnDetails, { possibleYears }: PlacedReturn): ReturnDetails {
  const { incomeYears } = readReturnIdentity(details.rawReturn);
  if (possibleYears.length > 0) requireYear("DEEPVUE", possibleYears, ...incomeYears);
  return details;
}

async function readTaxCredits({ calls, tools, state, request, signal, onReadings }: ReadContext): Promise<ReadResult> {
  const statements = state.statements ?? (await calls.downloadStatements(state.clientId, request.pan, signal));
  const wanted = statements.filter((entry) => {
    const year = yearOfStatement(entry);
    return year === undefined || request.incomeYears.includes(year);
  });
  const read = await Promise.all(
    wanted.map(async (entry): Promise<{ entry: StatementEntry; rows: CreditRows | Fault }> => {
      const { tds_id: tdsId } = entry;
      if (tdsId === undefined) return { entry, rows: badResponse("DEEPVUE", "a statement without an id") };
      const rows = calls.readStatement(state.clientId, request.pan, tdsId, signal);
      return { entry, rows: await orFault(rows.then((each) => requireYearOfEntry(each, entry))) };
    }),
  );
  const nowMs = tools.clock.now();
  const readings = request.incomeYears.map((incomeYear): Reading => {
    return { document: "TAX_CREDITS", incomeYear, answer: toTaxCreditsAnswer(read, incomeYear, nowMs) };
  });
  // The information statement may still replace the others.
  onReadings(readings.filter(({ answer }) => answer.outcome === "FOUND"));
  return { state: { ...state, statements }, readings };
}

function requireYearOfEntry(rows: CreditRows, entry: StatementEntry): CreditRows {
  const listed = yearOfStatement(entry);
  if (listed !== undefined) requireYear("DEEPVUE", [listed], yearOfStatement(rows));
  return rows;
}

/** A statement in preparation is a retryable fault. The state keeps the order, so a later read only looks for the file. */
async function readInformation(context: ReadContext): Promise<ReadResult> {
  const { calls, state, request, signal, onReadings } = context;
  const isFirst = state.informationOrdered === undefined;
  const first = isFirst ? await calls.orderInformation(state.clientId, request.pan, signal) : undefined;
  const isNoneAtAll = isFirst && first === undefined;
  const firstYear = incomeYearFromFinancialYear(first?.financial_year ?? "");
  const readings = await Promise.all(
    request.incomeYears.map(async (incomeYear): Promise<Reading> => {
      const read = await orFault(
        isNoneAtAll || incomeYear === firstYear
          ? informationIn(first, incomeYear, context)
          : findInformation(incomeYear, context),
      );
      const reading: Reading = {
        document: "INFORMATION_STATEMENT",
        incomeYear,
        ...(read instanceof Fault ? { answer: failed("DEEPVUE", read) } : read),
      };
      onReadings([reading]);
      return reading;
    }),
  );
  return { state: { ...state, informationOrdered: true }, readings };
}

async function findInformation(incomeYear: IncomeYear, context: ReadContext) {
  const { calls, state, request, signal } = context;
  const file = await calls.findInformation(state.clientId, request.pan, incomeYear, signal);
  const label = file?.financial_year;
  // A label that names no year at all is refused too.
  if (label !== undefined && incomeYearFromFinancialYear(label) !== incomeYear) {
    throw new SubjectMismatch("DEEPVUE", "year");
  }
  return informationIn(file, incomeYear, context);
}

/** When to ask again for a file that is in preparation. */
const preparationSeconds = 30;

async function informationIn(
  file: StatementFile,
  incomeYear: IncomeYear,
  { tools, request: { pan }, signal }: ReadContext,
) {
  const subject = { pan, incomeYear };
  if (file === undefined) return toInformation(undefined, subject, tools.clock.now());
  const status = file.status?.toLowerCase();
  if (status === "failed" || (status === "completed" && file.ais_file === undefined)) {
    throw badResponse("DEEPVUE", "a statement without its file");
  }
  if (file.ais_file === undefined || status !== "completed") {
    const note = "the statement is in preparation";
    throw new Fault("PROVIDER_UNAVAILABLE", { provider: "DEEPVUE", retryAfterSeconds: preparationSeconds, note });
  }
  // A PDF has no figures that a program reads reliably.
  if (file.file_type?.toLowerCase() === "pdf") return { answer: unsupported("DEEPVUE") };
  const { bytes } = await tools.fetchFile(file.ais_file, signal);
  return toInformation(await readAisFile(bytes), subject, tools.clock.now());
}

/** A retryable fault or a malformed reply concerns one document. Any other fault concerns the login, and is thrown. */
async function orFault<T>(promise: Promise<T>): Promise<T | Fault> {
  try {
    return await promise;
  } catch (thrown) {
    const isOfOne = thrown instanceof Fault && (thrown.retryable || thrown.code === "PROVIDER_BAD_RESPONSE");
    if (!isOfOne) throw thrown;
    return thrown;
  }
}
