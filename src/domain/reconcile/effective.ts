import type { Filing, FilingKind } from "../filing";
import { revisedUntil, updatedUntil } from "../filingDeadlines";
import type { FilingStatus } from "../filingStatus";
import { taxPeriodOf, type IncomeYear } from "../taxPeriod";
import { compareTexts } from "./belief";

/**
 * A return that is found defective or invalid is as though it had not been filed, and so is one that nobody has verified:
 * until then what it was to replace still stands, and where it was to be the first the year has none.
 */
const withoutEffect: readonly FilingStatus[] = ["VERIFICATION_PENDING", "DEFECTIVE", "INVALID", "NOT_FILED"];

/** The return of a year that counts: each takes the place of those filed before it. */
export function effectiveOf(filings: readonly Filing[]): Filing | undefined {
  return lastFirst(filings.filter(({ status }) => !withoutEffect.includes(status)))[0];
}

export function lastFirst(filings: readonly Filing[]): readonly Filing[] {
  return filings.toSorted(
    (one, other) =>
      compareTexts(placeInTime(other), placeInTime(one)) ||
      compareTexts(other.acknowledgementNumber ?? "", one.acknowledgementNumber ?? ""),
  );
}

/** Where nobody tells the date, the kind still tells whether a return comes before the others or after them. */
function placeInTime({ filedOn, kind, incomeYear }: Filing): string {
  return filedOn ?? assumedDate[kind](incomeYear);
}

const assumedDate: Record<FilingKind, (incomeYear: IncomeYear) => string> = {
  ORIGINAL: (year) => taxPeriodOf(year).endsOn,
  BELATED: (year) => taxPeriodOf(year).endsOn,
  OTHER: (year) => taxPeriodOf(year).endsOn,
  DEFECTIVE_RESPONSE: revisedUntil,
  REVISED: revisedUntil,
  UPDATED: updatedUntil,
};
