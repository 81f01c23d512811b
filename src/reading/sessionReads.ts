import { type DocumentKind, type IncomeYear, consentFor, type Consent } from "../domain";
import type { DocumentOfYear, OpenLogin } from "../sessions";
import { Fault } from "../kernel";
import type { ConnectedProvider } from "../providers";
import type { StoredTaxpayer } from "./ports";

/** As far back as any login reaches. */
export const mostYears = 7;

/** How many years back a login must reach for each document: a login reads every year from the latest one on. */
export function yearsBackOf(
  missing: readonly DocumentOfYear[],
  reachable: readonly IncomeYear[],
): ReadonlyMap<DocumentKind, number> {
  const yearsByDocument = new Map<DocumentKind, number>();
  for (const { document, incomeYear } of missing) {
    const yearsBack = incomeYear === undefined ? 1 : reachable.indexOf(incomeYear) + 1;
    yearsByDocument.set(document, Math.max(yearsBack, yearsByDocument.get(document) ?? 0));
  }
  return yearsByDocument;
}

export function kindsOf(missing: readonly DocumentOfYear[]): readonly DocumentKind[] {
  return [...new Set(missing.map(({ document }) => document))];
}

/** Whether this document, and its year if it has one, are among these. */
export function includes(
  { documents, incomeYears }: Pick<OpenLogin, "documents" | "incomeYears">,
  { document, incomeYear }: DocumentOfYear,
): boolean {
  return documents.includes(document) && (incomeYear === undefined || incomeYears.includes(incomeYear));
}

/** One reading through one open session, under one consent. */
export interface SessionRead {
  readonly login: OpenLogin;
  readonly consent: Consent;
  readonly missing: readonly DocumentOfYear[];
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly calls: number;
}

interface Surroundings {
  readonly connected: readonly ConnectedProvider[];
  readonly nowMs: number;
}

/**
 * Which open session reads which missing document, in as few readings as possible. The consent decides what may be read,
 * not what the session was opened for; but the consent must be for the session's own purpose.
 */
export function sessionReadsFor(
  taxpayer: StoredTaxpayer,
  missing: readonly DocumentOfYear[],
  logins: readonly OpenLogin[],
  surroundings: Surroundings,
): readonly SessionRead[] {
  const possible = logins
    .flatMap((login) => readsThrough(login, taxpayer, missing, surroundings))
    .sort((one, other) => other.missing.length - one.missing.length || one.calls - other.calls);
  const [best] = possible;
  if (best === undefined) return [];
  const rest = missing.filter((each) => !best.missing.includes(each));
  return [best, ...sessionReadsFor(taxpayer, rest, logins, surroundings)];
}

/** Everything that this session can read, one reading for each consent that allows it. */
function readsThrough(
  login: OpenLogin,
  taxpayer: StoredTaxpayer,
  missing: readonly DocumentOfYear[],
  { connected, nowMs }: Surroundings,
): readonly SessionRead[] {
  const by = connected.find(({ provider }) => provider.id === login.provider);
  const terms = by?.provider.loginTerms;
  if (by?.client?.needs !== "LOGIN" || terms === undefined || !login.isReady || login.expiresAtMs <= nowMs) return [];
  const purpose = taxpayer.consents.find(({ id }) => id === login.consentId)?.purpose;
  const consents = taxpayer.consents.filter((consent) => consent.purpose === purpose);
  const isReached = ({ incomeYear }: DocumentOfYear) =>
    !terms.readsOnlyItsYears || incomeYear === undefined || login.incomeYears.includes(incomeYear);
  const readable = missing.filter(
    (each) =>
      by.provider.documents.includes(each.document) &&
      isReached(each) &&
      !login.unsupported.some((refused) => isSame(refused, each)) &&
      !hasFailedForGood(login, each),
  );
  const byConsent = Map.groupBy(readable, (each) => consentFor(consents, each, nowMs));
  return [...byConsent].flatMap(([consent, ofOne]): SessionRead[] => {
    if (consent instanceof Fault) return [];
    const documents = kindsOf(ofOne);
    const incomeYears = [...new Set(ofOne.flatMap(({ incomeYear }) => incomeYear ?? []))];
    const calls = terms.callsToRead(documents, incomeYears.length, login.documents);
    return [{ login, consent, missing: ofOne, documents, incomeYears, calls }];
  });
}

/** The session has tried to read it, and another try would fail in the same way. */
function hasFailedForGood({ failure }: OpenLogin, missing: DocumentOfYear): boolean {
  return failure !== undefined && !failure.fault.retryable && includes(failure, missing);
}

function isSame(one: DocumentOfYear, other: DocumentOfYear): boolean {
  // The store leaves out what is undefined in memory.
  return one.document === other.document && (one.incomeYear ?? 0) === (other.incomeYear ?? 0);
}
