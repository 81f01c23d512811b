import type { KeyObject } from "node:crypto";
import type { AuditRecord } from "../../domain";
import type { AuditStore, KeptAuditRecord } from "../../reading/ports";
import type { Database, PreparedSql, Queries } from "../database";
import type { Keyring } from "../keys";
import { type AuditHead, type AuditRow, chain, noRecord, sealOf } from "./auditChain";

export const auditColumns = `kind, at, caller, request_id, taxpayer_ids, session_id, provider, consent_ids, purposes,
  documents, income_years, fields, code`;

function toAuditRow(record: AuditRecord): AuditRow {
  return {
    kind: record.kind,
    at: new Date(record.atMs),
    caller: record.by?.subject ?? null,
    request_id: record.by?.requestId ?? null,
    taxpayer_ids: record.taxpayerIds ?? [],
    session_id: record.sessionId ?? null,
    provider: record.provider ?? null,
    consent_ids: record.consentIds ?? [],
    purposes: record.purposes ?? [],
    documents: record.documents ?? [],
    income_years: record.incomeYears ?? [],
    fields: record.fields ?? [],
    code: record.code ?? null,
  };
}

/** What stands in the columns was written by `toAuditRow`: whether somebody else has, the verification tells. */
function fromAuditRow(row: AuditRow & { readonly sequence: number }): KeptAuditRecord {
  return {
    sequence: row.sequence,
    kind: row.kind as AuditRecord["kind"],
    atMs: row.at.getTime(),
    by: row.caller === null || row.request_id === null ? undefined : { subject: row.caller, requestId: row.request_id },
    taxpayerIds: row.taxpayer_ids,
    sessionId: row.session_id ?? undefined,
    provider: row.provider ?? undefined,
    consentIds: row.consent_ids,
    purposes: row.purposes as NonNullable<AuditRecord["purposes"]>,
    documents: row.documents as NonNullable<AuditRecord["documents"]>,
    incomeYears: row.income_years as NonNullable<AuditRecord["incomeYears"]>,
    fields: row.fields,
    code: (row.code ?? undefined) as AuditRecord["code"],
  };
}

interface HeadRow {
  readonly sequence: string;
  readonly hash: Buffer;
  readonly seal: Buffer;
}

/** Nothing is inserted where the trail has gone on, or was set back, since this head was known. */
const insertAfterHead: PreparedSql = {
  name: "insert_audit_records",
  text: `with head as (
      update aaygraph.audit_heads set sequence = $4, hash = $5, seal = $6
      where tenant = $1 and sequence = $2 and hash = $3
      returning tenant
    ), audited as (
      insert into aaygraph.audit_records (tenant, sequence, hash, ${auditColumns})
      select tenant, sequence, hash, ${auditColumns} from head, json_to_recordset($7) as new (sequence bigint, hash bytea,
        kind text, at timestamptz, caller text, request_id text, taxpayer_ids text[], session_id text, provider text,
        consent_ids text[], purposes text[], documents text[], income_years integer[], fields text[], code text)
    )
    select from head`,
};

const lockHead: PreparedSql = {
  name: "lock_audit_head",
  text: "select sequence, hash, seal from aaygraph.audit_heads where tenant = $1 for no key update",
};

const insertHead: PreparedSql = {
  name: "insert_audit_head",
  text: `insert into aaygraph.audit_heads (tenant, sequence, hash, seal) values ($1, $2, $3, $4)
    on conflict (tenant) do nothing`,
};

const page: PreparedSql = {
  name: "audit_records_page",
  text: `select sequence, ${auditColumns} from aaygraph.audit_records
    where tenant = $1 and ($2::text is null or taxpayer_ids @> array[$2::text]) and ($3::text[] is null or kind = any($3))
      and ($4::bigint is null or sequence < $4)
    order by sequence desc limit $5`,
};

/** Where others append as well, so many turns are taken in a row before it is tried without. */
const turnsTaken = 50;

/**
 * Appends with one statement where nobody else has appended since this process last did; else the head is locked, so
 * that of several processes each takes its turn.
 */
export function createAuditTrail(database: Database, { auditKey }: Keyring): AuditStore {
  const headByTenant = new Map<string, AuditHead>();
  const turnsByTenant = new Map<string, number>();

  function remember(tenant: string, head: AuditHead): void {
    if (head.sequence > (headByTenant.get(tenant)?.sequence ?? 0)) headByTenant.set(tenant, head);
  }

  async function appendAtOnce(tenant: string, records: readonly AuditRecord[]): Promise<AuditHead | undefined> {
    const known = headByTenant.get(tenant);
    const turns = turnsByTenant.get(tenant) ?? 0;
    turnsByTenant.set(tenant, Math.max(0, turns - 1));
    if (known === undefined || turns > 0) return undefined;
    const appended = await appendAfter(database, auditKey, tenant, known, records);
    if (appended === undefined) turnsByTenant.set(tenant, turnsTaken);
    return appended;
  }

  async function appendInTurn(tenant: string, records: readonly AuditRecord[]): Promise<AuditHead> {
    const known = headByTenant.get(tenant);
    return database.transaction((queries) => appendLocked(queries, auditKey, tenant, records, known));
  }

  return {
    async append(tenant, records) {
      remember(tenant, (await appendAtOnce(tenant, records)) ?? (await appendInTurn(tenant, records)));
    },

    async records(tenant, { taxpayerId, kinds, first, after }) {
      const values = [tenant, taxpayerId ?? null, kinds ?? null, after ?? null, first + 1];
      const { rows } = await database.run<AuditRow & { readonly sequence: string }>(page, values);
      const records = rows.slice(0, first).map((row) => fromAuditRow({ ...row, sequence: Number(row.sequence) }));
      return { records, hasNext: rows.length > first };
    },
  };
}

/**
 * In the transaction of what the records tell, so that neither is without the other. The head stays locked until that
 * transaction ends, which is why this comes last in it.
 */
export async function appendAuditRecords(
  queries: Queries,
  { auditKey }: Keyring,
  tenant: string,
  audited: readonly AuditRecord[],
): Promise<void> {
  await appendLocked(queries, auditKey, tenant, audited);
}

async function appendLocked(
  queries: Queries,
  key: KeyObject,
  tenant: string,
  records: readonly AuditRecord[],
  known: AuditHead = noRecord,
): Promise<AuditHead> {
  const head = await lockedHead(queries, key, tenant);
  if (head.sequence < known.sequence) throw new Error("the audit trail has been set back");
  const appended = await appendAfter(queries, key, tenant, head, records);
  if (!appended) throw new Error("the audit trail has changed while it was locked");
  return appended;
}

async function lockedHead(queries: Queries, key: KeyObject, tenant: string): Promise<AuditHead> {
  for (;;) {
    const { rows } = await queries.run<HeadRow>(lockHead, [tenant]);
    const [row] = rows;
    if (row) {
      const head = { sequence: Number(row.sequence), hash: row.hash };
      if (!row.seal.equals(sealOf(key, tenant, head)))
        throw new Error("the audit trail's head does not carry our seal");
      return head;
    }
    const { sequence, hash } = noRecord;
    await queries.run(insertHead, [tenant, sequence, hash, sealOf(key, tenant, noRecord)]);
  }
}

/** Undefined where that head is the head no longer. */
async function appendAfter(
  queries: Queries,
  key: KeyObject,
  tenant: string,
  head: AuditHead,
  records: readonly AuditRecord[],
): Promise<AuditHead | undefined> {
  const rows = chain(key, tenant, head, records.map(toAuditRow));
  const { sequence, hash } = rows.at(-1) ?? head;
  const { count } = await queries.run(insertAfterHead, [
    tenant,
    head.sequence,
    head.hash,
    sequence,
    hash,
    sealOf(key, tenant, { sequence, hash }),
    JSON.stringify(rows.map((row) => ({ ...row, hash: `\\x${row.hash.toString("hex")}` }))),
  ]);
  return count > 0 ? { sequence, hash } : undefined;
}
