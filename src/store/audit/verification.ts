import type { Database, Queries } from "../database";
import type { Keyring } from "../keys";
import { auditChain, auditColumns, type AuditHead, type AuditRow, emptyTrail } from "./auditChain";

const batchSize = 1_000;

/** The result of a verification: the head of a whole trail, or the first flaw. */
export interface VerifiedTrail {
  readonly tenant: string;
  /** The number of intact records. */
  readonly count: number;
  readonly head: AuditHead;
  /** What is wrong, with the number of the first record concerned. */
  readonly flaw: string | undefined;
}

interface StoredHead extends AuditHead {
  readonly seal: Buffer;
}

type StoredRow = AuditRow & AuditHead;

/**
 * Recomputes every hash from the first record to the head, of one tenant or of all. `since` is a head that was printed
 * earlier and kept elsewhere: nothing else reveals a trail that was set back as a whole, head included.
 */
export async function verifyTrails(
  database: Database,
  keyring: Keyring,
  { tenant, since }: { readonly tenant?: string; readonly since?: AuditHead },
): Promise<readonly VerifiedTrail[]> {
  const tenants = tenant === undefined ? await tenantsWithTrails(database) : [tenant];
  const verified: VerifiedTrail[] = [];
  for (const each of tenants) verified.push(await verifyTrail(database, keyring, each, since));
  return verified;
}

/** Includes a tenant whose head is lost. */
async function tenantsWithTrails(queries: Queries): Promise<readonly string[]> {
  const { rows } = await queries.run<{ tenant: string }>(
    `select tenant from aaygraph.audit_heads union select tenant from aaygraph.audit_records order by tenant`,
  );
  return rows.map(({ tenant }) => tenant);
}

function verifyTrail(
  database: Database,
  keyring: Keyring,
  tenant: string,
  since: AuditHead | undefined,
): Promise<VerifiedTrail> {
  const chain = auditChain(keyring.auditKey, tenant);
  return database.transaction(async (queries) => {
    // Other processes append meanwhile. One snapshot holds the head and its records.
    await queries.run("set transaction isolation level repeatable read, read only");
    const stored = await readHead(queries, tenant);
    let last = emptyTrail;
    let sinceFlaw = since && `record ${since.sequence} is missing: its head was printed earlier`;
    const found = (flaw: string | undefined) => ({ tenant, count: last.sequence, head: last, flaw });
    for await (const row of recordsOf(queries, tenant)) {
      const expected = last.sequence + 1;
      if (row.sequence !== expected) return found(`record ${expected} is missing`);
      if (!row.hash.equals(chain.hashAfter(last, row))) {
        return found(`record ${expected} is not as it was written, or not in its place`);
      }
      last = { sequence: row.sequence, hash: row.hash };
      if (since?.sequence === last.sequence) {
        sinceFlaw = since.hash.equals(last.hash)
          ? undefined
          : `record ${since.sequence} is not the one printed earlier`;
      }
    }
    return found(headFlaw(stored, last, stored && chain.seal(stored)) ?? sinceFlaw);
  });
}

function headFlaw(stored: StoredHead | undefined, last: AuditHead, seal: Buffer | undefined): string | undefined {
  if (stored === undefined || seal === undefined) return "the head is missing";
  if (!stored.seal.equals(seal)) {
    return `the head does not carry our seal: records after ${last.sequence} may be missing`;
  }
  if (stored.sequence > last.sequence) return `record ${last.sequence + 1} is missing`;
  if (stored.sequence < last.sequence) return `record ${stored.sequence + 1} comes after the head`;
  return undefined;
}

async function readHead(queries: Queries, tenant: string): Promise<StoredHead | undefined> {
  const { rows } = await queries.run<{ sequence: string; hash: Buffer; seal: Buffer }>(
    "select sequence, hash, seal from aaygraph.audit_heads where tenant = $1",
    [tenant],
  );
  return rows.map(({ sequence, ...head }) => ({ ...head, sequence: Number(sequence) }))[0];
}

async function* recordsOf(queries: Queries, tenant: string): AsyncGenerator<StoredRow> {
  let after = 0;
  for (;;) {
    const { rows } = await queries.run<Omit<StoredRow, "sequence"> & { readonly sequence: string }>(
      `select sequence, hash, ${auditColumns} from aaygraph.audit_records where tenant = $1 and sequence > $2
       order by sequence limit ${batchSize}`,
      [tenant, after],
    );
    for (const row of rows) {
      after = Number(row.sequence);
      yield { ...row, sequence: after };
    }
    if (rows.length < batchSize) return;
  }
}
