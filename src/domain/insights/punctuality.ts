import type { CalendarDate } from "../calendarDate";
import { dueDateOf, dueDateOfForm, type Filing, type FilingStatus, type ReturnForm } from "../filing";
import type { ReconciledFiling } from "../reconcile";
import type { IncomeYear } from "../taxPeriod";

export interface FilingPunctuality {
  /** The years whose due date has passed. */
  readonly due: number;
  readonly filed: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: readonly IncomeYear[];
  readonly longestVerificationDays: number | null;
  /** Returns of different years were filed within thirty days. */
  readonly filedTogether: boolean;
}

interface Returns {
  readonly all: readonly ReconciledFiling[];
  /** The years looked at, newest first. */
  readonly years: readonly IncomeYear[];
  /** Years of which nobody could tell whether there is a return: they are not missing. */
  readonly untold: readonly IncomeYear[];
  readonly today: CalendarDate;
}

const dayMs = 86_400_000;
const togetherDays = 30;

/** Such a return is as though it had not been filed. */
const neverFiled: readonly FilingStatus[] = ["INVALID", "DISCARDED", "NOT_FILED", "VERIFICATION_PENDING"];

export function punctualityOf({ all, years, untold, today }: Returns): FilingPunctuality {
  const inYears = all.filter(({ filing }) => years.includes(filing.incomeYear));
  const effective = inYears.filter((each) => each.effective).map(({ filing }) => filing);
  const effectiveOf = (year: IncomeYear) => effective.find(({ incomeYear }) => incomeYear === year);
  const due = years.filter((year) => !untold.includes(year) && dueOnOf(year, effectiveOf(year), effective) < today);
  const first = years.flatMap((year) => (effectiveOf(year) ? (firstOf(inYears, year) ?? []) : []));
  const verification = effective.flatMap(({ filedOn, verifiedOn }) =>
    filedOn && verifiedOn ? daysBetween(filedOn, verifiedOn) : [],
  );
  const filedOn = effective.flatMap((filing) => filing.filedOn ?? []).toSorted();
  return {
    due: due.length,
    filed: years.filter((year) => effectiveOf(year) !== undefined).length,
    onTime: first.filter(({ timeliness }) => timeliness === "ON_TIME").length,
    late: first.filter(({ timeliness }) => timeliness === "LATE").length,
    missing: due.filter((year) => effectiveOf(year) === undefined),
    longestVerificationDays: verification.length === 0 ? null : Math.max(...verification),
    filedTogether: filedOn.some((day, at) => at > 0 && daysBetween(filedOn[at - 1] ?? day, day) <= togetherDays),
  };
}

/** The return of a year that was filed first. */
function firstOf(filings: readonly ReconciledFiling[], year: IncomeYear): Filing | undefined {
  const ofYear = filings
    .map(({ filing }) => filing)
    .filter(({ incomeYear, status }) => incomeYear === year && !neverFiled.includes(status));
  const named = ofYear.find(({ kind }) => kind === "ORIGINAL" || kind === "BELATED");
  return named ?? ofYear.toSorted((one, other) => ((one.filedOn ?? "9") < (other.filedOn ?? "9") ? -1 : 1))[0];
}

/** Of a year without a return, the due date is that of the form that this taxpayer files. */
function dueOnOf(year: IncomeYear, filing: Filing | undefined, others: readonly Filing[]): CalendarDate {
  return filing?.dueOn ?? usualDueOn(year, filing?.form ?? others[0]?.form);
}

function usualDueOn(year: IncomeYear, form: ReturnForm | undefined): CalendarDate {
  if (form === undefined) return dueDateOf(year, "INDIVIDUAL");
  // Where the form does not tell whether accounts are audited, the later day is safe.
  return dueDateOfForm(form, year) ?? dueDateOf(year, "AUDIT");
}

function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}
