import type { ConsentRecord } from "../domain/consentRecord";

/** Appends to the record of what was done under consents. */
export type Append = (tenant: string, records: readonly ConsentRecord[]) => Promise<void>;

/**
 * Appends together what many operations ask for at the same time: while one statement is under way, the next gathers.
 * Nobody's answer goes out before its use has been written down.
 */
export function createLedger(append: Append): Append {
  const waiting = new Map<string, ConsentRecord[]>();
  let underWay: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function flush(): Promise<void> {
    await underWay.catch(() => undefined);
    const batches = [...waiting];
    waiting.clear();
    next = undefined;
    underWay = Promise.all(batches.map(([tenant, records]) => append(tenant, records))).then(() => undefined);
    await underWay;
  }

  return (tenant, records) => {
    if (records.length === 0) return Promise.resolve();
    const gathered = waiting.get(tenant);
    if (gathered) gathered.push(...records);
    else waiting.set(tenant, [...records]);
    next ??= flush();
    return next;
  };
}
