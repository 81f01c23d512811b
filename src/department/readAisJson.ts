import {
  readCalendarDate,
  readNamedMonthDate,
  type CalendarDate,
  type InformationEntry,
  type InformationPart,
  type InformationStatement,
  readRupees,
  type Rupees,
  type IncomeYear,
} from "../domain";
import { asList, asObject, textOf, type JsonObject } from "../kernel";
import { partBySection, summaryColumns } from "./aisLayout";
import { readTable, type Row } from "./aisTable";

/** Reads the file of an annual information statement; undefined for JSON that is none. */
export function readAisJson(json: unknown, incomeYear: IncomeYear): InformationStatement | undefined {
  const sections = asObject(asObject(json)?.partB)?.sections;
  if (!Array.isArray(sections)) return undefined;
  return { incomeYear, entries: asList(sections).flatMap(readSection) };
}

function readSection(json: unknown): readonly InformationEntry[] {
  const section = asObject(json);
  const part = partBySection.get(textOf(section?.sectionKey) ?? "") ?? "OTHER";
  return asList(section?.elements)
    .map(asObject)
    .filter((element) => element !== undefined)
    .flatMap((element) => readElement(element, part));
}

/** An element has a summary with its detailed rows, or, as payments of tax do, nothing but rows. */
function readElement(element: JsonObject, part: InformationPart): readonly InformationEntry[] {
  const summary = asObject(element.l2);
  if (summary === undefined) return readTable(element).map((row) => readPayment(row, part));
  const reportedOn = latestReport(element.l1);
  return readTable(summary, summaryColumns).map((row) => readSummary(row, part, reportedOn));
}

function readSummary(row: Row, part: InformationPart, reportedOn: CalendarDate | undefined): InformationEntry {
  const count = Number(textOf(row.get("Count"))?.replaceAll(",", ""));
  return {
    part,
    code: textOf(row.get("Information Code")),
    description: textOf(row.get("Information Description")),
    category: textOf(row.get("Information Category")),
    reportedBy: withoutNumbers(textOf(row.get("Information Source"))),
    reportedOn,
    count: Number.isSafeInteger(count) && count >= 0 ? count : undefined,
    amount: readRupees(row.get("Amount")) ?? null,
    derivedAmount: readRupees(row.get("Derived Amount")) ?? null,
  };
}

/** A challan's bank reports it on the day of the deposit. */
function readPayment(row: Row, part: InformationPart): InformationEntry {
  const total = [...row].find(([column]) => column.startsWith("Total"))?.[1] ?? row.get("Amount");
  return {
    part,
    description: textOf(row.get("Minor Head")),
    category: textOf(row.get("Major Head")),
    reportedOn: readDate(row.get("Date Of Deposit")),
    amount: readRupees(total) ?? firstTax(row),
    derivedAmount: null,
  };
}

function firstTax(row: Row): Rupees | null {
  return readRupees([...row].find(([column]) => column.startsWith("Tax"))?.[1]) ?? null;
}

function latestReport(details: unknown): CalendarDate | undefined {
  const dates = readTable(asObject(details) ?? {}).map((row) => readDate(row.get("reportedOn")));
  return dates.filter((date) => date !== undefined).reduce<CalendarDate | undefined>(later, undefined);
}

function later(latest: CalendarDate | undefined, date: CalendarDate): CalendarDate {
  return latest === undefined || date > latest ? date : latest;
}

function readDate(value: unknown): CalendarDate | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const [, day, month, year] = /^(\d{2})[/-](\d{2})[/-](\d{4})$/.exec(text) ?? [];
  return day === undefined
    ? (readCalendarDate(text) ?? readNamedMonthDate(text))
    : readCalendarDate(`${year}-${month}-${day}`);
}

/** A source is printed with its PAN, its TAN or its account behind its name. */
function withoutNumbers(source: string | undefined): string | undefined {
  return textOf(source?.replace(/\([A-Z0-9.]*\d[A-Z0-9.]*\)$/i, ""));
}
