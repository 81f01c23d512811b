import type { CalendarDate } from "./calendarDate";

declare const incomeYear: unique symbol;

/** The year in which income was earned, by the calendar year it starts in: 2024 stands for April 2024 to March 2025. */
export type IncomeYear = number & { readonly [incomeYear]: true };

/** An income year with its printed names. It has an assessment year or a tax year, and never both. */
export interface TaxPeriod {
  readonly incomeYear: string;
  readonly assessmentYear?: string;
  readonly taxYear?: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
}

const firstIncomeYear = 2000;
const lastIncomeYear = 2099;

/** From this year on the Income-tax Act, 2025 holds: income is named by its tax year, and assessment years end. */
const firstTaxYear = 2026;

export function incomeYearStarting(calendarYear: number): IncomeYear | undefined {
  const isKnown = Number.isInteger(calendarYear) && calendarYear >= firstIncomeYear && calendarYear <= lastIncomeYear;
  return isKnown ? (calendarYear as IncomeYear) : undefined;
}

/**
 * Reads "2025-26" or "2025-2026", also beyond the last assessment year of the law: "assessment year 2027-28" can only
 * mean the income of 2026-27.
 */
export function incomeYearFromAssessmentYear(label: string): IncomeYear | undefined {
  return incomeYearStarting(startOfLabel(label) - 1);
}

export function incomeYearFromFinancialYear(label: string): IncomeYear | undefined {
  return incomeYearStarting(startOfLabel(label));
}

export function incomeYearFromTaxYear(label: string): IncomeYear | undefined {
  const start = startOfLabel(label);
  return start >= firstTaxYear ? incomeYearStarting(start) : undefined;
}

/** Reads "2025" as the assessment year 2025-26, the way the Department's own return files name it. */
export function incomeYearFromAssessmentYearStart(text: string): IncomeYear | undefined {
  return /^\d{4}$/.test(text.trim()) ? incomeYearStarting(Number(text) - 1) : undefined;
}

/** The latest years of income that are over on this day, newest first. */
export function latestIncomeYears(count: number, today: CalendarDate): readonly IncomeYear[] {
  const year = Number(today.slice(0, 4));
  const newest = today.slice(5) < "04-01" ? year - 2 : year - 1;
  return Array.from({ length: count }, (_, index) => (newest - index) as IncomeYear);
}

export function incomeYearLabel(incomeYear: IncomeYear): string {
  return labelStarting(incomeYear);
}

/** The assessment year by the old count, also for years in which the law has none. Callers ask by it. */
export function assessmentYearLabel(incomeYear: IncomeYear): string {
  return labelStarting(incomeYear + 1);
}

export function taxPeriodOf(incomeYear: IncomeYear): TaxPeriod {
  const name =
    incomeYear < firstTaxYear
      ? { assessmentYear: assessmentYearLabel(incomeYear) }
      : { taxYear: labelStarting(incomeYear) };
  return {
    incomeYear: labelStarting(incomeYear),
    ...name,
    startsOn: `${incomeYear}-04-01` as CalendarDate,
    endsOn: `${incomeYear + 1}-03-31` as CalendarDate,
  };
}

/** The calendar year that a label of two consecutive years starts in, or NaN. */
function startOfLabel(label: string): number {
  const [, first, second] = /^(\d{4})-(\d{2}|\d{4})$/.exec(withPlainDash(label.trim())) ?? [];
  if (first === undefined || second === undefined) return NaN;
  const next = String(Number(first) + 1);
  return second === next || second === next.slice(-2) ? Number(first) : NaN;
}

/** Word processors put a longer dash between two years, and blanks around it. */
function withPlainDash(label: string): string {
  return label.replace(/\s*[-\u2010-\u2015\u2212]\s*/gu, "-");
}

function labelStarting(calendarYear: number): string {
  return `${calendarYear}-${String(calendarYear + 1).slice(-2)}`;
}
