import type { Documents } from "../../reading";
import {
  type Found,
  type DocumentKind,
  agreesWithFilings,
  type Reconciled,
  type ReconciledFiling,
  reconcileDemands,
  reconcileFilings,
  reconcileInformationStatements,
  reconcileProfiles,
  reconcileTaxCredits,
  type Told,
  type IncomeYear,
  assessmentYearLabel,
  type Profile as DomainProfile,
  type CalendarDate,
  type IncomePolicy,
  type Locale,
  canonicalPolicy,
  incomeInsights,
} from "../../domain";
import type * as domain from "../../domain";
import { type Disagreement, placedUnder } from "../types";
import {
  toFiling,
  type Filing,
  type KnownFilings,
  toFilingDocuments,
  toStatementFile,
  type FilingDocument,
  type ToldFile,
  type ToldForm,
} from "../filing";
import {
  faultIn,
  foundIn,
  tellingsOf,
  type AnsweredDocument,
  type Telling,
  demandsIn,
  filingsIn,
  yearsOf,
} from "../selection";
import { memoizeWeak, lazy, memoize } from "../../kernel";
import { toIncomeInsights, type IncomeInsights } from "../insights";
import { toComplianceStatus, type ComplianceStatus } from "./complianceStatus";
import { toDemands, type Demand } from "./demand";
import { toInformationStatement, type InformationStatement } from "./informationStatement";
import { toProfile, type Profile } from "./profile";
import { toTaxCreditStatement, type TaxCreditStatement } from "./taxCredits";

/** All disagreements about a taxpayer, each under the name of its document. */
function taxpayerDisagreements(
  { profile, filings, taxCredits, informationStatement, demands }: ReconciledDocuments,
  gathered: readonly AnsweredDocument[],
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

type ReconciledDocuments = ReturnType<typeof reconciledDocuments>;

/** One answer of several, for each document that was gathered. Nothing is reckoned before it is asked for, nor twice. */
function reconciledDocuments(gathered: readonly AnsweredDocument[]) {
  return {
    profile: lazy(() => reconcileProfiles([...foundIn(gathered, "PROFILE"), ...linksAsProfiles(gathered)])),
    filings: lazy(() => reconcileFilings(filingsIn(gathered))),
    files: memoize((document: DocumentKind) => toldFiles(gathered, document)),
    verificationForms: lazy(() => toldForms(gathered)),
    taxCredits: memoize((year: IncomeYear) => reconcileTaxCredits(foundIn(gathered, "TAX_CREDITS", year))),
    informationStatement: memoize((year: IncomeYear) =>
      reconcileInformationStatements(foundIn(gathered, "INFORMATION_STATEMENT", year)),
    ),
    demands: lazy(() => reconcileDemands(demandsIn(gathered))),
  };
}

function toldFiles(gathered: readonly AnsweredDocument[], document: DocumentKind): readonly ToldFile[] {
  return gathered.flatMap(({ incomeYear, ...each }) =>
    incomeYear === undefined
      ? []
      : foundIn([each], document).flatMap(({ files = [], provenance: { provider } }) =>
          files.map((name) => ({ provider, incomeYear, name })),
        ),
  );
}

function toldForms(gathered: readonly AnsweredDocument[]): readonly ToldForm[] {
  return foundIn(gathered, "VERIFICATION_FORM").flatMap(({ value, provenance: { provider } }) =>
    value.map((form) => ({ provider, form })),
  );
}

/** A provider that answers only about the Aadhaar link contributes that one fact to the profile. */
function linksAsProfiles(gathered: readonly AnsweredDocument[]): readonly Told<DomainProfile>[] {
  return foundIn(gathered, "AADHAAR_LINK").map(({ value, provenance }) => ({
    value: { aadhaarLink: value },
    provenance,
  }));
}

/**
 * What a taxpayer's fields show. Where there is nothing to show it is undefined; but where that is somebody's failure the
 * fault is thrown, so that the error stands at the field's own path.
 */
export interface TaxpayerDocuments {
  profile(): Profile | undefined;
  compliance(): ComplianceStatus | undefined;
  /** Newest year first. It throws nothing: a list of filings says itself what failed. */
  filings(years: readonly IncomeYear[]): KnownFilings;
  /** The return of the year that counts. */
  filing(year: IncomeYear): Filing | undefined;
  filingById(id: string): Filing | undefined;
  taxCredits(year: IncomeYear): TaxCreditStatement | undefined;
  informationStatement(year: IncomeYear): InformationStatement | undefined;
  demands(): readonly Demand[] | undefined;
  incomeInsights(policy: IncomePolicy, asked: AskedInsights): IncomeInsights | undefined;
  /** The same in the domain's words. */
  workedOut(policy: IncomePolicy, asked: AskedInsights): domain.IncomeInsights;
  disagreements(): readonly Disagreement[];
}

interface AskedInsights {
  readonly years: readonly IncomeYear[];
  /** Whether the caller named the years. */
  readonly areNamed: boolean;
  readonly today: CalendarDate;
  readonly locale: Locale;
}

/** Computed once per `Documents`. It decides nothing about rights: what was refused is in other `Documents`. */
export const documentsIn = memoizeWeak(({ taxpayer, answered }: Documents) => taxpayerDocuments(taxpayer.id, answered));

export function taxpayerDocuments(taxpayerId: string, gathered: readonly AnsweredDocument[]): TaxpayerDocuments {
  const reconciled = reconciledDocuments(gathered);

  const allFilings = lazy(() =>
    reconciled.filings().map((each) => {
      const { incomeYear } = each.filing;
      const documents = toFilingDocuments(taxpayerId, each.filing, {
        forms: reconciled.verificationForms(),
        files: reconciled.files("FILINGS"),
      });
      const checkContext = () => ({
        taxCredits: reconciled.taxCredits(incomeYear)?.value,
        profile: reconciled.profile()?.value,
      });
      return { incomeYear, filing: toFiling(each, { taxpayerId, documents, checkContext }) };
    }),
  );

  function filingsOf(years: readonly IncomeYear[]): readonly Filing[] {
    return allFilings().flatMap(({ incomeYear, filing }) => (years.includes(incomeYear) ? filing : []));
  }

  /** The file of the provider whose statement is shown. */
  function fileOf({ provenance }: Reconciled<unknown>, year: IncomeYear): FilingDocument | undefined {
    const [first] = provenance;
    const file = reconciled
      .files("INFORMATION_STATEMENT")
      .find(({ provider, incomeYear }) => provider === first?.provider && incomeYear === year);
    return file && toStatementFile(taxpayerId, file);
  }

  /** The last ones are kept: a caller has one policy, and asks with it again. */
  let insights: { readonly key: string; readonly of: IncomeInsights } | undefined;

  function workedOut(policy: IncomePolicy, { years, areNamed, today }: AskedInsights): domain.IncomeInsights {
    const known = {
      filings: reconciled.filings().filter(({ filing }) => years.includes(filing.incomeYear)),
      statementsOf: (year: IncomeYear) => ({
        taxCredits: reconciled.taxCredits(year)?.value,
        informationStatement: reconciled.informationStatement(year)?.value,
      }),
      namedYears: areNamed ? years : undefined,
      untold: years.filter((year) => !isAnswered(tellingsOf(gathered, "FILINGS", [year]))),
      today,
    };
    return incomeInsights(policy, known);
  }

  function insightsOf(policy: IncomePolicy, asked: AskedInsights): IncomeInsights {
    const filingOf = (year: IncomeYear) => filingsOf([year]).find(({ effective }) => effective);
    return toIncomeInsights(workedOut(policy, asked), filingOf, asked.locale);
  }

  return {
    workedOut,
    incomeInsights(policy, asked) {
      const key = [canonicalPolicy(policy), ...asked.years, asked.areNamed, asked.today, asked.locale].join(" ");
      const tellings = tellingsOf(gathered, "FILINGS", asked.years);
      if (!isAnswered(tellings)) orFault(undefined, tellings);
      if (insights?.key !== key) insights = { key, of: insightsOf(policy, asked) };
      return insights.of;
    },
    profile() {
      const known = reconciled.profile();
      const tellings = [...tellingsOf(gathered, "PROFILE"), ...tellingsOf(gathered, "AADHAAR_LINK")];
      return orFault(known && toProfile(taxpayerId, known), tellings);
    },
    compliance: lazy(() => {
      const [known] = foundIn(gathered, "COMPLIANCE");
      return orFault(known && withAgreement(known, reconciled.filings), tellingsOf(gathered, "COMPLIANCE"));
    }),
    filings: memoizeWeak((years: readonly IncomeYear[]) => {
      const tellings = tellingsOf(gathered, "FILINGS", years);
      return { filings: isAnswered(tellings) ? filingsOf(years) : undefined, fault: faultIn(tellings) };
    }),
    filing(year) {
      const effective = filingsOf([year]).find((filing) => filing.effective);
      return orFault(effective, tellingsOf(gathered, "FILINGS", [year]));
    },
    filingById(id) {
      const known = allFilings().find(({ filing }) => filing.id === id);
      return orFault(known?.filing, tellingsOf(gathered, "FILINGS"));
    },
    taxCredits(year) {
      const known = reconciled.taxCredits(year);
      return orFault(known && toTaxCreditStatement(known), tellingsOf(gathered, "TAX_CREDITS", [year]));
    },
    informationStatement(year) {
      const known = reconciled.informationStatement(year);
      return orFault(
        known && toInformationStatement(known, fileOf(known, year)),
        tellingsOf(gathered, "INFORMATION_STATEMENT", [year]),
      );
    },
    demands() {
      const tellings = tellingsOf(gathered, "DEMANDS");
      // That there is none is no answer yet while somebody else has failed to look.
      const known = faultIn(tellings) ? undefined : reconciled.demands();
      return orFault(known && toDemands(known), tellings);
    },
    disagreements: () => taxpayerDisagreements(reconciled, gathered),
  };
}

/** Whether somebody tells of the returns, or that there are none. */
function isAnswered(tellings: readonly Telling[]): boolean {
  return tellings.some(({ outcome }) => outcome === "FOUND" || outcome === "ABSENT");
}

/** Whether filings agree is reckoned only for those who ask. */
function withAgreement(
  found: Found<domain.ComplianceStatus>,
  filings: () => readonly ReconciledFiling[],
): ComplianceStatus {
  return {
    ...toComplianceStatus(found),
    get agreesWithFilings() {
      return agreesWithFilings(found.value, filings());
    },
  };
}

/** What there is to show; where there is nothing and that is somebody's failure, the fault is thrown. */
function orFault<Shown>(shown: Shown | undefined, tellings: readonly Telling[]): Shown | undefined {
  const fault = shown === undefined ? faultIn(tellings) : undefined;
  if (fault) throw fault;
  return shown;
}
