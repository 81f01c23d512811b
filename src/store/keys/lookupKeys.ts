import { createHmac, type KeyObject } from "node:crypto";
import type { Pan } from "../../domain";
import type { Queries } from "../database";
import type { MasterKeys, SealedKey } from "./masterKeys";
import { tenantLookupKeyPlace } from "./seal";

/** What one tenant's PANs are found by, as far as this process knows. */
interface LookupKeys {
  /** What the person is found by; and, while a rotation is under way, what those not yet re-keyed are found by. */
  of(tenant: string, pan: Pan): Lookups;
  /** The number of the tenant's newest key; 0 where there is none. */
  numberOf(tenant: string): number;
}

export type Lookups = readonly [newest: Buffer, ...earlier: readonly Buffer[]];

interface Chain {
  readonly links: readonly KeyObject[];
  readonly isRotating: boolean;
}

interface LookupKeyRow extends SealedKey {
  readonly tenant: string;
  readonly number: number;
  readonly isRotating: boolean;
}

/**
 * Each key of a tenant's is applied to what the one before it has made of the PAN. So whoever has been erased is re-keyed
 * without the PAN, which is gone; and an earlier key opens nothing without the newest.
 */
export function nextLookup(link: KeyObject, lookup: Buffer): Buffer {
  return createHmac("sha256", link).update(lookup).digest();
}

/** All tenants' keys; undefined where one of them is sealed under a master key that is not given here. */
export async function readLookupKeys(
  queries: Queries,
  masterKeys: MasterKeys,
  rootKey: KeyObject,
): Promise<LookupKeys | undefined> {
  const { rows } = await queries.run<LookupKeyRow>(
    `select tenant, number, sealed, master_key_id as "masterKeyId", rotated_at is null as "isRotating"
     from aaygraph.lookup_keys order by tenant, number`,
  );
  const chainByTenant = new Map<string, Chain>();
  for (const row of rows) {
    const link = masterKeys.unseal(row, tenantLookupKeyPlace(row.tenant, row.number));
    if (!link) return undefined;
    const links = chainByTenant.get(row.tenant)?.links ?? [];
    chainByTenant.set(row.tenant, { links: [...links, link], isRotating: row.isRotating });
  }
  return {
    of(tenant, pan) {
      const root = createHmac("sha256", rootKey).update(`${tenant}\0${pan}`).digest();
      const chain = chainByTenant.get(tenant);
      if (chain === undefined) return [root];
      let lookups: Lookups = [root];
      for (const link of chain.links) lookups = [nextLookup(link, lookups[0]), lookups[0]];
      return chain.isRotating ? lookups : [lookups[0]];
    },
    numberOf: (tenant) => chainByTenant.get(tenant)?.links.length ?? 0,
  };
}
