import type { Database, Queries } from "./database";
import { newKey } from "./keyring";
import { nextLookup } from "./lookupKeys";
import type { MasterKeys, SealedKey } from "./masterKeys";
import { tenantLookupKeyPlace } from "./places";

const batchSize = 500;

interface NumberedKey extends SealedKey {
  readonly number: number;
}

interface FoundSubject {
  readonly id: string;
  readonly lookup: Buffer;
}

/**
 * Puts a new look-up key in use for one tenant and re-keys all of its subjects, while serving. A run that was cut short
 * is finished by the next one. Returns how many subjects this run has re-keyed.
 */
export async function rotateLookupKey(
  database: Database,
  masterKeys: MasterKeys,
  tenant: string,
  nowMs: number,
): Promise<number> {
  const kept = await database.transaction((queries) => begin(queries, masterKeys, tenant));
  const key = masterKeys.unseal(kept, tenantLookupKeyPlace(tenant, kept.number));
  if (!key) throw new Error("The tenant's new look-up key is sealed under a master key that is not given here.");
  let rekeyed = 0;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const { rows } = await database.run<FoundSubject>(
      `select id, lookup from aaygraph.subjects where tenant = $1 and id > $2 and lookup_key < $3
       order by id limit ${batchSize}`,
      [tenant, after, kept.number],
    );
    const last = rows.at(-1);
    if (!last) break;
    const lookups = rows.map(({ lookup }) => nextLookup(key, lookup));
    rekeyed += await rekey(database, tenant, kept.number, rows, lookups);
    after = last.id;
  }
  await database.transaction((queries) => end(queries, tenant, kept.number, nowMs));
  return rekeyed;
}

/**
 * The rotation under way, or a new one. Everybody who inserts a subject holds the root key's row: so this waits for those
 * who still do it by the earlier key, and whoever comes later is told that the keys have changed.
 */
async function begin(queries: Queries, masterKeys: MasterKeys, tenant: string): Promise<NumberedKey> {
  const masterKeyId = await tellChange(queries);
  const { rows } = await queries.run<NumberedKey & { readonly isRotating: boolean }>(
    `select number, sealed, master_key_id as "masterKeyId", rotated_at is null as "isRotating"
     from aaygraph.lookup_keys where tenant = $1 order by number desc limit 1`,
    [tenant],
  );
  const [newest] = rows;
  if (newest?.isRotating) return newest;
  const number = (newest?.number ?? 0) + 1;
  const kept = masterKeys.seal(newKey(), tenantLookupKeyPlace(tenant, number), masterKeyId);
  await queries.run(
    "insert into aaygraph.lookup_keys (tenant, number, sealed, master_key_id) values ($1, $2, $3, $4)",
    [tenant, number, kept.sealed, kept.masterKeyId],
  );
  return { ...kept, number };
}

/** Locked in the order in which everybody locks several subjects, so that nobody waits for another in a circle. */
async function rekey(
  database: Database,
  tenant: string,
  number: number,
  subjects: readonly FoundSubject[],
  lookups: readonly Buffer[],
): Promise<number> {
  const { count } = await database.run(
    `with locked as materialized (
       select id from aaygraph.subjects where tenant = $1 and id = any($3::uuid[]) and lookup_key < $2
       order by id for no key update
     )
     update aaygraph.subjects s set lookup = changed.lookup, lookup_key = $2
     from locked join unnest($3::uuid[], $4::bytea[]) as changed (id, lookup) using (id)
     where s.tenant = $1 and s.id = locked.id and s.lookup_key < $2`,
    [tenant, number, subjects.map(({ id }) => id), lookups],
  );
  return count;
}

async function end(queries: Queries, tenant: string, number: number, nowMs: number): Promise<void> {
  await tellChange(queries);
  await queries.run(
    "update aaygraph.lookup_keys set rotated_at = $3 where tenant = $1 and number = $2 and rotated_at is null",
    [tenant, number, new Date(nowMs)],
  );
}

/** Returns the id of the master key in use, which stays that until the transaction ends. */
async function tellChange(queries: Queries): Promise<string> {
  const { rows } = await queries.run<{ id: string }>(
    `update aaygraph.keyring set lookup_changes = lookup_changes + 1 where purpose = 'lookup'
     returning master_key_id as id`,
  );
  const [master] = rows;
  if (!master) throw new Error("the store has no look-up key");
  return master.id;
}
