import type { KeyObject } from "node:crypto";
import { type ConsentRecord, subjectIdOf, taxpayerIdOf, type Word } from "../../domain";
import type { ConsentStore } from "../../sessions/ports";
import type { PreparedSql, Queries } from "../database";
import { appendEvents } from "../events";
import { createNumberedIds, type Keyring } from "../keys";
import { Fault, memoizeWeak } from "../../kernel";

/** All tenants share one sequence, so that a bare number would reveal how much the others do. */
const idsOf = memoizeWeak((key: KeyObject) => createNumberedIds("cr_", key));

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
  const ids = idsOf(recordKey);
  const before = after === undefined ? afterAll : ids.numberOf(tenant, after);
  if (before === undefined) throw new Fault("BAD_INPUT", { field: "after" });
  const { rows } = await queries.run<RecordRow>(page, [tenant, before, subjectId, first + 1]);
  const records = rows.slice(0, first).map((row) => ({
    id: ids.idOf(tenant, row.number),
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
