import type { DocumentKind } from "../answer";
import { instantAt, type Instant } from "../calendarDate";
import type { ConsentPurpose, ConsentTerms } from "../consent";
import type { Locale } from "../insights";
import { incomeYearLabel, type IncomeYear } from "../taxPeriod";

/** A consent as something one can hold: a signed statement of what was agreed. */
export interface ConsentReceipt {
  readonly id: string;
  readonly issuedAtMs: number;
  /** SHA-256 of the decoded payload, in hex. */
  readonly digest: string;
  /** Compact JWS. */
  readonly jws: string;
  /** The words that were agreed to. */
  readonly notice: string;
}

/** The purpose codes of ReBIT's consent artefact that come nearest to our words. */
const rebitCodes: Readonly<Record<ConsentPurpose, string>> = {
  CREDIT_UNDERWRITING: "103",
  KYC: "105",
  ONBOARDING: "105",
  MONITORING: "104",
  TAX_ASSISTANCE: "102",
};

/** What a receipt states. */
interface ReceiptFacts {
  readonly receiptId: string;
  readonly consentId: string;
  readonly tenant: string;
  readonly requester: string;
  readonly terms: ConsentTerms;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly taxpayerId: string;
  readonly maskedPan: string | undefined;
  readonly issuedAtMs: number;
  /** On our page, by the taxpayer; or as the caller states it. */
  readonly agreed: { readonly by: "TAXPAYER" | "CALLER"; readonly atMs: number; readonly locale: Locale };
  readonly noticeSha256: string;
  /** Opens the taxpayer's page of this consent. */
  readonly code: string;
}

/** The decoded payload of a receipt. A later release may add members. */
export interface ReceiptPayload {
  readonly id: string;
  readonly consent: string;
  readonly code: string;
  readonly agreedAt: Instant;
}

/** The payload as canonical JSON (RFC 8785): the same facts are the same bytes. */
export function receiptPayload(facts: ReceiptFacts): string {
  const { terms, agreed } = facts;
  return canonicalJson({
    version: 1,
    id: facts.receiptId,
    consent: facts.consentId,
    issuedAt: instantAt(facts.issuedAtMs),
    agreedAt: instantAt(agreed.atMs),
    agreedBy: agreed.by,
    tenant: facts.tenant,
    requester: facts.requester,
    purpose: { word: terms.purpose, rebitCode: rebitCodes[terms.purpose] },
    documents: facts.documents,
    years: facts.incomeYears.map(incomeYearLabel),
    startsAt: instantAt(terms.startsAtMs),
    expiresAt: instantAt(terms.expiresAtMs),
    dataLifeDays: terms.dataLifeDays,
    maxFetches: terms.mostFetches ?? null,
    taxpayer: { id: facts.taxpayerId, pan: facts.maskedPan ?? null },
    notice: { language: agreed.locale.toLowerCase(), sha256: facts.noticeSha256 },
    code: facts.code,
  });
}

type Json = string | number | null | readonly Json[] | { readonly [name: string]: Json };

/** Members in the order of their names, no blanks. The numbers here are small and whole, which every writer prints alike. */
function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`;
}
