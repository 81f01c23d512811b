import { createHash, createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import type { Secret } from "../../kernel";
import { StoreUnavailable } from "../storeUnavailable";
import { seal, unseal } from "./seal";

const keyBytes = 32;

type Place = Parameters<typeof seal>[2];

/** A key of the store, sealed under the master key with this id. */
export interface SealedKey {
  readonly sealed: Buffer;
  readonly masterKeyId: string;
}

/** The master keys of the settings. Each opens what it has sealed; the one in use seals what is new. */
export interface MasterKeys {
  /** The id of AAY_MASTER_KEY. A rewrap seals every key under it. */
  readonly newestId: string;
  /** Puts this master key in use. False when the settings do not have it. */
  use(id: string): boolean;
  /** Seals under the master key in use, unless `underId` names another. */
  seal(key: KeyObject, place: Place, underId?: string): SealedKey;
  /** Makes a random key and seals it. */
  newKey(place: Place, underId?: string): { readonly key: KeyObject; readonly kept: SealedKey };
  /** Undefined when no known master key opens it. */
  unseal(key: SealedKey, place: Place): KeyObject | undefined;
}

/**
 * The store decides which key is in use: while processes get a new key one by one, all seal under the key they share.
 * `reread` reads the settings again, because files with keys may change while the service runs.
 */
export function masterKeysOf(
  newest: Secret<Buffer>,
  others: readonly Secret<Buffer>[],
  reread: () => readonly Secret<Buffer>[] = () => [],
): MasterKeys {
  const keyById = new Map<string, KeyObject>();
  const add = (keys: readonly Secret<Buffer>[]) => {
    for (const key of keys) keyById.set(masterKeyId(key), createSecretKey(key.reveal()));
  };
  add([newest, ...others]);
  const newestId = masterKeyId(newest);
  let inUse = newestId;

  function keyOf(id: string): KeyObject | undefined {
    if (!keyById.has(id)) add(reread());
    return keyById.get(id);
  }

  function sealKey(key: KeyObject, place: Place, underId = inUse): SealedKey {
    const masterKey = keyOf(underId);
    if (masterKey === undefined) throw new Error("the master key in use is not in the settings");
    return { sealed: seal(masterKey, key.export(), place), masterKeyId: underId };
  }

  return {
    newestId,
    use(id) {
      const isKnown = keyOf(id) !== undefined;
      if (isKnown) inUse = id;
      return isKnown;
    },
    seal: sealKey,
    newKey(place, underId) {
      const key = createSecretKey(randomBytes(keyBytes));
      return { key, kept: sealKey(key, place, underId) };
    },
    unseal({ sealed, masterKeyId: id }, place) {
      const masterKey = keyOf(id);
      const key = masterKey && unseal(masterKey, sealed, place);
      return key && createSecretKey(key);
    },
  };
}

function masterKeyId(key: Secret<Buffer>): string {
  if (key.reveal().length !== keyBytes) {
    throw new StoreUnavailable("AAY_MASTER_KEY and each of AAY_MASTER_KEYS_OLD must be 32 bytes, in base64.");
  }
  return createHash("sha256").update(key.reveal()).digest().toString("hex", 0, 8);
}
