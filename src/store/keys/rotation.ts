import type { Database, Queries } from "../database";
import type { MasterKeys, SealedKey } from "./masterKeys";
import { placeOf } from "./seal";
import { nextLookup } from "./keyring";
import { rewrapReceiptKey } from "./receiptKeys";

const batchSize = 500;

/** How many keys a rewrap has sealed again. */
interface Rewrapped {
  readonly lookupKeys: number;
  readonly subjectKeys: number;
  /** Keys that no known master key opens. They stay as they are. */
  readonly unreadable: number;
}

interface SubjectKey extends SealedKey {
  readonly tenant: string;
  readonly id: string;
}

/**
 * Seals every key under the newest master key, so that the earlier ones can be thrown away. It compares and swaps each
 * seal, so the service keeps running meanwhile and an interrupted run can be repeated.
 */
export async function rewrapKeys(database: Database, masterKeys: MasterKeys): Promise<Rewrapped> {
  // The root key comes first: its seal tells every process which master key is in use.
  const rootKeys = await rewrapLookupKey(database, masterKeys);
  masterKeys.use(masterKeys.newestId);
  const tenantKeys = await rewrapTenantLookupKeys(database, masterKeys);
  const lookupKeys = rootKeys + tenantKeys.rewrapped;
  await rewrapReceiptKey(database, masterKeys);
  // A vendor's secret can be obtained again, so those under an earlier key are deleted.
  await database.run("delete from aaygraph.shared_secrets where master_key_id <> $1", [masterKeys.newestId]);
  let subjectKeys = 0;
  let unreadable = tenantKeys.unreadable;
  let after = { tenant: "", id: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const { rows } = await database.run<SubjectKey>(
      `select tenant, subject_id as id, sealed, master_key_id as "masterKeyId" from aaygraph.subject_keys
       where (tenant, subject_id) > ($1, $2::uuid) and master_key_id <> $3
       order by tenant, subject_id limit ${batchSize}`,
      [after.tenant, after.id, masterKeys.newestId],
    );
    const last = rows.at(-1);
    if (!last) return { lookupKeys, subjectKeys, unreadable };
    const counts = await rewrapBatch(database, masterKeys, rows);
    subjectKeys += counts.rewrapped;
    unreadable += counts.unreadable;
    after = last;
  }
}

async function rewrapLookupKey(database: Database, masterKeys: MasterKeys): Promise<number> {
  const { rows } = await database.run<SealedKey>(
    `select sealed, master_key_id as "masterKeyId" from aaygraph.keyring
     where purpose = 'lookup' and master_key_id <> $1`,
    [masterKeys.newestId],
  );
  const key = rows[0] && masterKeys.unseal(rows[0], placeOf.rootLookupKey);
  if (!key) return 0;
  const { sealed, masterKeyId } = masterKeys.seal(key, placeOf.rootLookupKey, masterKeys.newestId);
  const { count } = await database.run(
    "update aaygraph.keyring set sealed = $1, master_key_id = $2 where purpose = 'lookup' and sealed = $3",
    [sealed, masterKeyId, rows[0]?.sealed],
  );
  return count;
}

async function rewrapTenantLookupKeys(database: Database, masterKeys: MasterKeys) {
  const { rows } = await database.run<SealedKey & { readonly tenant: string; readonly number: number }>(
    `select tenant, number, sealed, master_key_id as "masterKeyId" from aaygraph.lookup_keys where master_key_id <> $1`,
    [masterKeys.newestId],
  );
  let rewrapped = 0;
  let unreadable = 0;
  for (const row of rows) {
    const place = placeOf.tenantLookupKey(row.tenant, row.number);
    const key = masterKeys.unseal(row, place);
    if (!key) {
      unreadable += 1;
      continue;
    }
    const { sealed, masterKeyId } = masterKeys.seal(key, place, masterKeys.newestId);
    const { count } = await database.run(
      "update aaygraph.lookup_keys set sealed = $1, master_key_id = $2 where tenant = $3 and number = $4 and sealed = $5",
      [sealed, masterKeyId, row.tenant, row.number, row.sealed],
    );
    rewrapped += count;
  }
  return { rewrapped, unreadable };
}

async function rewrapBatch(
  database: Database,
  masterKeys: MasterKeys,
  rows: readonly SubjectKey[],
): Promise<{ rewrapped: number; unreadable: number }> {
  const changes = rows.flatMap((row) => {
    const place = placeOf.subjectKey(row.tenant, row.id);
    const key = masterKeys.unseal(row, place);
    return key ? [{ row, sealed: masterKeys.seal(key, place, masterKeys.newestId).sealed }] : [];
  });
  const { count } = await database.run(
    `update aaygraph.subject_keys k set sealed = change.sealed, master_key_id = $1
     from unnest($2::text[], $3::uuid[], $4::bytea[], $5::bytea[]) as change (tenant, id, was, sealed)
     where k.tenant = change.tenant and k.subject_id = change.id and k.sealed = change.was`,
    [
      masterKeys.newestId,
      changes.map(({ row }) => row.tenant),
      changes.map(({ row }) => row.id),
      changes.map(({ row }) => row.sealed),
      changes.map(({ sealed }) => sealed),
    ],
  );
  return { rewrapped: count, unreadable: rows.length - changes.length };
}

interface NumberedKey extends SealedKey {
  readonly number: number;
}

interface SubjectLookup {
  readonly id: string;
  readonly lookup: Buffer;
}

/**
 * Puts a new look-up key in use for one tenant and re-keys its subjects, while the service keeps running. The next run
 * finishes an interrupted one. Returns how many subjects this run has re-keyed.
 */
export async function rotateLookupKey(
  database: Database,
  masterKeys: MasterKeys,
  tenant: string,
  nowMs: number,
): Promise<number> {
  const kept = await database.transaction((queries) => begin(queries, masterKeys, tenant));
  const key = masterKeys.unseal(kept, placeOf.tenantLookupKey(tenant, kept.number));
  if (!key) throw new Error("the tenant's new look-up key is sealed under a master key that is not in the settings");
  let rekeyed = 0;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const { rows } = await database.run<SubjectLookup>(
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
 * Continues the rotation that runs, or begins one. An insert of a subject holds the root key's row: so this waits for
 * inserts by the earlier key, and later inserts see that the keys have changed.
 */
async function begin(queries: Queries, masterKeys: MasterKeys, tenant: string): Promise<NumberedKey> {
  const masterKeyId = await countChange(queries);
  const { rows } = await queries.run<NumberedKey & { readonly isRotating: boolean }>(
    `select number, sealed, master_key_id as "masterKeyId", rotated_at is null as "isRotating"
     from aaygraph.lookup_keys where tenant = $1 order by number desc limit 1`,
    [tenant],
  );
  const [newest] = rows;
  if (newest?.isRotating) return newest;
  const number = (newest?.number ?? 0) + 1;
  const { kept } = masterKeys.newKey(placeOf.tenantLookupKey(tenant, number), masterKeyId);
  await queries.run(
    "insert into aaygraph.lookup_keys (tenant, number, sealed, master_key_id) values ($1, $2, $3, $4)",
    [tenant, number, kept.sealed, kept.masterKeyId],
  );
  return { ...kept, number };
}

/** Locks the subjects in the order of their ids, as every transaction does, so that there is no deadlock. */
async function rekey(
  database: Database,
  tenant: string,
  number: number,
  subjects: readonly SubjectLookup[],
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
  await countChange(queries);
  await queries.run(
    "update aaygraph.lookup_keys set rotated_at = $3 where tenant = $1 and number = $2 and rotated_at is null",
    [tenant, number, new Date(nowMs)],
  );
}

/** Returns the id of the master key in use. It stays in use until the transaction ends. */
async function countChange(queries: Queries): Promise<string> {
  const { rows } = await queries.run<{ id: string }>(
    `update aaygraph.keyring set lookup_changes = lookup_changes + 1 where purpose = 'lookup'
     returning master_key_id as id`,
  );
  const [master] = rows;
  if (!master) throw new Error("the store has no look-up key");
  return master.id;
}
