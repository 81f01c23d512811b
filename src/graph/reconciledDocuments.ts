import type { DocumentKind } from "../domain/answer";
import {
  reconcileDemands,
  reconcileFilings,
  reconcileInformationStatements,
  reconcileProfiles,
  reconcileTaxCredits,
  type Told,
} from "../domain/reconcile";
import type { Profile } from "../domain/taxpayer";
import type { IncomeYear } from "../domain/taxPeriod";
import type { ToldFile, ToldForm } from "./filing/filingDocument";
import { demandsIn, filingsIn, foundIn, type Gathered } from "./selection/gathered";
import { once, remembered } from "../kernel/remembered";

export type ReconciledDocuments = ReturnType<typeof reconciledDocuments>;

/** One answer of several, for each document that was gathered. Nothing is reckoned before it is asked for, nor twice. */
export function reconciledDocuments(gathered: readonly Gathered[]) {
  return {
    profile: once(() => reconcileProfiles([...foundIn(gathered, "PROFILE"), ...linksAsProfiles(gathered)])),
    filings: once(() => reconcileFilings(filingsIn(gathered))),
    files: remembered((document: DocumentKind) => toldFiles(gathered, document)),
    verificationForms: once(() => toldForms(gathered)),
    taxCredits: remembered((year: IncomeYear) => reconcileTaxCredits(foundIn(gathered, "TAX_CREDITS", year))),
    informationStatement: remembered((year: IncomeYear) =>
      reconcileInformationStatements(foundIn(gathered, "INFORMATION_STATEMENT", year)),
    ),
    demands: once(() => reconcileDemands(demandsIn(gathered))),
  };
}

function toldFiles(gathered: readonly Gathered[], document: DocumentKind): readonly ToldFile[] {
  return gathered.flatMap(({ incomeYear, ...each }) =>
    incomeYear === undefined
      ? []
      : foundIn([each], document).flatMap(({ files = [], provenance: { provider } }) =>
          files.map((name) => ({ provider, incomeYear, name })),
        ),
  );
}

function toldForms(gathered: readonly Gathered[]): readonly ToldForm[] {
  return foundIn(gathered, "VERIFICATION_FORM").flatMap(({ value, provenance: { provider } }) =>
    value.map((form) => ({ provider, form })),
  );
}

/** Whoever tells only of the link with Aadhaar tells that much of who the taxpayer is. */
function linksAsProfiles(gathered: readonly Gathered[]): readonly Told<Profile>[] {
  return foundIn(gathered, "AADHAAR_LINK").map(({ value, provenance }) => ({
    value: { aadhaarLink: value },
    provenance,
  }));
}
