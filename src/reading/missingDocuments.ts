import { isOfYear, type DocumentKind, type IncomeYear, consentFor, type Consent } from "../domain";
import type { DocumentOfYear, OpenLogin } from "../sessions";
import { Fault } from "../kernel";
import type { ConnectedProvider } from "../providers";
import { heldAnswersTo, permissionFor } from "./answerFromStore";
import type { KeptTaxpayer } from "./ports";

/** A document that is not held yet. */
export type Gap = DocumentOfYear;

/** As far back as any login reaches. */
export const mostYears = 7;

/** What of this is not held, or is held and may not be read. */
export function gapsOf(
  {
    taxpayer,
    documents,
    incomeYears,
  }: {
    readonly taxpayer: KeptTaxpayer;
    readonly documents: readonly DocumentKind[];
    readonly incomeYears: readonly IncomeYear[];
  },
  nowMs: number,
): readonly Gap[] {
  return [...new Set(documents)]
    .flatMap((document): Gap[] =>
      isOfYear(document)
        ? incomeYears.map((incomeYear) => ({ document, incomeYear }))
        : [{ document, incomeYear: undefined }],
    )
    .filter((gap) => {
      const question = { taxpayer, ...gap };
      return permissionFor(question, nowMs).is !== "GRANTED" || heldAnswersTo(question, undefined, nowMs).length === 0;
    });
}

/** How far back a login must reach for each document, since a login reads all years from the latest one on. */
export function yearsBackOf(gaps: readonly Gap[], reachable: readonly IncomeYear[]): ReadonlyMap<DocumentKind, number> {
  const yearsByDocument = new Map<DocumentKind, number>();
  for (const { document, incomeYear } of gaps) {
    const yearsBack = incomeYear === undefined ? 1 : reachable.indexOf(incomeYear) + 1;
    yearsByDocument.set(document, Math.max(yearsBack, yearsByDocument.get(document) ?? 0));
  }
  return yearsByDocument;
}

export function kindsOf(gaps: readonly Gap[]): readonly DocumentKind[] {
  return [...new Set(gaps.map(({ document }) => document))];
}

/** What one open login is to bring, all of it with one reading. */
export interface Errand {
  readonly login: OpenLogin;
  readonly consent: Consent;
  readonly gaps: readonly Gap[];
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly calls: number;
}

interface Surroundings {
  readonly connected: readonly ConnectedProvider[];
  readonly nowMs: number;
}

/**
 * Which open login is to bring which of these gaps: as few of them as possible, and each with one reading. A consent
 * decides what may be brought, and not what the login was opened for; but it must be given for the login's own purpose.
 */
export function errandsFor(
  taxpayer: KeptTaxpayer,
  gaps: readonly Gap[],
  logins: readonly OpenLogin[],
  surroundings: Surroundings,
): readonly Errand[] {
  const possible = logins
    .flatMap((login) => errandsOf(login, taxpayer, gaps, surroundings))
    .sort((one, other) => other.gaps.length - one.gaps.length || one.calls - other.calls);
  const [best] = possible;
  if (best === undefined) return [];
  const rest = gaps.filter((gap) => !best.gaps.includes(gap));
  return [best, ...errandsFor(taxpayer, rest, logins, surroundings)];
}

/** All that this login could bring, by the consents that let it. */
function errandsOf(
  login: OpenLogin,
  taxpayer: KeptTaxpayer,
  gaps: readonly Gap[],
  { connected, nowMs }: Surroundings,
): readonly Errand[] {
  const by = connected.find(({ provider }) => provider.id === login.provider);
  const terms = by?.provider.loginTerms;
  if (by?.client?.needs !== "LOGIN" || terms === undefined || !login.isReady || login.expiresAtMs <= nowMs) return [];
  const purpose = taxpayer.consents.find(({ id }) => id === login.consentId)?.purpose;
  const consents = taxpayer.consents.filter((consent) => consent.purpose === purpose);
  const consentByGap = new Map(gaps.map((gap) => [gap, consentFor(consents, gap, nowMs)]));
  const isReached = ({ incomeYear }: Gap) =>
    !terms.readsOnlyItsYears || incomeYear === undefined || login.incomeYears.includes(incomeYear);
  const within = gaps.filter(
    (gap) =>
      by.provider.documents.includes(gap.document) &&
      isReached(gap) &&
      !login.unsupported.some((refused) => isSame(refused, gap)) &&
      !hasFailedForGood(login, gap),
  );
  return [...Map.groupBy(within, (gap) => consentByGap.get(gap))].flatMap(([consent, ofOne]): Errand[] => {
    if (consent === undefined || consent instanceof Fault) return [];
    const documents = kindsOf(ofOne);
    const incomeYears = [...new Set(ofOne.flatMap(({ incomeYear }) => incomeYear ?? []))];
    const calls = terms.callsToRead(documents, incomeYears.length, login.documents);
    return [{ login, consent, gaps: ofOne, documents, incomeYears, calls }];
  });
}

/** What this login was asked for and failed at, with a failure that another try would meet again. */
function hasFailedForGood({ failure }: OpenLogin, gap: Gap): boolean {
  return failure !== undefined && !failure.fault.retryable && failureCovers(failure, gap);
}

export function failureCovers(
  { documents, incomeYears }: NonNullable<OpenLogin["failure"]>,
  { document, incomeYear }: Gap,
): boolean {
  return documents.includes(document) && (incomeYear === undefined || incomeYears.includes(incomeYear));
}

function isSame(one: Gap, other: Gap): boolean {
  // What is undefined in memory is left out in the store.
  return one.document === other.document && (one.incomeYear ?? 0) === (other.incomeYear ?? 0);
}
