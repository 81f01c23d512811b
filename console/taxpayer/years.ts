import type { IncomeOverYearsQuery } from "@aaygraph/client";

export type TaxpayerAnswer = IncomeOverYearsQuery["taxpayer"];
export type Filing = NonNullable<TaxpayerAnswer["filings"]["nodes"]>[number];

/** The five heads in the order in which a return lists them. The chart stacks them in this order, too. */
export const heads = ["salary", "houseProperty", "businessOrProfession", "capitalGains", "otherSources"] as const;
export type Head = (typeof heads)[number];

export interface YearOfIncome {
  readonly assessmentYear: string;
  /** The return that counts, or the latest where none does yet. Undefined: no return of this year is held. */
  readonly filing: Filing | undefined;
  /** The others of the same year: replaced, discarded, not verified. */
  readonly others: readonly Filing[];
}

/** Oldest first, without holes: a year between two returns for which there is none is a year, too. */
export function yearsOf(filings: readonly Filing[]): readonly YearOfIncome[] {
  const starts = filings.map(({ assessmentYear }) => Number(assessmentYear.slice(0, 4)));
  if (starts.length === 0) return [];
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const start = first + index;
    const assessmentYear = `${start}-${String((start + 1) % 100).padStart(2, "0")}`;
    const ofYear = filings.filter((filing) => filing.assessmentYear === assessmentYear);
    const filing = ofYear.find(({ effective }) => effective) ?? ofYear[0];
    return { assessmentYear, filing, others: ofYear.filter((one) => one !== filing) };
  });
}
