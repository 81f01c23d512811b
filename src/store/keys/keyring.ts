import { createHmac, createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import type { Pan } from "../../domain";
import { Fault } from "../../kernel";
import type { Database, Queries } from "../database";
import { StoreUnavailable } from "../storeUnavailable";
import { type Lookups, readLookupKeys } from "./lookupKeys";
import type { MasterKeys, SealedKey } from "./masterKeys";
import { lookupKeyPlace, subjectKeyPlace } from "./seal";

const keyBytes = 32;

type DigestedText = "lease" | "idempotency key" | "request";

/** The keys of the store: those to look PANs up by, and one for each subject. */
export interface Keyring {
  /** The same person looks different to each tenant. */
  lookups(tenant: string, pan: Pan): Lookups;
  /** The number of the tenant's newest look-up key, and after how many changes of such keys it is known to be that. */
  lookupState(tenant: string): { readonly number: number; readonly changes: number };
  /** The same text has the same digest, and nobody without the key can find the text by it. */
  digest(what: DigestedText, text: string): Buffer;
  /** Seals links to documents. */
  readonly linkKey: KeyObject;
  /** Binds each record of the audit trail to those before it. */
  readonly auditKey: KeyObject;
  /** Hides which number a consent record has among all tenants'. */
  readonly recordKey: KeyObject;
  newSubjectKey(tenant: string, subjectId: string): { key: KeyObject; kept: SealedKey };
  openSubjectKey(tenant: string, subjectId: string, kept: SealedKey): KeyObject | undefined;
  /** From now on seals under the master key that a rewrap, and looks up by the keys that a rotation, has put in use. */
  follow(queries: Queries): Promise<void>;
}

interface RootRow extends SealedKey {
  readonly changes: number;
}

/** Makes the root look-up key in a new store; of several processes that try, one wins and all use its key. */
export async function openKeyring(database: Database, masterKeys: MasterKeys): Promise<Keyring> {
  const { sealed, masterKeyId } = masterKeys.seal(newKey(), lookupKeyPlace);
  await database.run(
    "insert into aaygraph.keyring (purpose, sealed, master_key_id) values ('lookup', $1, $2) on conflict do nothing",
    [sealed, masterKeyId],
  );
  const root = await readRoot(database);
  const rootKey = root && masterKeys.unseal(root, lookupKeyPlace);
  const firstKeys = rootKey && (await readLookupKeys(database, masterKeys, rootKey));
  if (!firstKeys) {
    throw new StoreUnavailable(
      "No master key given here opens this store. Set AAY_MASTER_KEY to the key that it was sealed under, " +
        "or, after a rotation, name that key in AAY_MASTER_KEYS_OLD.",
    );
  }
  masterKeys.use(root.masterKeyId);
  let lookup = { keys: firstKeys, changes: root.changes };
  const derived = (use: string) => createSecretKey(createHmac("sha256", rootKey).update(`\0\0key of ${use}`).digest());
  return {
    lookups: (tenant, pan) => lookup.keys.of(tenant, pan),
    lookupState: (tenant) => ({ number: lookup.keys.numberOf(tenant), changes: lookup.changes }),
    // No tenant's name is empty, so that no digest is any tenant's look-up value.
    digest: (what, text) => createHmac("sha256", rootKey).update(`\0${what}\0${text}`).digest(),
    linkKey: derived("document links"),
    auditKey: derived("the audit trail"),
    recordKey: derived("consent records"),
    newSubjectKey(tenant, subjectId) {
      const key = newKey();
      return { key, kept: masterKeys.seal(key, subjectKeyPlace(tenant, subjectId)) };
    },
    openSubjectKey: (tenant, subjectId, kept) => masterKeys.unseal(kept, subjectKeyPlace(tenant, subjectId)),
    async follow(queries) {
      // The number before the keys: where a rotation comes in between, it is followed once more.
      const row = await readRoot(queries);
      const keys = row && masterKeys.use(row.masterKeyId) && (await readLookupKeys(queries, masterKeys, rootKey));
      if (!keys) {
        throw new Fault("INTERNAL", {
          hint: "This process has not been given the master key that is in use by now.",
          note: "set AAY_MASTER_KEY to the key that the store was rewrapped under",
        });
      }
      lookup = { keys, changes: row.changes };
    },
  };
}

async function readRoot(queries: Queries): Promise<RootRow | undefined> {
  const { rows } = await queries.run<RootRow>(
    `select sealed, master_key_id as "masterKeyId", lookup_changes as changes
     from aaygraph.keyring where purpose = 'lookup'`,
  );
  return rows[0];
}

export function newKey(): KeyObject {
  return createSecretKey(randomBytes(keyBytes));
}
