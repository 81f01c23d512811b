import { assessmentYearLabel, type IncomeYear } from "../../src/domain/taxPeriod";
import {
  InformationStatementDocument,
  TaxCreditsDocument,
  WholeTaxpayerDocument,
  type InformationStatementQuery,
  type TaxCreditsQuery,
  type WholeTaxpayerQuery,
} from "../../packages/client/src/operations";
import type { TestService } from "./service";
import { factsOf, outcomesOf, placeOf, type Facts } from "./truth";

export type Taxpayer = WholeTaxpayerQuery["taxpayer"];
export type AnsweredFiling = NonNullable<Taxpayer["filings"]["nodes"]>[number];

interface StatementsOfYear {
  readonly assessmentYear: string;
  readonly taxCredits: TaxCreditsQuery["taxpayer"]["taxCredits"];
  readonly informationStatement: InformationStatementQuery["taxpayer"]["informationStatement"];
}

/** All that a tenant is told of a person: what has no year or lists its years, and the statements of each year. */
export interface WholeAnswer {
  readonly taxpayer: Taxpayer;
  readonly statements: readonly StatementsOfYear[];
}

export async function readWhole(
  service: TestService,
  { pan, tenant, years }: { readonly pan: string; readonly tenant: string; readonly years: readonly IncomeYear[] },
): Promise<WholeAnswer> {
  const { data, errors } = await service.ask(WholeTaxpayerDocument, { pan }, { tenant });
  const statements = years.map(async (year) => {
    const about = { pan, assessmentYear: assessmentYearLabel(year) };
    const credits = await service.ask(TaxCreditsDocument, about, { tenant });
    const information = await service.ask(InformationStatementDocument, about, { tenant });
    expect([credits.errors, information.errors]).toEqual([undefined, undefined]);
    return {
      assessmentYear: about.assessmentYear,
      taxCredits: credits.data!.taxpayer.taxCredits,
      informationStatement: information.data!.taxpayer.informationStatement,
    };
  });
  expect(errors).toBeUndefined();
  return { taxpayer: data!.taxpayer, statements: await Promise.all(statements) };
}

/** What it says of the person, without who says so. */
export function factsIn({ taxpayer, statements }: WholeAnswer): Facts {
  const { profile, filings, demands } = taxpayer;
  return factsOf({
    profile: profile && { ...profile, beliefs: null },
    filings: Object.fromEntries((filings.nodes ?? []).map((filing) => [placeOfFiling(filing), filingAlone(filing)])),
    demands,
    taxCredits: Object.fromEntries(
      statements.map(({ assessmentYear, taxCredits }) => [
        assessmentYear,
        taxCredits && { creditedTotal: taxCredits.creditedTotal, deductors: taxCredits.deductors },
      ]),
    ),
    informationStatements: Object.fromEntries(
      statements.map(({ assessmentYear, informationStatement }) => [assessmentYear, informationStatement?.entries]),
    ),
  });
}

export function placeOfFiling({ assessmentYear, kind }: AnsweredFiling): string {
  return placeOf(assessmentYear, kind);
}

function filingAlone({ checks, ...filing }: AnsweredFiling): object {
  const nothing = { assessmentYear: null, provenance: null, beliefs: null, effective: null };
  return { ...filing, ...nothing, checks: outcomesOf(checks) };
}
