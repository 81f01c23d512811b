import { createHmac, createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import type { Pan } from "../domain/identifiers";
import type { Database } from "./database";
import type { MasterKeys, SealedKey } from "./masterKeys";
import { lookupKeyPlace, subjectKeyPlace } from "./places";
import { StoreUnavailable } from "./storeUnavailable";

const keyBytes = 32;

type DigestedText = "lease" | "idempotency key" | "request";

/** The keys of the store: one to look PANs up by, and one for each subject. */
export interface Keyring {
  /** The same person looks different to each tenant. */
  lookup(tenant: string, pan: Pan): Buffer;
  /** The same text has the same digest, and nobody without the key can find the text by it. */
  digest(what: DigestedText, text: string): Buffer;
  /** Seals links to documents. */
  readonly linkKey: KeyObject;
  newSubjectKey(tenant: string, subjectId: string): { key: KeyObject; kept: SealedKey };
  openSubjectKey(tenant: string, subjectId: string, kept: SealedKey): KeyObject | undefined;
}

/** Makes the look-up key in a new store; of several processes that try, one wins and all use its key. */
export async function openKeyring(database: Database, masterKeys: MasterKeys): Promise<Keyring> {
  const { sealed, masterKeyId } = masterKeys.seal(newKey(), lookupKeyPlace);
  await database.run(
    "insert into aaygraph.keyring (purpose, sealed, master_key_id) values ('lookup', $1, $2) on conflict do nothing",
    [sealed, masterKeyId],
  );
  const { rows } = await database.run<SealedKey>(
    `select sealed, master_key_id as "masterKeyId" from aaygraph.keyring where purpose = 'lookup'`,
  );
  const lookupKey = rows[0] && masterKeys.unseal(rows[0], lookupKeyPlace);
  if (!lookupKey) {
    throw new StoreUnavailable(
      "No master key given here opens this store. Set AAY_MASTER_KEY to the key that it was sealed under, " +
        "or, after a rotation, name that key in AAY_MASTER_KEYS_OLD.",
    );
  }
  return {
    lookup: (tenant, pan) => createHmac("sha256", lookupKey).update(`${tenant}\0${pan}`).digest(),
    // No tenant's name is empty, so that no digest is any tenant's look-up value.
    digest: (what, text) => createHmac("sha256", lookupKey).update(`\0${what}\0${text}`).digest(),
    linkKey: createSecretKey(createHmac("sha256", lookupKey).update("\0\0key of document links").digest()),
    newSubjectKey(tenant, subjectId) {
      const key = newKey();
      return { key, kept: masterKeys.seal(key, subjectKeyPlace(tenant, subjectId)) };
    },
    openSubjectKey: (tenant, subjectId, kept) => masterKeys.unseal(kept, subjectKeyPlace(tenant, subjectId)),
  };
}

function newKey(): KeyObject {
  return createSecretKey(randomBytes(keyBytes));
}
