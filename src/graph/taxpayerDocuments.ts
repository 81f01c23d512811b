import type { Found } from "../domain/answer";
import type * as domain from "../domain/compliance";
import { agreesWithFilings, type Reconciled, type ReconciledFiling } from "../domain/reconcile";
import type { IncomeYear } from "../domain/taxPeriod";
import type { Gathering } from "../sources/gatherWishes";
import { toComplianceStatus, type ComplianceStatus } from "./complianceStatus";
import { toDemands, type Demand } from "./demand";
import type { Disagreement } from "./disagreement";
import { toFiling, type Filing } from "./filing/filing";
import type { KnownFilings } from "./filing/filingConnection";
import { toFilingDocuments, toStatementFile, type FilingDocument } from "./filing/filingDocument";
import { faultIn, foundIn, tellingsOf, type Gathered, type Telling } from "./selection/gathered";
import { toInformationStatement, type InformationStatement } from "./informationStatement";
import { toProfile, type Profile } from "./profile";
import { reconciledDocuments } from "./reconciledDocuments";
import { attached, once } from "../kernel/remembered";
import { toTaxCreditStatement, type TaxCreditStatement } from "./taxCreditStatement";
import { taxpayerDisagreements } from "./taxpayerDisagreements";

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
  disagreements(): readonly Disagreement[];
}

/**
 * Reckoned once of what was gathered, and kept as long as that is remembered. It holds no decision on who may read what:
 * what was refused is another gathering, and so other documents.
 */
export const documentsIn = attached(({ taxpayer, gathered }: Gathering) => taxpayerDocuments(taxpayer.id, gathered));

export function taxpayerDocuments(taxpayerId: string, gathered: readonly Gathered[]): TaxpayerDocuments {
  const reconciled = reconciledDocuments(gathered);

  const allFilings = once(() =>
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

  /** The file of whoever is believed. */
  function fileOf({ provenance }: Reconciled<unknown>, year: IncomeYear): FilingDocument | undefined {
    const [first] = provenance;
    const file = reconciled
      .files("INFORMATION_STATEMENT")
      .find(({ provider, incomeYear }) => provider === first?.provider && incomeYear === year);
    return file && toStatementFile(taxpayerId, file);
  }

  return {
    profile() {
      const known = reconciled.profile();
      const tellings = [...tellingsOf(gathered, "PROFILE"), ...tellingsOf(gathered, "AADHAAR_LINK")];
      return orFault(known && toProfile(taxpayerId, known), tellings);
    },
    compliance: once(() => {
      const [known] = foundIn(gathered, "COMPLIANCE");
      return orFault(known && withAgreement(known, reconciled.filings), tellingsOf(gathered, "COMPLIANCE"));
    }),
    filings: attached((years: readonly IncomeYear[]) => {
      const tellings = tellingsOf(gathered, "FILINGS", years);
      const isTold = tellings.some(({ outcome }) => outcome === "FOUND" || outcome === "ABSENT");
      return { filings: isTold ? filingsOf(years) : undefined, fault: faultIn(tellings) };
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
