import type { CalendarDate } from "../calendarDate";
import type { ReconciledFiling } from "../reconcile";
import { assessmentYearLabel, type IncomeYear } from "../taxPeriod";
import { assessableOf, monthlyOf, trendOf, type IncomeTrend } from "./assessable";
import { crossChecksOf, type CrossCheck, type YearStatements } from "./crossChecks";
import { pathsIn, type Expression } from "./expression";
import { stepsTo, type Figure } from "./figure";
import type { IncomePolicy } from "./policy";
import { excludedOf, yearIncomeOf, type ExcludedIncome } from "./yearIncome";
import { yearReturnOf, type YearReturn } from "./yearReturn";
import { dueDateOf, dueDateOfForm, type Filing, type FilingStatus, type ReturnForm } from "../filing";

/** What is known of a taxpayer, for the years that are looked at. */
export interface KnownReturns {
  /** Every return, also those that do not count. */
  readonly filings: readonly ReconciledFiling[];
  readonly statementsOf: (year: IncomeYear) => YearStatements;
  /** The years that the caller names; undefined where it names none. */
  readonly namedYears?: readonly IncomeYear[] | undefined;
  /** The years of which nobody could tell whether there is a return. */
  readonly untold: readonly IncomeYear[];
  readonly today: CalendarDate;
}

interface InsightYear {
  readonly incomeYear: IncomeYear;
  readonly recurring: Figure;
  readonly salary: Figure;
  readonly business: Figure;
  readonly rent: Figure;
  readonly other: Figure;
  readonly excluded: readonly ExcludedIncome[];
}

interface TraceStep {
  /** "2025-26.salary"; the last one is "assessable". */
  readonly step: string;
  /** Undefined where the amount is not possible. */
  readonly formula: Expression | undefined;
  readonly figure: Figure;
  readonly inputs: readonly string[];
}

export interface IncomeInsights {
  readonly policy: IncomePolicy;
  /** Newest first. */
  readonly years: readonly InsightYear[];
  readonly assessable: Figure;
  readonly assessableMonthly: Figure;
  readonly trend: IncomeTrend;
  readonly punctuality: FilingPunctuality;
  readonly crossChecks: readonly CrossCheck[];
  readonly trace: readonly TraceStep[];
}

/** What an underwriter works out from a few years of returns: figures, and never a verdict. */
export function incomeInsights(policy: IncomePolicy, known: KnownReturns): IncomeInsights {
  const { filings, namedYears, untold, today } = known;
  const returns = filings
    .filter(({ effective, filing }) => effective && (namedYears?.includes(filing.incomeYear) ?? true))
    .map(yearReturnOf)
    .toSorted((one, other) => other.filing.incomeYear - one.filing.incomeYear);
  const counted = returns.slice(0, policy.years);
  const years = counted.map((ofYear) => ({
    ofYear,
    income: yearIncomeOf(ofYear, yearBefore(ofYear, returns), policy),
  }));
  const assessable = assessableOf(
    years.map(({ income }) => income.recurring),
    policy,
    gapsAmong(counted, policy.years, known),
  );
  return {
    policy,
    years: years.map(({ ofYear, income: { recurring, salary, business, rent, other } }) => ({
      incomeYear: ofYear.filing.incomeYear,
      recurring: recurring.figure,
      salary: salary.figure,
      business: business.figure,
      rent: rent.figure,
      other: other.figure,
      excluded: excludedOf(ofYear),
    })),
    assessable: assessable.figure,
    assessableMonthly: monthlyOf(assessable.figure),
    trend: trendOf(
      years.map(({ ofYear, income }) => ({
        incomeYear: ofYear.filing.incomeYear,
        amount: income.recurring.figure.amount,
      })),
    ),
    punctuality: punctualityOf({ all: filings, years: namedYears ?? span(returns), untold, today }),
    crossChecks: counted.flatMap((ofYear) => crossChecksOf(ofYear, known.statementsOf(ofYear.filing.incomeYear))),
    trace: stepsTo(assessable).map(({ name, expression, figure }) => ({
      step: name,
      formula: expression,
      figure,
      inputs: expression ? pathsIn(expression) : figure.missing,
    })),
  };
}

function yearBefore({ filing }: YearReturn, returns: readonly YearReturn[]): YearReturn | undefined {
  return returns.find((each) => each.filing.incomeYear === filing.incomeYear - 1);
}

/** Years that nobody could tell of, and that would have counted; every year, where there is no return at all. */
function gapsAmong(
  counted: readonly YearReturn[],
  wanted: number,
  { untold, namedYears }: KnownReturns,
): readonly string[] {
  const oldest = counted.at(-1)?.filing.incomeYear;
  const isFull = counted.length === wanted;
  const gaps = untold.filter((year) => !isFull || oldest === undefined || year > oldest);
  const none = counted.length === 0 && gaps.length === 0 ? (namedYears ?? []) : [];
  const places = [...gaps, ...none].map((year) => `filings.${assessmentYearLabel(year)}`);
  return counted.length === 0 && places.length === 0 ? ["filings"] : places;
}

/** From the oldest to the newest return, with the years between them; newest first. */
function span(returns: readonly YearReturn[]): readonly IncomeYear[] {
  const years = returns.map(({ filing }) => filing.incomeYear);
  const [newest, oldest] = [years[0], years.at(-1)];
  if (newest === undefined || oldest === undefined) return [];
  return Array.from({ length: newest - oldest + 1 }, (_, back) => (newest - back) as IncomeYear);
}

interface FilingPunctuality {
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

function punctualityOf({ all, years, untold, today }: Returns): FilingPunctuality {
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
