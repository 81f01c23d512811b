import type { KeyObject } from "node:crypto";
import type { AuditRecord } from "../../domain";
import type { AuditStore, StoredAuditRecord } from "../../reading/ports";
import type { Database, PreparedSql, Queries } from "../database";
import type { Keyring } from "../keys";
import { auditChain, auditColumns, type AuditHead, type AuditRow, emptyTrail } from "./auditChain";

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

/** Trusts that `toAuditRow` wrote the row. Tampering is found by the verification, not here. */
function fromAuditRow(row: AuditRow & { readonly sequence: number }): StoredAuditRecord {
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

/** An optimistic lock: nothing is inserted unless this head is still the head. */
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

/** After a conflict with another process, this many appends lock the head before the next optimistic one. */
const lockedAfterConflict = 50;

/** Appends optimistically, in one statement. Under contention it locks the head: every process gets its turn. */
export function createAuditTrail(database: Database, { auditKey }: Keyring): AuditStore {
  const headByTenant = new Map<string, AuditHead>();
  const lockedAppendsByTenant = new Map<string, number>();

  function remember(tenant: string, head: AuditHead): void {
    if (head.sequence > (headByTenant.get(tenant)?.sequence ?? 0)) headByTenant.set(tenant, head);
  }

  async function appendOptimistically(tenant: string, records: readonly AuditRecord[]): Promise<AuditHead | undefined> {
    const known = headByTenant.get(tenant);
    const lockedAppends = lockedAppendsByTenant.get(tenant) ?? 0;
    lockedAppendsByTenant.set(tenant, Math.max(0, lockedAppends - 1));
    if (known === undefined || lockedAppends > 0) return undefined;
    const appended = await appendAfter(database, auditKey, tenant, known, records);
    if (appended === undefined) lockedAppendsByTenant.set(tenant, lockedAfterConflict);
    return appended;
  }

  async function appendWithLock(tenant: string, records: readonly AuditRecord[]): Promise<AuditHead> {
    const known = headByTenant.get(tenant);
    return database.transaction((queries) => appendLocked(queries, auditKey, tenant, records, known));
  }

  return {
    async append(tenant, records) {
      remember(tenant, (await appendOptimistically(tenant, records)) ?? (await appendWithLock(tenant, records)));
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
 * Appends in the transaction of the audited change, so that neither is stored without the other. Call it last: the head
 * stays locked until the transaction ends.
 */
export async function appendAuditRecords(
  queries: Queries,
  { auditKey }: Keyring,
  tenant: string,
  records: readonly AuditRecord[],
): Promise<void> {
  await appendLocked(queries, auditKey, tenant, records);
}

async function appendLocked(
  queries: Queries,
  key: KeyObject,
  tenant: string,
  records: readonly AuditRecord[],
  known: AuditHead = emptyTrail,
): Promise<AuditHead> {
  const head = await lockedHead(queries, key, tenant);
  if (head.sequence < known.sequence) throw new Error("the audit trail has been set back");
  const appended = await appendAfter(queries, key, tenant, head, records);
  if (!appended) throw new Error("the audit trail has changed while it was locked");
  return appended;
}

async function lockedHead(queries: Queries, key: KeyObject, tenant: string): Promise<AuditHead> {
  const chain = auditChain(key, tenant);
  for (;;) {
    const { rows } = await queries.run<HeadRow>(lockHead, [tenant]);
    const [row] = rows;
    if (row) {
      const head = { sequence: Number(row.sequence), hash: row.hash };
      if (!row.seal.equals(chain.seal(head))) throw new Error("the audit trail's head does not carry our seal");
      return head;
    }
    const { sequence, hash } = emptyTrail;
    await queries.run(insertHead, [tenant, sequence, hash, chain.seal(emptyTrail)]);
  }
}

/** Undefined when another process has appended since that head. */
async function appendAfter(
  queries: Queries,
  key: KeyObject,
  tenant: string,
  head: AuditHead,
  records: readonly AuditRecord[],
): Promise<AuditHead | undefined> {
  const chain = auditChain(key, tenant);
  const rows = chain.extend(head, records.map(toAuditRow));
  const { sequence, hash } = rows.at(-1) ?? head;
  const { count } = await queries.run(insertAfterHead, [
    tenant,
    head.sequence,
    head.hash,
    sequence,
    hash,
    chain.seal({ sequence, hash }),
    JSON.stringify(rows.map((row) => ({ ...row, hash: `\\x${row.hash.toString("hex")}` }))),
  ]);
  return count > 0 ? { sequence, hash } : undefined;
}
