import type { AuditRecord } from "../domain/auditRecord";
import type { KeptAuditRecord } from "../reading/ports";
import type { AuditRow } from "./auditChain";

export const auditColumns = `kind, at, caller, request_id, taxpayer_ids, session_id, provider, consent_ids, purposes,
  documents, income_years, fields, code`;

export function toAuditRow(record: AuditRecord): AuditRow {
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
export function fromAuditRow(row: AuditRow & { readonly sequence: number }): KeptAuditRecord {
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
