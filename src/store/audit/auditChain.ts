import { createHmac, type KeyObject } from "node:crypto";

/** A record as it is kept. Whatever is added here must be added to `textOf` as well, or it could be changed unnoticed. */
export interface AuditRow {
  readonly kind: string;
  readonly at: Date;
  readonly caller: string | null;
  readonly request_id: string | null;
  readonly taxpayer_ids: readonly string[];
  readonly session_id: string | null;
  readonly provider: string | null;
  readonly consent_ids: readonly string[];
  readonly purposes: readonly string[];
  readonly documents: readonly string[];
  readonly income_years: readonly number[];
  readonly fields: readonly string[];
  readonly code: string | null;
}

/** The last record of a tenant's trail. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: Buffer;
}

export interface ChainedRow extends AuditRow, AuditHead {}

/** Where every trail begins. */
export const noRecord: AuditHead = { sequence: 0, hash: Buffer.alloc(0) };

/** The records, each bound to all that stand before it. */
export function chain(key: KeyObject, tenant: string, head: AuditHead, rows: readonly AuditRow[]): ChainedRow[] {
  let before = head;
  return rows.map((row) => {
    const sequence = before.sequence + 1;
    const hash = hashAfter(key, tenant, before, row);
    const chained: ChainedRow = { ...row, sequence, hash };
    before = chained;
    return chained;
  });
}

/** What the hash of this record must be if it follows that one. */
export function hashAfter(key: KeyObject, tenant: string, { sequence, hash }: AuditHead, row: AuditRow): Buffer {
  return createHmac("sha256", key)
    .update(hash)
    .update(textOf(tenant, sequence + 1, row))
    .digest();
}

/** Whoever sets a head back to an earlier record cannot seal it: a head's seal is no record's hash. */
export function sealOf(key: KeyObject, tenant: string, { sequence, hash }: AuditHead): Buffer {
  return createHmac("sha256", key)
    .update(JSON.stringify(["head", tenant, sequence, hash.toString("hex")]))
    .digest();
}

/** The same record has the same text, whether it is about to be written or has been read. */
function textOf(tenant: string, sequence: number, row: AuditRow): string {
  return JSON.stringify([
    tenant,
    sequence,
    row.kind,
    row.at.getTime(),
    row.caller,
    row.request_id,
    row.taxpayer_ids,
    row.session_id,
    row.provider,
    row.consent_ids,
    row.purposes,
    row.documents,
    row.income_years,
    row.fields,
    row.code,
  ]);
}
