import type { Reconciled } from "../domain/reconcile";
import { assessmentYearLabel, type IncomeYear } from "../domain/taxPeriod";
import { placedUnder, type Disagreement } from "./disagreement";
import { yearsOf, type Gathered } from "./selection/gathered";
import type { ReconciledDocuments } from "./reconciledDocuments";

/** All disagreements about a taxpayer, each under the name of its document. */
export function taxpayerDisagreements(
  { profile, filings, taxCredits, informationStatement, demands }: ReconciledDocuments,
  gathered: readonly Gathered[],
): readonly Disagreement[] {
  const inStatements = (place: string, years: readonly IncomeYear[], statementOf: StatementOf) =>
    years.flatMap((year) => placedUnder(nameOf(place, year), statementOf(year)?.disagreements ?? []));
  return [
    ...placedUnder("profile", profile()?.disagreements ?? []),
    ...filings().flatMap(({ filing, disagreements }) =>
      placedUnder(nameOf("filings", filing.incomeYear), disagreements),
    ),
    ...inStatements("taxCredits", yearsOf(gathered, "TAX_CREDITS"), taxCredits),
    ...inStatements("informationStatement", yearsOf(gathered, "INFORMATION_STATEMENT"), informationStatement),
    ...placedUnder("demands", demands()?.disagreements ?? []),
  ];
}

type StatementOf = (year: IncomeYear) => Pick<Reconciled<unknown>, "disagreements"> | undefined;

function nameOf(document: string, year: IncomeYear): string {
  return `${document}.${assessmentYearLabel(year)}`;
}
