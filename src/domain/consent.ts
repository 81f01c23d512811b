import type { Word } from "./vocabulary";
import { Fault, type FaultCode } from "../kernel";
import type { DocumentKind, ProviderId } from "./answer";
import type { IncomeYear } from "./taxPeriod";

export type ConsentPurpose = Word<"ConsentPurpose">;

/** What a taxpayer agreed to, as the caller states it. */
export interface ConsentTerms {
  readonly purpose: ConsentPurpose;
  /** The caller's own name for it. It may hold anything, so it is sealed like the data. */
  readonly reference: string | undefined;
  readonly startsAtMs: number;
  readonly expiresAtMs: number;
  /** How long what was fetched may be kept. */
  readonly dataLifeDays: number;
  readonly mostFetches: number | undefined;
}

/** A taxpayer's consent to one tenant: for which documents of which years, until when, and how often. */
export interface Consent extends Omit<ConsentTerms, "reference"> {
  readonly id: string;
  readonly taxpayerId: string;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly grantedAtMs: number;
  readonly revokedAtMs: number | undefined;
  readonly fetches: number;
  /** Of its receipt. A consent of an earlier release has none until the receipt is asked for. */
  readonly receiptDigest?: string | undefined;
}

/** A document to read or fetch, of one year or of no year. */
interface AskedDocument {
  readonly document: DocumentKind;
  readonly incomeYear: IncomeYear | undefined;
}

/** Why a consent does not hold at this moment; undefined when it does. */
export function lapseOf(consent: Pick<Consent, "startsAtMs" | "expiresAtMs" | "revokedAtMs">, nowMs: number) {
  if (consent.revokedAtMs !== undefined) return new Fault("CONSENT_REVOKED");
  if (consent.expiresAtMs <= nowMs) return new Fault("CONSENT_EXPIRED");
  if (consent.startsAtMs > nowMs) return new Fault("CONSENT_REQUIRED", { hint: "The consent given starts later." });
  return undefined;
}

/** Why none of these consents holds. Undefined if one holds, or if there is none. */
export function lapseOfAll(consents: readonly Consent[], nowMs: number): Fault | undefined {
  const [newest] = newestFirst(consents);
  const oneHolds = consents.some((consent) => lapseOf(consent, nowMs) === undefined);
  return newest && !oneHolds ? lapseOf(newest, nowMs) : undefined;
}

function covers({ documents, incomeYears }: Consent, { document, incomeYear }: AskedDocument): boolean {
  return documents.includes(document) && (incomeYear === undefined || incomeYears.includes(incomeYear));
}

/**
 * The consent that allows reading or fetching this, preferably one with fetches left; else the reason why none does.
 * CONSENT_EXCEEDED comes before a lapse. Of several lapsed consents the newest gives the reason.
 */
export function consentFor(consents: readonly Consent[], asked: AskedDocument, nowMs: number): Consent | Fault {
  const holding = newestFirst(consents).filter((consent) => lapseOf(consent, nowMs) === undefined);
  const covering = holding.filter((consent) => covers(consent, asked));
  const chosen = covering.find(({ fetches, mostFetches = Infinity }) => fetches < mostFetches) ?? covering[0];
  if (chosen) return chosen;
  if (holding.length > 0) return new Fault("CONSENT_EXCEEDED");
  return lapseOfAll(consents, nowMs) ?? new Fault("CONSENT_REQUIRED");
}

/**
 * The consent under which an answer is read: the one it was fetched under, or another of the same purpose. It must hold
 * and cover the answer. An answer never serves a second purpose.
 */
export function consentToRead(
  consents: readonly Consent[],
  broughtUnder: string | undefined,
  asked: AskedDocument,
  nowMs: number,
): Consent | undefined {
  const purpose = consents.find(({ id }) => id === broughtUnder)?.purpose;
  const readers = newestFirst(consents).filter(
    (consent) => consent.purpose === purpose && lapseOf(consent, nowMs) === undefined && covers(consent, asked),
  );
  return readers.find(({ id }) => id === broughtUnder) ?? readers[0];
}

function newestFirst(consents: readonly Consent[]): readonly Consent[] {
  return consents.toSorted((a, b) => b.grantedAtMs - a.grantedAtMs);
}

/** One line of what was done under a consent, or refused without one. It holds no personal data. */
export interface ConsentRecord {
  readonly kind: Word<"ConsentRecordKind">;
  readonly atMs: number;
  /** Left out where a session was refused before its taxpayer was known. */
  readonly taxpayerId?: string | undefined;
  readonly consentId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly provider?: ProviderId | undefined;
  readonly documents?: readonly DocumentKind[] | undefined;
  readonly incomeYears?: readonly IncomeYear[] | undefined;
  /** Why it was refused. */
  readonly code?: FaultCode | undefined;
}
