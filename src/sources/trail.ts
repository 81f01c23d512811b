import type { AuditRecord } from "../domain/auditRecord";
import type { Clock } from "../kernel/clock";
import type { Asker } from "./asker";
import type { AuditPage, AuditStore } from "./auditStore";
import type { Append } from "./ledger";

/** The audit trail as one caller adds to it and reads it. */
export interface Trail {
  /** Writes down what this caller does. Nothing of it goes out before that. */
  note(...acts: readonly Omit<AuditRecord, "atMs" | "by">[]): Promise<void>;
  /** Reading the trail leaves a trace of its own. */
  read(page: AuditPage, fields: readonly string[]): ReturnType<AuditStore["records"]>;
}

interface TrailTools {
  readonly audit: Pick<AuditStore, "records">;
  readonly append: Append;
  readonly clock: Pick<Clock, "now">;
}

export function createTrail({ audit, append, clock }: TrailTools, { tenant, by }: Pick<Asker, "tenant" | "by">): Trail {
  const note: Trail["note"] = (...acts) =>
    append(
      tenant,
      acts.map((act) => ({ ...act, atMs: clock.now(), by })),
    );
  return {
    note,
    async read(page, fields) {
      const read = await audit.records(tenant, page);
      await note({ kind: "AUDIT_READ", fields, taxpayerIds: page.taxpayerId === undefined ? [] : [page.taxpayerId] });
      return read;
    },
  };
}
