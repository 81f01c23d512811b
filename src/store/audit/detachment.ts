import type { Database, Queries } from "../database";
import type { Keyring } from "../keys";
import { auditChain, type AuditRow, type AuditHead, emptyTrail, type KnownHead } from "./auditChain";
import { recordsOf } from "./trailRows";

/** A record of one tenant's trail that has left the database. */
export interface DetachedRecord extends AuditRow, AuditHead {
  readonly tenant: string;
}

export interface DetachedTrail {
  readonly tenant: string;
  readonly count: number;
  /** Undefined where nothing is as old as that. */
  readonly last: AuditHead | undefined;
}

/** Up to where a trail has been detached. Throws where that does not carry our seal. */
export async function detachedUpTo(queries: Queries, { auditKey }: Keyring, tenant: string): Promise<KnownHead> {
  const { rows } = await queries.run<{ sequence: string; hash: Buffer; accepted: string; seal: Buffer }>(
    `select sequence, hash, accepted, seal from aaygraph.audit_detachments
     where tenant = $1 order by sequence desc limit 1`,
    [tenant],
  );
  const [row] = rows;
  if (row === undefined) return { ...emptyTrail, accepted: 0 };
  const last = { sequence: Number(row.sequence), hash: row.hash, accepted: Number(row.accepted) };
  if (!row.seal.equals(sealOf(auditKey, tenant, last))) {
    throw new Error(`the detachment at record ${last.sequence} does not carry our seal`);
  }
  return last;
}

/**
 * Hands over the records that are older than that, oldest first, and deletes them once `keep` has them. The newest record stays,
 * so that a process still finds the head it knows. A record that is not as it was written ends it, with nothing deleted.
 */
export async function detachTrail(
  database: Database,
  keyring: Keyring,
  { tenant, beforeMs, nowMs }: { readonly tenant: string; readonly beforeMs: number; readonly nowMs: number },
  keep: (records: readonly DetachedRecord[]) => Promise<void>,
): Promise<DetachedTrail> {
  const chain = auditChain(keyring.auditKey, tenant);
  const first = await detachedUpTo(database, keyring, tenant);
  const end = await firstToStay(database, tenant, beforeMs);
  let last = first;
  let batch: DetachedRecord[] = [];
  for await (const row of recordsOf(database, tenant, first.sequence)) {
    if (row.sequence >= end) break;
    if (row.sequence !== last.sequence + 1 || !row.hash.equals(chain.hashAfter(last, row))) {
      throw new Error(`record ${last.sequence + 1} of ${tenant} is missing, or not as it was written`);
    }
    const accepted = row.kind === "SET_BACK_ACCEPTED" ? row.at.getTime() : last.accepted;
    last = { sequence: row.sequence, hash: row.hash, accepted };
    batch.push({ tenant, ...row });
    if (batch.length < mostInBatch) continue;
    await keep(batch);
    batch = [];
  }
  if (batch.length > 0) await keep(batch);
  const count = last.sequence - first.sequence;
  if (count === 0) return { tenant, count, last: undefined };
  const values = [tenant, last.sequence, last.hash, last.accepted, new Date(nowMs)];
  await database.transaction(
    async (queries) => {
      await queries.run(
        `insert into aaygraph.audit_detachments (tenant, sequence, hash, accepted, made_at, seal)
         values ($1, $2, $3, $4, $5, $6)`,
        [...values, sealOf(keyring.auditKey, tenant, last)],
      );
      await queries.run("delete from aaygraph.audit_records where tenant = $1 and sequence <= $2", [
        tenant,
        last.sequence,
      ]);
    },
    { isLong: true },
  );
  return { tenant, count, last };
}

const mostInBatch = 1_000;

async function firstToStay(queries: Queries, tenant: string, beforeMs: number): Promise<number> {
  const { rows } = await queries.run<{ first: string | null }>(
    `select least(min(sequence) filter (where at >= $2), max(sequence)) as first
     from aaygraph.audit_records where tenant = $1`,
    [tenant, new Date(beforeMs)],
  );
  return Number(rows[0]?.first ?? 0);
}

function sealOf(key: Keyring["auditKey"], tenant: string, { sequence, hash, accepted }: KnownHead): Buffer {
  return auditChain(key, tenant).sealOf("detachment", sequence, hash.toString("hex"), accepted);
}
