import type { Database, Queries } from "../database";
import type { Keyring } from "../keys";
import { type AuditHead, type ChainedRow, hashAfter, noRecord, sealOf } from "./auditChain";
import { auditColumns } from "./auditTrail";

const batchSize = 1_000;

/** What a verification found: the trail's end where all is well, and else what is not. */
export interface VerifiedTrail {
  readonly tenant: string;
  /** How many records are as they were written. */
  readonly count: number;
  readonly head: AuditHead;
  /** What is wrong, with the number of the first record at which it is. */
  readonly flaw: string | undefined;
}

interface KeptHead extends AuditHead {
  readonly seal: Buffer;
}

/** Every tenant that has a trail, or should have one. */
export async function tenantsWithTrails(queries: Queries): Promise<readonly string[]> {
  const { rows } = await queries.run<{ tenant: string }>(
    `select tenant from aaygraph.audit_heads union select tenant from aaygraph.audit_records order by tenant`,
  );
  return rows.map(({ tenant }) => tenant);
}

/**
 * Reckons every hash anew, from the first record to the head. `since` is a head that was printed earlier and kept
 * elsewhere: a trail that was set back as a whole, head included, is found out by nothing else.
 */
export function verifyTrail(
  database: Database,
  keyring: Keyring,
  tenant: string,
  since?: AuditHead,
): Promise<VerifiedTrail> {
  return database.transaction(async (queries) => {
    // Records are appended meanwhile: the head and what leads to it are looked at as of one moment.
    await queries.run("set transaction isolation level repeatable read, read only");
    const kept = await readHead(queries, tenant);
    let last = noRecord;
    let sinceFlaw = since && `record ${since.sequence} is missing, which was there when its head was printed`;
    const found = (flaw: string | undefined) => ({ tenant, count: last.sequence, head: last, flaw });
    for await (const row of recordsOf(queries, tenant)) {
      const expected = last.sequence + 1;
      if (row.sequence !== expected) return found(`record ${expected} is missing`);
      if (!row.hash.equals(hashAfter(keyring.auditKey, tenant, last, row))) {
        return found(`record ${expected} is not as it was written, or not in its place`);
      }
      last = { sequence: row.sequence, hash: row.hash };
      if (since?.sequence === last.sequence) {
        sinceFlaw = since.hash.equals(last.hash)
          ? undefined
          : `record ${since.sequence} is not the one printed earlier`;
      }
    }
    return found(headFlaw(keyring, tenant, kept, last) ?? sinceFlaw);
  });
}

function headFlaw(keyring: Keyring, tenant: string, kept: KeptHead | undefined, last: AuditHead): string | undefined {
  if (kept === undefined) return "the head is missing";
  if (!kept.seal.equals(sealOf(keyring.auditKey, tenant, kept))) {
    return `the head does not carry our seal: records after ${last.sequence} may be missing`;
  }
  if (kept.sequence > last.sequence) return `record ${last.sequence + 1} is missing`;
  if (kept.sequence < last.sequence) return `record ${kept.sequence + 1} stands behind the head`;
  return undefined;
}

async function readHead(queries: Queries, tenant: string): Promise<KeptHead | undefined> {
  const { rows } = await queries.run<{ sequence: string; hash: Buffer; seal: Buffer }>(
    "select sequence, hash, seal from aaygraph.audit_heads where tenant = $1",
    [tenant],
  );
  return rows.map(({ sequence, ...head }) => ({ ...head, sequence: Number(sequence) }))[0];
}

async function* recordsOf(queries: Queries, tenant: string): AsyncGenerator<ChainedRow> {
  let after = 0;
  for (;;) {
    const { rows } = await queries.run<Omit<ChainedRow, "sequence"> & { readonly sequence: string }>(
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
