import type { Database } from "./database";
import type { MasterKeys, SealedKey } from "./masterKeys";
import { lookupKeyPlace, subjectKeyPlace, tenantLookupKeyPlace } from "./places";

const batchSize = 500;

export interface Rewrapped {
  readonly lookupKeys: number;
  readonly subjectKeys: number;
  /** Keys that no known master key opens: they are left as they are. */
  readonly unreadable: number;
}

interface SubjectKey extends SealedKey {
  readonly tenant: string;
  readonly id: string;
}

/**
 * Seals every key anew under the newest master key, so that the earlier ones can be forgotten. Only the seal changes,
 * and only where it is still the one that was read, so serving goes on meanwhile and a run cut short can be repeated.
 * The look-up key comes first: by its seal every process knows which master key is in use.
 */
export async function rewrapKeys(database: Database, masterKeys: MasterKeys): Promise<Rewrapped> {
  const rootKeys = await rewrapLookupKey(database, masterKeys);
  masterKeys.use(masterKeys.newestId);
  const tenantKeys = await rewrapTenantLookupKeys(database, masterKeys);
  const lookupKeys = rootKeys + tenantKeys.rewrapped;
  // Secrets shared with vendors can be had anew, so those under an earlier key are let go.
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
  const key = rows[0] && masterKeys.unseal(rows[0], lookupKeyPlace);
  if (!key) return 0;
  const { sealed, masterKeyId } = masterKeys.seal(key, lookupKeyPlace, masterKeys.newestId);
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
    const place = tenantLookupKeyPlace(row.tenant, row.number);
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
    const place = subjectKeyPlace(row.tenant, row.id);
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
