import type { Queries } from "../database";
import { auditColumns, type AuditHead, type AuditRow } from "./auditChain";

const batchSize = 1_000;

type StoredRow = AuditRow & AuditHead;

/** The records of a trail, oldest first. */
export async function* recordsOf(queries: Queries, tenant: string, afterSequence: number): AsyncGenerator<StoredRow> {
  let after = afterSequence;
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
