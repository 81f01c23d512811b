import { createCipheriv, createDecipheriv, hash, type KeyObject } from "node:crypto";
import { type ConsentRecord, subjectIdOf, taxpayerIdOf, type Word } from "../../domain";
import type { ConsentStore } from "../../sessions/ports";
import type { PreparedSql, Queries } from "../database";
import { appendEvents } from "../events";
import type { Keyring } from "../keys";
import { Fault } from "../../kernel";

const prefix = "cr_";
const halfBytes = 8;
/** AES key wrap (RFC 3394) is deterministic and authenticated: one id for each place, and forged ids do not open. */
const cipher = "id-aes256-wrap";
const initialValue = Buffer.alloc(halfBytes, 0xa6);

/**
 * The public id of a consent record. All tenants share one sequence, so that a bare number would reveal how much the
 * others do.
 */
function recordIdOf(key: KeyObject, tenant: string, number: string): string {
  const place = Buffer.alloc(2 * halfBytes);
  markOf(tenant).copy(place);
  place.writeBigInt64BE(BigInt(number), halfBytes);
  const wrapping = createCipheriv(cipher, key, initialValue);
  return prefix + Buffer.concat([wrapping.update(place), wrapping.final()]).toString("base64url");
}

/** BAD_INPUT for a text that is no id, and for another tenant's id. */
function numberOf(key: KeyObject, tenant: string, recordId: string): string {
  const place = unwrap(key, Buffer.from(recordId.slice(prefix.length), "base64url"));
  const number = place?.subarray(0, halfBytes).equals(markOf(tenant))
    ? place.readBigInt64BE(halfBytes).toString()
    : undefined;
  if (number === undefined || recordIdOf(key, tenant, number) !== recordId) {
    throw new Fault("BAD_INPUT", { field: "after" });
  }
  return number;
}

function unwrap(key: KeyObject, wrapped: Buffer): Buffer | undefined {
  try {
    const unwrapping = createDecipheriv(cipher, key, initialValue);
    const place = Buffer.concat([unwrapping.update(wrapped), unwrapping.final()]);
    return place.length === 2 * halfBytes ? place : undefined;
  } catch {
    return undefined;
  }
}

function markOf(tenant: string): Buffer {
  return hash("sha256", tenant, "buffer").subarray(0, halfBytes);
}

interface RecordRow {
  readonly number: string;
  readonly kind: ConsentRecord["kind"];
  readonly at: Date;
  readonly subject_id: string | null;
  readonly consent_id: string | null;
  readonly session_id: string | null;
  readonly provider: string | null;
  readonly documents: NonNullable<ConsentRecord["documents"]> | null;
  readonly income_years: NonNullable<ConsentRecord["incomeYears"]> | null;
  readonly code: NonNullable<ConsentRecord["code"]> | null;
}

const consentRecordColumns = "kind, at, subject_id, consent_id, session_id, provider, documents, income_years, code";

/** The columns with their types, for JSON. */
const consentRecordTypes = `kind text, at timestamptz, subject_id uuid, consent_id text, session_id text,
  provider text, documents text[], income_years integer[], code text`;

const insert: PreparedSql = {
  name: "insert_consent_records",
  text: `insert into aaygraph.consent_records (tenant, ${consentRecordColumns})
    select $1, ${consentRecordColumns} from json_to_recordset($2) as new (${consentRecordTypes})`,
};

const page: PreparedSql = {
  name: "consent_records_page",
  text: `select number, ${consentRecordColumns} from aaygraph.consent_records
    where tenant = $1 and number < $2 and ($3::uuid is null or subject_id = $3)
    order by number desc limit $4`,
};

const afterAll = "9223372036854775807";

/** What is news for the tenant's backend as well. */
const eventKindOf: Readonly<Partial<Record<ConsentRecord["kind"], Word<"EventKind">>>> = {
  GRANTED: "CONSENT_GRANTED",
  REVOKED: "CONSENT_REVOKED",
  EXPIRED: "CONSENT_EXPIRED",
  ERASED: "TAXPAYER_ERASED",
};

/** Runs in the transaction of the recorded change: both or neither. */
export async function appendConsentRecords(
  queries: Queries,
  tenant: string,
  records: readonly ConsentRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await queries.run(insert, [tenant, JSON.stringify(records.map(toConsentRecordRow))]);
  const events = records.flatMap((record) => {
    const kind = eventKindOf[record.kind];
    return kind ? [{ ...record, kind }] : [];
  });
  await appendEvents(queries, tenant, events);
}

function toConsentRecordRow(record: ConsentRecord) {
  return {
    kind: record.kind,
    at: new Date(record.atMs),
    subject_id: record.taxpayerId && subjectIdOf(record.taxpayerId),
    consent_id: record.consentId,
    session_id: record.sessionId,
    provider: record.provider,
    documents: record.documents,
    income_years: record.incomeYears,
    code: record.code,
  };
}

export async function readConsentRecords(
  queries: Queries,
  { recordKey }: Keyring,
  tenant: string,
  { taxpayerId, first, after }: Parameters<ConsentStore["records"]>[1],
): ReturnType<ConsentStore["records"]> {
  const subjectId = taxpayerId === undefined ? null : subjectIdOf(taxpayerId);
  if (subjectId === undefined) return { records: [], hasNext: false };
  const before = after === undefined ? afterAll : numberOf(recordKey, tenant, after);
  const { rows } = await queries.run<RecordRow>(page, [tenant, before, subjectId, first + 1]);
  const records = rows.slice(0, first).map((row) => ({
    id: recordIdOf(recordKey, tenant, row.number),
    ...readRecord(row),
  }));
  return { records, hasNext: rows.length > first };
}

function readRecord(row: RecordRow): ConsentRecord {
  return {
    kind: row.kind,
    atMs: row.at.getTime(),
    taxpayerId: row.subject_id === null ? undefined : taxpayerIdOf(row.subject_id),
    consentId: row.consent_id ?? undefined,
    sessionId: row.session_id ?? undefined,
    provider: row.provider ?? undefined,
    documents: row.documents ?? undefined,
    incomeYears: row.income_years ?? undefined,
    code: row.code ?? undefined,
  };
}
