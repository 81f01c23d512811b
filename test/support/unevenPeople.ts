import type { DocumentKind } from "../../src/domain/answer";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { Persona } from "../../src/providers/persona";

/**
 * By how many calls a person who has not exactly one return and one statement a year differs from what providers count on.
 * The persona is the one whom that provider sees.
 */
export function unevenness(
  provider: string,
  persona: Persona,
  documents: readonly DocumentKind[],
  years: readonly IncomeYear[],
): number {
  const differenceOf = differenceByProvider[provider];
  return differenceOf ? differenceOf(persona, (document) => documents.includes(document), years) : 0;
}

type Difference = (
  persona: Persona,
  wants: (document: DocumentKind) => boolean,
  years: readonly IncomeYear[],
) => number;

const differenceByProvider: Readonly<Record<string, Difference>> = {
  KWIKID({ filings: [latest] }, wants, years) {
    if (!wants("FILINGS")) return 0;
    // Of somebody who never filed that is told at once; where the latest return is older, its call brings no wanted year.
    if (latest === undefined) return 1 - years.length;
    return years.includes(latest.incomeYear) ? 0 : 1;
  },

  DEEPVUE({ filings, taxCredits, informationStatements: statements }, wants, years) {
    const returns = within(filings, years);
    let difference = 0;
    if (wants("FILINGS")) difference += returns - years.length;
    // The person is read off the newest return, even where that is of no wanted year.
    if (wants("PROFILE") && filings.length === 0) difference -= wants("FILINGS") ? 0 : 1;
    else if (wants("PROFILE") && wants("FILINGS") && returns === 0) difference += 1;
    if (wants("TAX_CREDITS")) difference += within(taxCredits, years) - years.length;
    if (wants("INFORMATION_STATEMENT")) {
      const [newest] = statements;
      // The order is answered with the newest statement, or with the word that there is none at all.
      if (newest === undefined) difference -= 2 * years.length;
      else difference += within(statements, years) - years.length - (years.includes(newest.incomeYear) ? 1 : 0);
    }
    return difference;
  },

  TUTELAR({ filings }, _wants, years) {
    // A year without a form, beside years with one, is asked for once more.
    const filed = years.filter((year) => filings.some(({ incomeYear }) => incomeYear === year)).length;
    return filed > 0 && filed < years.length ? 1 : 0;
  },
};

function within(all: readonly { readonly incomeYear: IncomeYear }[], years: readonly IncomeYear[]): number {
  return all.filter(({ incomeYear }) => years.includes(incomeYear)).length;
}
