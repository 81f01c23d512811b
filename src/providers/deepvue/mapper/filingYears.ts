import {
  type CalendarDate,
  incomeYearFromAssessmentYear,
  incomeYearFromFinancialYear,
  taxPeriodOf,
  type IncomeYear,
} from "../../../domain";

/** What little the list of filed returns tells about the year of one of them. */
interface DatedLabel {
  /** "2024-2025": a financial year to some of the vendor's pages, an assessment year to others. */
  readonly label: string | undefined;
  readonly filedOn: CalendarDate | undefined;
  readonly isOriginal: boolean;
}

/** Reads the label both ways, and strikes out what the filing date forbids. */
export function possibleIncomeYears({ label = "", filedOn, isOriginal }: DatedLabel): readonly IncomeYear[] {
  const asFinancial = incomeYearFromFinancialYear(label);
  const asAssessment = incomeYearFromAssessmentYear(label);
  const both = [asFinancial, asAssessment].filter((year) => year !== undefined);
  if (filedOn === undefined) return both;
  const possible = both.filter((year) => filedOn > taxPeriodOf(year).endsOn);
  // An original is filed within its assessment year; belated, revised and updated returns may come years later.
  return isOriginal && possible.length === 2 ? possible.slice(0, 1) : possible;
}

/**
 * The years of a whole list. One vendor means one thing by its label, so entries that leave no doubt decide for those
 * that do, as long as they agree among themselves.
 */
export function incomeYearsOfList(entries: readonly DatedLabel[]): readonly (readonly IncomeYear[])[] {
  const possibleOfEach = entries.map(possibleIncomeYears);
  const shifts = new Set(
    possibleOfEach.flatMap((possible, index) => {
      const asFinancial = incomeYearFromFinancialYear(entries[index]?.label ?? "");
      const [only, other] = possible;
      return only === undefined || other !== undefined || asFinancial === undefined ? [] : [asFinancial - only];
    }),
  );
  const [shift] = shifts;
  if (shift === undefined || shifts.size > 1) return possibleOfEach;
  return possibleOfEach.map((possible, index) => {
    const asFinancial = incomeYearFromFinancialYear(entries[index]?.label ?? "");
    const agreeing = possible.filter((year) => asFinancial !== undefined && asFinancial - year === shift);
    return agreeing.length === 0 ? possible : agreeing;
  });
}
