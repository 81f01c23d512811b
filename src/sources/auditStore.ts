import type { AuditRecord, AuditRecordKind } from "../domain/auditRecord";

export interface KeptAuditRecord extends AuditRecord {
  /** Counts a tenant's records, from 1 on. */
  readonly sequence: number;
}

export interface AuditPage {
  readonly taxpayerId?: string | undefined;
  readonly kinds?: readonly AuditRecordKind[] | undefined;
  readonly first: number;
  /** The sequence after which to go on. */
  readonly after?: number | undefined;
}

/** Who saw and did what. Sources own this port; the store implements it. There is no way to change or remove. */
export interface AuditStore {
  append(tenant: string, records: readonly AuditRecord[]): Promise<void>;
  /** Newest first. */
  records(
    tenant: string,
    page: AuditPage,
  ): Promise<{ readonly records: readonly KeptAuditRecord[]; readonly hasNext: boolean }>;
}
