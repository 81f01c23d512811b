import { createHmac, type KeyObject } from "node:crypto";

/** An audit record as a row. Add each new column to `textOf` as well, or a change of it goes unnoticed. */
export interface AuditRow {
  readonly kind: string;
  readonly at: Date;
  readonly caller: string | null;
  readonly request_id: string | null;
  readonly taxpayer_ids: readonly string[];
  readonly session_id: string | null;
  readonly provider: string | null;
  readonly consent_ids: readonly string[];
  /** Null in records of earlier releases, and where no consent is concerned. */
  readonly receipts: readonly string[] | null;
  readonly purposes: readonly string[];
  readonly documents: readonly string[];
  readonly income_years: readonly number[];
  readonly fields: readonly string[];
  readonly code: string | null;
}

export const auditColumns = `kind, at, caller, request_id, taxpayer_ids, session_id, provider, consent_ids, purposes,
  documents, income_years, fields, code, receipts`;

/** The last record of a tenant's trail. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: Buffer;
}

/** A head as a process knows it. */
export interface KnownHead extends AuditHead {
  /** When an operator last accepted that a tail is lost, in milliseconds; 0 if never. It only grows, in every branch. */
  readonly accepted: number;
}

/** The head of a trail without records. */
export const emptyTrail: AuditHead = { sequence: 0, hash: Buffer.alloc(0) };

/** The hash chain of one tenant: each record's hash covers the record and the hash before it. */
export function auditChain(key: KeyObject, tenant: string) {
  function hashAfter({ sequence, hash }: AuditHead, row: AuditRow): Buffer {
    return createHmac("sha256", key)
      .update(hash)
      .update(textOf(tenant, sequence + 1, row))
      .digest();
  }

  return {
    /** The hash of this record, if it follows that head. */
    hashAfter,

    /** The records with their numbers and hashes, as they follow that head. */
    extend(head: AuditHead, rows: readonly AuditRow[]): readonly (AuditRow & AuditHead)[] {
      let last = head;
      return rows.map((row) => {
        const chained = { ...row, sequence: last.sequence + 1, hash: hashAfter(last, row) };
        last = chained;
        return chained;
      });
    },

    /** Our seal under what is no record: an acceptance, a checkpoint, an anchor. */
    sealOf(what: "accepted" | "checkpoint" | "anchor" | "detachment", ...parts: readonly (string | number)[]): Buffer {
      return createHmac("sha256", key)
        .update(JSON.stringify([what, tenant, ...parts]))
        .digest();
    },

    /** A head's seal is never a record's hash. So an earlier record, without the key, cannot be made the head. */
    seal({ sequence, hash }: AuditHead): Buffer {
      return createHmac("sha256", key)
        .update(JSON.stringify(["head", tenant, sequence, hash.toString("hex")]))
        .digest();
    },
  };
}

/** A record has the same text before it is written and after it is read. */
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
    // A record of an earlier release has the text that it had then.
    ...(row.receipts === null ? [] : [row.receipts]),
  ]);
}
