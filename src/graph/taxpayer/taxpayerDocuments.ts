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
  type Reported,
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
import type { Disagreement } from "../types";
import {
  toFiling,
  type Filing,
  type KnownFilings,
  toFilingDocuments,
  toStatementFile,
  type FilingDocument,
  type ReportedFile,
  type ReportedForm,
} from "../filing";
import { type AnswerAbout, type AnsweredDocument, answersIn, faultIn } from "../selection";
import { memoizeWeak, lazy, memoize } from "../../kernel";
import { toIncomeInsights, type IncomeInsights } from "../insights";
import { toComplianceStatus, type ComplianceStatus } from "./complianceStatus";
import { toDemands, type Demand } from "./demand";
import { toInformationStatement, type InformationStatement } from "./informationStatement";
import { toProfile, type Profile } from "./profile";
import { toTaxCreditStatement, type TaxCreditStatement } from "./taxCredits";

type Answers = ReturnType<typeof answersIn>;

/** All disagreements about a taxpayer, each under the name of its document. */
function taxpayerDisagreements(
  { profile, filings, taxCredits, informationStatement, demands }: ReconciledDocuments,
  answers: Answers,
): readonly Disagreement[] {
  const inStatements = (place: string, years: readonly IncomeYear[], statementOf: StatementOf) =>
    years.flatMap((year) => placedUnder(nameOf(place, year), statementOf(year)?.disagreements ?? []));
  return [
    ...placedUnder("profile", profile()?.disagreements ?? []),
    ...filings().flatMap(({ filing, disagreements }) =>
      placedUnder(nameOf("filings", filing.incomeYear), disagreements),
    ),
    ...inStatements("taxCredits", answers.years("TAX_CREDITS"), taxCredits),
    ...inStatements("informationStatement", answers.years("INFORMATION_STATEMENT"), informationStatement),
    ...placedUnder("demands", demands()?.disagreements ?? []),
  ];
}

/** The same disagreements with the name of their document in front of each path. */
function placedUnder(place: string, disagreements: readonly domain.Disagreement[]): readonly Disagreement[] {
  return disagreements.map((disagreement) => ({ ...disagreement, path: `${place}.${disagreement.path}` }));
}

type StatementOf = (year: IncomeYear) => Pick<Reconciled<unknown>, "disagreements"> | undefined;

function nameOf(document: string, year: IncomeYear): string {
  return `${document}.${assessmentYearLabel(year)}`;
}

type ReconciledDocuments = ReturnType<typeof reconciledDocuments>;

/** Reconciles each gathered document on demand, and only once. */
function reconciledDocuments(answers: Answers) {
  return {
    profile: lazy(() => reconcileProfiles([...answers.found("PROFILE"), ...linksAsProfiles(answers)])),
    filings: lazy(() => reconcileFilings(answers.filings())),
    files: memoize((document: DocumentKind) => reportedFiles(answers, document)),
    verificationForms: lazy(() => reportedForms(answers)),
    taxCredits: memoize((year: IncomeYear) => reconcileTaxCredits(answers.found("TAX_CREDITS", year))),
    informationStatement: memoize((year: IncomeYear) =>
      reconcileInformationStatements(answers.found("INFORMATION_STATEMENT", year)),
    ),
    demands: lazy(() => reconcileDemands(answers.demands())),
  };
}

function reportedFiles(answers: Answers, document: DocumentKind): readonly ReportedFile[] {
  return answers
    .years(document)
    .flatMap((incomeYear) =>
      answers
        .found(document, incomeYear)
        .flatMap(({ files = [], provenance: { provider } }) => files.map((name) => ({ provider, incomeYear, name }))),
    );
}

function reportedForms(answers: Answers): readonly ReportedForm[] {
  return answers
    .found("VERIFICATION_FORM")
    .flatMap(({ value, provenance: { provider } }) => value.map((form) => ({ provider, form })));
}

/** A provider that answers only about the Aadhaar link contributes that one fact to the profile. */
function linksAsProfiles(answers: Answers): readonly Reported<DomainProfile>[] {
  return answers.found("AADHAAR_LINK").map(({ value, provenance }) => ({
    value: { aadhaarLink: value },
    provenance,
  }));
}

/**
 * What a taxpayer's fields show. Undefined means that there is nothing to show. If a failure is the reason, the fault is
 * thrown, so that the error has the path of the field.
 */
export interface TaxpayerDocuments {
  profile(): Profile | undefined;
  compliance(): ComplianceStatus | undefined;
  /** Newest year first. It does not throw: the list of filings itself names the failure. */
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

/** Computed once per `Documents`. Rights play no part here: a refusal leads to different `Documents`. */
export const documentsIn = memoizeWeak(({ taxpayer, answered }: Documents) => taxpayerDocuments(taxpayer.id, answered));

export function taxpayerDocuments(taxpayerId: string, gathered: readonly AnsweredDocument[]): TaxpayerDocuments {
  const answers = answersIn(gathered);
  const reconciled = reconciledDocuments(answers);

  const allFilings = lazy(() =>
    reconciled.filings().map((each) => {
      const { incomeYear } = each.filing;
      const filing = toFiling(each, {
        taxpayerId,
        get documents() {
          return toFilingDocuments(taxpayerId, each.filing, {
            forms: reconciled.verificationForms(),
            files: reconciled.files("FILINGS"),
          });
        },
        checkContext: () => ({
          taxCredits: reconciled.taxCredits(incomeYear)?.value,
          profile: reconciled.profile()?.value,
        }),
      });
      return { incomeYear, filing };
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

  /** The last result is cached, because a caller usually repeats one policy. */
  let insights: { readonly key: string; readonly of: IncomeInsights } | undefined;

  function workedOut(policy: IncomePolicy, { years, areNamed, today }: AskedInsights): domain.IncomeInsights {
    const known = {
      filings: reconciled.filings().filter(({ filing }) => years.includes(filing.incomeYear)),
      statementsOf: (year: IncomeYear) => ({
        taxCredits: reconciled.taxCredits(year)?.value,
        informationStatement: reconciled.informationStatement(year)?.value,
      }),
      namedYears: areNamed ? years : undefined,
      untold: years.filter((year) => !isAnswered(answers.about("FILINGS", [year]))),
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
      const about = answers.about("FILINGS", asked.years);
      if (!isAnswered(about)) orFault(undefined, about);
      if (insights?.key !== key) insights = { key, of: insightsOf(policy, asked) };
      return insights.of;
    },
    profile() {
      const known = reconciled.profile();
      const asked = [...answers.about("PROFILE"), ...answers.about("AADHAAR_LINK")];
      return orFault(known && toProfile(taxpayerId, known), asked);
    },
    compliance: lazy(() => {
      const [known] = answers.found("COMPLIANCE");
      return orFault(known && withAgreement(known, reconciled.filings), answers.about("COMPLIANCE"));
    }),
    filings: memoizeWeak((years: readonly IncomeYear[]) => {
      const asked = answers.about("FILINGS", years);
      return { filings: isAnswered(asked) ? filingsOf(years) : undefined, fault: faultIn(asked) };
    }),
    filing(year) {
      const effective = filingsOf([year]).find((filing) => filing.effective);
      return orFault(effective, answers.about("FILINGS", [year]));
    },
    filingById(id) {
      const known = allFilings().find(({ filing }) => filing.id === id);
      return orFault(known?.filing, answers.about("FILINGS"));
    },
    taxCredits(year) {
      const known = reconciled.taxCredits(year);
      return orFault(known && toTaxCreditStatement(known), answers.about("TAX_CREDITS", [year]));
    },
    informationStatement(year) {
      const known = reconciled.informationStatement(year);
      return orFault(
        known && toInformationStatement(known, fileOf(known, year)),
        answers.about("INFORMATION_STATEMENT", [year]),
      );
    },
    demands() {
      const asked = answers.about("DEMANDS");
      // "No demands" is no answer while another provider has failed.
      const known = faultIn(asked) ? undefined : reconciled.demands();
      return orFault(known && toDemands(known), asked);
    },
    disagreements: () => taxpayerDisagreements(reconciled, answers),
  };
}

/** Whether any provider reports the returns, or that there are none. */
function isAnswered(answers: readonly AnswerAbout[]): boolean {
  return answers.some(({ outcome }) => outcome === "FOUND" || outcome === "ABSENT");
}

/** `agreesWithFilings` is computed only on demand. */
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

/** Returns what is shown. If there is nothing and a failure is the reason, throws the fault. */
function orFault<Shown>(shown: Shown | undefined, answers: readonly AnswerAbout[]): Shown | undefined {
  const fault = shown === undefined ? faultIn(answers) : undefined;
  if (fault) throw fault;
  return shown;
}
