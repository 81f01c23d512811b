import type { KeyObject } from "node:crypto";
import { type DocumentKind, type Consent, type ConsentPurpose, type IncomeYear, taxpayerIdOf } from "../../domain";
import type { PreparedSql, Queries } from "../database";
import { type Keyring, placeOf, seal } from "../keys";
import { makeReceipt, type NewConsent } from "./receipts";

/** A time from a column, or in milliseconds from JSON. */
type Moment = Date | number;

export interface ConsentRow {
  readonly id: string;
  readonly subject_id: string;
  readonly purpose: ConsentPurpose;
  readonly documents: readonly DocumentKind[];
  readonly income_years: readonly IncomeYear[];
  readonly starts_at: Moment;
  readonly expires_at: Moment;
  readonly data_life_days: number;
  readonly most_fetches: number | null;
  readonly fetches: number;
  readonly granted_at: Moment;
  readonly revoked_at: Moment | null;
  readonly receipt_digest: string | null;
}

const plainColumns = [
  ...["id", "subject_id", "purpose", "documents", "income_years", "data_life_days", "most_fetches", "fetches"],
  "receipt_digest",
] as const;
const momentColumns = ["starts_at", "expires_at", "granted_at", "revoked_at"] as const;

/** The columns of a `ConsentRow`, of `aaygraph.consents c`; its times as they are, or as `toMs` spells them. */
export function consentColumnsWith(toMs: (column: string) => string): string {
  const moments = momentColumns.map((name) => `${toMs(`c.${name}`)} as ${name}`);
  return [...plainColumns.map((name) => `c.${name}`), ...moments].join(", ");
}

export const consentColumns = consentColumnsWith((column) => column);

export function readConsent(row: ConsentRow): Consent {
  return {
    id: row.id,
    taxpayerId: taxpayerIdOf(row.subject_id),
    purpose: row.purpose,
    documents: row.documents,
    incomeYears: row.income_years,
    startsAtMs: millisecondsOf(row.starts_at),
    expiresAtMs: millisecondsOf(row.expires_at),
    dataLifeDays: row.data_life_days,
    mostFetches: row.most_fetches ?? undefined,
    fetches: row.fetches,
    grantedAtMs: millisecondsOf(row.granted_at),
    revokedAtMs: row.revoked_at === null ? undefined : millisecondsOf(row.revoked_at),
    receiptDigest: row.receipt_digest ?? undefined,
  };
}

function millisecondsOf(moment: Moment): number {
  return typeof moment === "number" ? moment : moment.getTime();
}

const insert: PreparedSql = {
  name: "insert_consent",
  text: `insert into aaygraph.consents (tenant, id, subject_id, purpose, documents, income_years, starts_at, expires_at,
      data_life_days, most_fetches, granted_at, sealed_reference, fetches, receipt_id, receipt_digest, receipt_issued_at,
      sealed_receipt)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14, $15, $16)`,
};

/** A consent is given with a session, which is its first fetch. Returns the digest of its receipt. */
export async function insertConsent(
  queries: Queries,
  keyring: Keyring,
  key: KeyObject,
  consent: NewConsent,
): Promise<string> {
  const receipt = await makeReceipt(queries, keyring, key, consent);
  const { tenant, consentId, terms, nowMs } = consent;
  const place = placeOf.consentReference(tenant, consentId);
  await queries.run(insert, [
    tenant,
    consentId,
    consent.subjectId,
    terms.purpose,
    consent.documents,
    consent.incomeYears,
    new Date(terms.startsAtMs),
    new Date(terms.expiresAtMs),
    terms.dataLifeDays,
    terms.mostFetches ?? null,
    new Date(nowMs),
    terms.reference === undefined ? null : seal(key, Buffer.from(terms.reference), place),
    receipt.receipt_id,
    receipt.receipt_digest,
    receipt.receipt_issued_at,
    receipt.sealed_receipt,
  ]);
  return receipt.receipt_digest;
}
