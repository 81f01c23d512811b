import {
  type CalendarDate,
  incomeYearFromAssessmentYear,
  incomeYearFromFinancialYear,
  taxPeriodOf,
  type IncomeYear,
} from "../../../domain";

/** What the list of filed returns says about the year of one return. */
interface DatedLabel {
  /** "2024-2025": a financial year on some of the vendor's pages, an assessment year on others. */
  readonly label: string | undefined;
  readonly filedOn: CalendarDate | undefined;
  readonly isOriginal: boolean;
}

/** Reads the label both ways, and drops the years that the filing date excludes. */
function possibleIncomeYears({ label = "", filedOn, isOriginal }: DatedLabel): readonly IncomeYear[] {
  const asFinancial = incomeYearFromFinancialYear(label);
  const asAssessment = incomeYearFromAssessmentYear(label);
  const both = [asFinancial, asAssessment].filter((year) => year !== undefined);
  if (filedOn === undefined) return both;
  const possible = both.filter((year) => filedOn > taxPeriodOf(year).endsOn);
  // An original return is filed within its assessment year. Other returns may be filed years later.
  return isOriginal && possible.length === 2 ? possible.slice(0, 1) : possible;
}

/**
 * The possible years of each entry of a list. A list uses its labels in one sense, so entries with one possible year
 * decide for the others, as long as they agree.
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
