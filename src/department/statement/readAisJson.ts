import {
  type Word,
  readCalendarDate,
  readNamedMonthDate,
  type CalendarDate,
  readTan,
  type InformationEntry,
  type InformationReport,
  readAmount,
  UnreadableAmount,
  type Rupees,
  incomeYearFromAssessmentYear,
  incomeYearFromFinancialYear,
  incomeYearFromTaxYear,
  type IncomeYear,
} from "../../domain";
import { asList, asObject, textOf, type JsonObject } from "../../kernel";
import { sectionByKey, summaryColumns, readSingleRow, readTable, type Row, type Table } from "./aisLayout";

/** The content of a file, and the person and year that the file names. */
interface ReadInformation {
  /** Each PAN by which the file names its owner, as it is spelled there. */
  readonly pans: readonly string[];
  /** Null when the file names a year that cannot be read. */
  readonly incomeYear: IncomeYear | null | undefined;
  readonly entries: readonly InformationEntry[];
  /** The number of elements and rows of unknown shape. */
  readonly unreadCount: number;
}

/** Reads the file of an annual information statement. Undefined for other JSON, or if an amount cannot be read. */
export function readAisJson(json: unknown): ReadInformation | undefined {
  const file = asObject(json);
  const sections = asObject(file?.partB)?.sections;
  if (file === undefined || !Array.isArray(sections)) return undefined;
  const isKnown = (section: unknown) => sectionByKey.has(textOf(asObject(section)?.sectionKey) ?? "");
  if (!sections.some(isKnown)) return undefined;
  try {
    const read = sections.map(readSection);
    return {
      pans: pansOf(file),
      incomeYear: yearOf(readSingleRow(file.header)),
      entries: read.flatMap(({ entries }) => entries),
      unreadCount: read.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
    };
  } catch (thrown) {
    if (thrown instanceof UnreadableAmount) return undefined;
    throw thrown;
  }
}

function pansOf(file: JsonObject): readonly string[] {
  const partA = readSingleRow(file.partA);
  const told = [textOf(asObject(file.metadata)?.loggedInPan), partA.text("PAN", /permanent account number/)];
  return told.filter((pan) => pan !== undefined);
}

/** The year of a file, of a challan, of a refund. */
function yearOf(row: Row): IncomeYear | null | undefined {
  const [financial, assessment, tax] = [/^financial year/, /^assessment year/, /^tax year/].map((name) =>
    row.text(name),
  );
  if (financial !== undefined) return incomeYearFromFinancialYear(financial) ?? null;
  if (assessment !== undefined) return incomeYearFromAssessmentYear(assessment) ?? null;
  return tax === undefined ? undefined : (incomeYearFromTaxYear(tax) ?? null);
}

interface Read {
  readonly entries: readonly InformationEntry[];
  readonly unreadCount: number;
}

const unread: Read = { entries: [], unreadCount: 1 };
const nothing: Read = { entries: [], unreadCount: 0 };

function readSection(json: unknown): Read {
  const section = asObject(json);
  if (section === undefined) return json === null ? nothing : unread;
  const part = sectionByKey.get(textOf(section.sectionKey) ?? "")?.part ?? "OTHER";
  return together([
    readElements(section, part),
    ...asList(section.subSections).map((each) => {
      const subSection = asObject(each);
      if (subSection === undefined) return each === null ? nothing : unread;
      return readElements(subSection, part);
    }),
  ]);
}

/** A section without information has no elements, or nulls instead. */
function readElements(section: JsonObject, part: Word<"InformationPart">): Read {
  const place = { part, key: textOf(section.sectionKey), title: textOf(section.title) };
  return together(
    asList(section.elements).map((json) => {
      const element = asObject(json);
      if (element === undefined) return json === null ? nothing : unread;
      return readElement(element, place);
    }),
  );
}

interface Place {
  readonly part: Word<"InformationPart">;
  readonly key: string | undefined;
  readonly title: string | undefined;
}

/** An element has a summary and detailed rows. Elements of challans and refunds have rows only. */
function readElement(element: JsonObject, place: Place): Read {
  const direct = readTable(element);
  if (direct !== undefined) {
    const readRow = place.part === "DEMAND_OR_REFUND" ? readRefund : readChallan;
    return countingSilent(
      direct.rows.map((row) => readRow(row, place)),
      direct.unreadCount,
    );
  }
  const summary = readTable(element.l2, summaryColumns);
  const details = readTable(element.l1);
  if (summary === undefined) return isWithoutInformation(element, details) ? nothing : unread;
  const reports = (details?.rows ?? []).map(readReport);
  const tan = readTan(textOf(element.infoSrcId) ?? "");
  const entries = summary.rows.map((row) => readSummary(row, { part: place.part, reports, tan }));
  return countingSilent(entries, summary.unreadCount + (details?.unreadCount ?? 0));
}

/** The portal prints an element for a kind of information even when the year has none of it. */
function isWithoutInformation({ l2 }: JsonObject, details: Table | undefined): boolean {
  const isEmpty = l2 === null || (asObject(l2) !== undefined && (asObject(l2)?.columnData ?? null) === null);
  return isEmpty && (details?.rows ?? []).length === 0;
}

/** An entry without any fact comes from unknown columns. */
function countingSilent(entries: readonly InformationEntry[], unreadCount: number): Read {
  const telling = entries.filter(({ amount, code, description, category }) =>
    [amount ?? undefined, code, description, category].some((fact) => fact !== undefined),
  );
  return { entries: telling, unreadCount: unreadCount + entries.length - telling.length };
}

function readSummary(
  row: Row,
  { part, reports, tan }: Pick<InformationEntry, "part" | "tan"> & { readonly reports: readonly InformationReport[] },
): InformationEntry {
  const count = Number(row.text("Count")?.replaceAll(",", ""));
  const source = row.text("Information Source");
  return {
    part,
    code: row.text("Information Code"),
    description: row.text("Information Description"),
    category: row.text("Information Category"),
    reportedBy: withoutNumbers(source),
    tan: tan ?? readTan(/\(([^()]*)\)$/.exec(source ?? "")?.[1] ?? ""),
    reportedOn: latestOf(reports.map(({ reportedOn }) => reportedOn)),
    count: Number.isSafeInteger(count) && count >= 0 ? count : undefined,
    amount: readAmount(row.cell("Amount")),
    derivedAmount: readAmount(row.cell("Derived Amount")),
    reports: reports.length === 0 ? undefined : reports,
  };
}

/** Each kind of information has its own columns. Common facts are found by field or by printed name. */
function readReport(row: Row): InformationReport {
  return {
    status: statusOf(row.text("status")),
    transactedOn: readDate(row.text("transactionDate", "transferDate", /^date of (payment|receipt|sale)/)),
    reportedOn: readDate(row.text("reportedOn", "Reported On")),
    amount: readAmount(
      row.cell("amtPaid", "salesConsideration", /^(gross )?amount (paid|received)/, /^(dividend|interest) amount/),
    ),
    taxWithheld: readAmount(row.cell("amountDeducted", "amountCollected", /^(tds|tax) (deducted|collected)/)),
    taxDeposited: readAmount(row.cell("amountDeposited", /^t[dc]s deposited/)),
  };
}

function statusOf(word = ""): Word<"ReportStatus"> {
  if (/^active$/i.test(word)) return "ACTIVE";
  return /^inactive$/i.test(word) ? "INACTIVE" : "UNKNOWN";
}

/** The bank reports a challan on the day of the deposit. */
function readChallan(row: Row, { part }: Place): InformationEntry {
  return {
    part,
    description: row.text("Minor Head", /^nature/, /description/),
    category: row.text("Major Head", /category/),
    reportedOn: readDate(row.text("Date Of Deposit", /\bdate\b/)),
    incomeYear: yearOf(row) ?? undefined,
    amount: totalOf(row),
    derivedAmount: null,
  };
}

function totalOf(row: Row): Rupees | null {
  return readAmount(row.cell(/^total/, "Amount", /\bamount\b/)) ?? readAmount(row.cell(/^tax\b/));
}

/** The columns of demands are not known: amount, day and year are found by words in the column names. */
function readRefund(row: Row, { part, key, title }: Place): InformationEntry {
  return {
    part,
    code: key,
    description: row.text("Nature of Refund", /^nature/, /section/),
    category: title,
    reportedOn: readDate(row.text("Date of Payment", /\bdate\b/)),
    incomeYear: yearOf(row) ?? undefined,
    amount: readAmount(row.cell("Refund Amount", /\bamount\b/, /^outstanding/, /^demand/)),
    derivedAmount: null,
  };
}

function together(parts: readonly Read[]): Read {
  return {
    entries: parts.flatMap(({ entries }) => entries),
    unreadCount: parts.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
  };
}

function latestOf(dates: readonly (CalendarDate | undefined)[]): CalendarDate | undefined {
  return dates.reduce((latest, date) => (latest === undefined || (date ?? "") > latest ? date : latest), undefined);
}

function readDate(text: string | undefined): CalendarDate | undefined {
  if (text === undefined) return undefined;
  const [, day, month, year] = /^(\d{2})[/-](\d{2})[/-](\d{4})$/.exec(text) ?? [];
  return day === undefined
    ? (readCalendarDate(text) ?? readNamedMonthDate(text))
    : readCalendarDate(`${year}-${month}-${day}`);
}

/** The PAN, TAN or account of a source is printed after its name. */
function withoutNumbers(source: string | undefined): string | undefined {
  return textOf(source?.replace(/\([A-Z0-9.]*\d[A-Z0-9.]*\)$/i, ""));
}
