import type { KeyObject } from "node:crypto";
import type { AuditRecord } from "../../domain";
import type { AuditStore, StoredAuditRecord } from "../../reading/ports";
import { type Events, Fault } from "../../kernel";
import type { Database, PreparedSql, Queries } from "../database";
import type { Keyring } from "../keys";
import { auditChain, auditColumns, type AuditHead, type AuditRow, emptyTrail, type KnownHead } from "./auditChain";
import { detachedUpTo } from "./detachment";

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
    receipts: record.receipts === undefined || record.receipts.length === 0 ? null : record.receipts,
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
    receipts: row.receipts ?? undefined,
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
  readonly accepted: string;
  readonly accepted_seal: Buffer | null;
  /** The hash that the record of a given number has now. */
  readonly known_hash: Buffer | null;
}

/** Long enough for an operator to notice. */
const setBackRetrySeconds = 60;

class SetBack extends Error {
  override readonly name = "SetBack";
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
        consent_ids text[], purposes text[], documents text[], income_years integer[], fields text[], code text, receipts text[])
    )
    select from head`,
};

const lockHead: PreparedSql = {
  name: "lock_audit_head",
  text: `select sequence, hash, seal, accepted, accepted_seal,
      (select hash from aaygraph.audit_records where tenant = $1 and sequence = $2) as known_hash
    from aaygraph.audit_heads where tenant = $1 for no key update`,
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

/**
 * Appends optimistically, in one statement. Under contention it locks the head: every process gets its turn. A trail that does
 * not go on from the head this process knows was set back with its store: nothing is appended until an operator accepts that.
 */
export function createAuditTrail(database: Database, keyring: Keyring, events: Events): AuditStore {
  const headByTenant = new Map<string, KnownHead>();
  const setBack = new Set<string>();
  const lockedAppendsByTenant = new Map<string, number>();

  function remember(tenant: string, head: KnownHead): void {
    const known = headByTenant.get(tenant) ?? { ...emptyTrail, accepted: 0 };
    const isLater = head.accepted === known.accepted && head.sequence > known.sequence;
    if (isLater || head.accepted > known.accepted) headByTenant.set(tenant, head);
    if (setBack.delete(tenant)) events.emit("audit set back", { tenant, isOver: true });
  }

  async function appendOptimistically(tenant: string, records: readonly AuditRecord[]): Promise<KnownHead | undefined> {
    const known = headByTenant.get(tenant);
    const lockedAppends = lockedAppendsByTenant.get(tenant) ?? 0;
    lockedAppendsByTenant.set(tenant, Math.max(0, lockedAppends - 1));
    if (known === undefined || lockedAppends > 0) return undefined;
    const appended = await appendAfter(database, keyring.auditKey, tenant, known, records);
    if (appended === undefined) lockedAppendsByTenant.set(tenant, lockedAfterConflict);
    // An acceptance is a record, so none has come since that head.
    return appended && { ...appended, accepted: known.accepted };
  }

  async function appendWithLock(tenant: string, records: readonly AuditRecord[]): Promise<KnownHead> {
    const known = headByTenant.get(tenant);
    try {
      return await database.transaction((queries) => appendLocked(queries, keyring, tenant, records, known));
    } catch (error) {
      if (!(error instanceof SetBack)) throw error;
      if (!setBack.has(tenant)) events.emit("audit set back", { tenant, isOver: false });
      setBack.add(tenant);
      throw new Fault("STORE_UNAVAILABLE", { retryAfterSeconds: setBackRetrySeconds, cause: error });
    }
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
  keyring: Keyring,
  tenant: string,
  records: readonly AuditRecord[],
): Promise<void> {
  await appendLocked(queries, keyring, tenant, records);
}

/** An operator accepts that the tail of a trail is lost: the trail says so, and every process goes on from here. */
export async function acceptSetBack(
  database: Database,
  keyring: Keyring,
  tenant: string,
  atMs: number,
): Promise<AuditHead> {
  return database.transaction(async (queries) => {
    const before = await lockedHead(queries, keyring, tenant);
    const accepted = Math.max(atMs, before.accepted + 1);
    const head = await appendAfter(queries, keyring.auditKey, tenant, before, [
      { kind: "SET_BACK_ACCEPTED", atMs: accepted },
    ]);
    if (!head) throw new Error("the audit trail has changed while it was locked");
    const seal = auditChain(keyring.auditKey, tenant).sealOf("accepted", accepted);
    await queries.run("update aaygraph.audit_heads set accepted = $2, accepted_seal = $3 where tenant = $1", [
      ...[tenant, accepted, seal],
    ]);
    return head;
  });
}

async function appendLocked(
  queries: Queries,
  keyring: Keyring,
  tenant: string,
  records: readonly AuditRecord[],
  known?: KnownHead,
): Promise<KnownHead> {
  const head = await lockedHead(queries, keyring, tenant, known);
  const appended = await appendAfter(queries, keyring.auditKey, tenant, head, records);
  if (!appended) throw new Error("the audit trail has changed while it was locked");
  return { ...appended, accepted: head.accepted };
}

async function lockedHead(queries: Queries, keyring: Keyring, tenant: string, known?: KnownHead): Promise<KnownHead> {
  const chain = auditChain(keyring.auditKey, tenant);
  for (;;) {
    const { rows } = await queries.run<HeadRow>(lockHead, [tenant, known?.sequence ?? 0]);
    const [row] = rows;
    if (row) {
      const { accepted_seal: acceptedSeal, known_hash: knownHash } = row;
      const accepted = Number(row.accepted);
      const head = { sequence: Number(row.sequence), hash: row.hash, accepted };
      if (!row.seal.equals(chain.seal(head))) throw new Error("the audit trail's head does not carry our seal");
      if (accepted > 0 && acceptedSeal?.equals(chain.sealOf("accepted", accepted)) !== true) {
        throw new Error("the acceptance of the audit trail's head does not carry our seal");
      }
      const goesOn =
        known === undefined ||
        (head.sequence >= known.sequence &&
          (knownHash?.equals(known.hash) ?? (await detachedUpTo(queries, keyring, tenant)).sequence >= known.sequence));
      if (!goesOn && accepted <= known.accepted) throw new SetBack("the audit trail has been set back");
      return head;
    }
    if (known !== undefined) throw new SetBack("the audit trail is gone");
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
