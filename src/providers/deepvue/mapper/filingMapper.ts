import {
  vocabulary,
  filingSectionOf,
  filingStatusFromLabel,
  returnFormFromLabel,
  type Filing,
  type FilingKind,
  type StatusEvent,
  readAcknowledgementNumber,
  readAmount,
  type IncomeYear,
} from "../../../domain";
import type { FiledReturn, ReturnDetails, Step } from "../contract";
import { incomeYearsOfList } from "./filingYears";
import { readVendorDate } from "./vendorDates";

/** An entry of the list with the income years it may belong to: one at best, none where its label is unreadable. */
export interface PlacedReturn {
  readonly entry: FiledReturn;
  readonly possibleYears: readonly IncomeYear[];
}

export function placeReturns(entries: readonly FiledReturn[]): readonly PlacedReturn[] {
  const years = incomeYearsOfList(
    entries.map((entry) => ({
      label: entry.filing_year,
      filedOn: readVendorDate(entry.filing_date),
      isOriginal: kindOf(entry) === "ORIGINAL",
    })),
  );
  return entries.map((entry, index) => ({ entry, possibleYears: years[index] ?? [] }));
}

/**
 * One filing of what the list tells (who filed what, when, and what became of it) and of what the return itself tells
 * (its year and its figures). Undefined where neither says which year it is of.
 */
export function toFiling(
  { entry, possibleYears }: PlacedReturn,
  details: ReturnDetails | undefined,
  parsed: Filing | undefined,
): Filing | undefined {
  const incomeYear = parsed?.incomeYear ?? (possibleYears.length === 1 ? possibleYears[0] : undefined);
  if (incomeYear === undefined) return undefined;
  const history = toHistory(entry.steps);
  return {
    ...(parsed ?? figuresUntold),
    incomeYear,
    acknowledgementNumber: readAcknowledgementNumber(entry.acknowledgement_no ?? "") ?? parsed?.acknowledgementNumber,
    form: parsed?.form ?? returnFormFromLabel(entry.itr_form ?? details?.itr_type ?? ""),
    kind: kindOf(entry) ?? parsed?.kind ?? "OTHER",
    section: entry.filing_section === undefined ? parsed?.section : filingSectionOf(entry.filing_section)?.label,
    filedOn: readVendorDate(entry.filing_date) ?? parsed?.filedOn,
    status: history.at(-1)?.status ?? "FILED",
    statusHistory: history,
    grossTotalIncome:
      parsed?.grossTotalIncome ?? readAmount(details?.gross_income) ?? readAmount(details?.income.gross_income),
    totalIncome: parsed?.totalIncome ?? readAmount(details?.income.total_income),
  };
}

const figuresUntold = {
  timeliness: "UNKNOWN",
  regime: "UNKNOWN",
  grossTotalIncome: null,
  deductions: null,
  totalIncome: null,
  demand: null,
  bankAccounts: [],
} as const;

function kindOf(entry: FiledReturn): FilingKind | undefined {
  const told = [entry.filing_section, entry.filing_type].filter((text) => text !== undefined);
  return told.map((text) => filingSectionOf(text)?.kind).find((kind) => kind !== undefined);
}

/** The vendor names no order. Where every step has its date they are sorted by it, and within a day by the usual course. */
function toHistory(steps: readonly Step[]): readonly StatusEvent[] {
  const events = steps.flatMap(({ status: label, date }): StatusEvent[] =>
    label === undefined ? [] : [{ status: filingStatusFromLabel(label), label, occurredOn: readVendorDate(date) }],
  );
  if (events.some((event) => event.occurredOn === undefined)) return events;
  return events.sort((one, other) => {
    const [day, otherDay] = [one.occurredOn ?? "", other.occurredOn ?? ""];
    if (day !== otherDay) return day < otherDay ? -1 : 1;
    return vocabulary.FilingStatus.indexOf(one.status) - vocabulary.FilingStatus.indexOf(other.status);
  });
}
