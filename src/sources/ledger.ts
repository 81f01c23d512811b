import type { AuditRecord } from "../domain/auditRecord";
import { together } from "../kernel/batch";

/** Appends to the trail of who saw what, and under which consent. */
export type Append = (tenant: string, records: readonly AuditRecord[]) => Promise<void>;

interface Entry {
  readonly tenant: string;
  readonly records: readonly AuditRecord[];
}

/** Appends many operations' records with one statement. Nobody's answer goes out before its use has been written down. */
export function createLedger(append: Append): Append {
  const write = together(async (entries: readonly Entry[]) => {
    const ofTenants = [...Map.groupBy(entries, ({ tenant }) => tenant)];
    await Promise.all(
      ofTenants.map(([tenant, ofTenant]) =>
        append(
          tenant,
          ofTenant.flatMap(({ records }) => records),
        ),
      ),
    );
  });
  return async (tenant, records) => {
    if (records.length > 0) await write({ tenant, records });
  };
}
