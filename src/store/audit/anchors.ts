import type { Database } from "../database";
import type { Keyring } from "../keys";
import { detachedUpTo } from "./detachment";
import { auditChain, type AuditHead, type KnownHead } from "./auditChain";

/** A head under our seal, to be kept where the database cannot be set back with it. */
export interface Anchor extends KnownHead {
  readonly tenant: string;
  readonly atMs: number;
  readonly seal: Buffer;
}

export interface AnchoredTrail {
  readonly anchor: Anchor;
  /** The trail does not go on from the earlier anchor, and no operator has accepted that. */
  readonly isSetBack: boolean;
}

interface HeadRow {
  readonly tenant: string;
  readonly sequence: string;
  readonly hash: Buffer;
  readonly accepted: string;
}

export function anchorSeal(key: Keyring["auditKey"], { tenant, sequence, hash, accepted, atMs }: Omit<Anchor, "seal">) {
  return auditChain(key, tenant).sealOf("anchor", sequence, hash.toString("hex"), accepted, atMs);
}

/** The head of each tenant, held against that tenant's last anchor. A tenant that is gone as a whole is set back, too. */
export async function anchorTrails(
  database: Database,
  keyring: Keyring,
  lastByTenant: ReadonlyMap<string, Anchor>,
  atMs: number,
): Promise<readonly AnchoredTrail[]> {
  const { rows } = await database.run<HeadRow>(
    "select tenant, sequence, hash, accepted from aaygraph.audit_heads where sequence > 0 order by tenant",
  );
  const trails: AnchoredTrail[] = [];
  for (const { tenant, sequence, hash, accepted } of rows) {
    const head = { tenant, sequence: Number(sequence), hash, accepted: Number(accepted), atMs };
    const last = lastByTenant.get(tenant);
    const goesOn = last === undefined || head.accepted > last.accepted || (await isIn(database, keyring, tenant, last));
    trails.push({ anchor: { ...head, seal: anchorSeal(keyring.auditKey, head) }, isSetBack: !goesOn });
  }
  const known = new Set(rows.map(({ tenant }) => tenant));
  const gone = [...lastByTenant.values()].filter(({ tenant }) => !known.has(tenant));
  return [...trails, ...gone.map((anchor) => ({ anchor, isSetBack: true }))];
}

async function isIn(
  database: Database,
  keyring: Keyring,
  tenant: string,
  { sequence, hash }: AuditHead,
): Promise<boolean> {
  const { count } = await database.run(
    "select from aaygraph.audit_records where tenant = $1 and sequence = $2 and hash = $3",
    [tenant, sequence, hash],
  );
  // What has been detached was held against its anchors before.
  return count > 0 || (await detachedUpTo(database, keyring, tenant)).sequence >= sequence;
}
