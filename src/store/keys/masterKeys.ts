import { createHash, createSecretKey, type KeyObject } from "node:crypto";
import type { Secret } from "../../kernel";
import { StoreUnavailable } from "../storeUnavailable";
import { type Place, seal, unseal } from "./seal";

/** A key of ours, sealed under the master key that the id names. */
export interface SealedKey {
  readonly sealed: Buffer;
  readonly masterKeyId: string;
}

export interface MasterKeys {
  /** The one that AAY_MASTER_KEY names: a rewrap seals everything under it. */
  readonly newestId: string;
  /** From now on everything new is sealed under this key. False where that key is not given here. */
  use(id: string): boolean;
  /** Under the key that is in use, unless another one is named. */
  seal(key: KeyObject, place: Place, underId?: string): SealedKey;
  /** Undefined when no known master key opens it. */
  unseal(key: SealedKey, place: Place): KeyObject | undefined;
}

/** Reads the master keys anew from wherever they are given: from files they may change while the service runs. */
export type RereadMasterKeys = () => readonly Secret<Buffer>[];

/**
 * Each of them opens what it has sealed. Which one seals is for the store to say: processes that are given a new key one
 * after the other go on sealing under the key that all of them have.
 */
export function masterKeysOf(
  newest: Secret<Buffer>,
  others: readonly Secret<Buffer>[],
  reread: RereadMasterKeys = () => [],
): MasterKeys {
  const keyById = new Map<string, KeyObject>();
  const learn = (keys: readonly Secret<Buffer>[]) => {
    for (const key of keys) keyById.set(masterKeyId(key), createSecretKey(key.reveal()));
  };
  learn([newest, ...others]);
  const newestId = masterKeyId(newest);
  let inUse = newestId;

  function keyOf(id: string): KeyObject | undefined {
    if (!keyById.has(id)) learn(reread());
    return keyById.get(id);
  }

  return {
    newestId,
    use(id) {
      const isKnown = keyOf(id) !== undefined;
      if (isKnown) inUse = id;
      return isKnown;
    },
    seal(key, place, underId = inUse) {
      const masterKey = keyOf(underId);
      if (masterKey === undefined) throw new Error("a master key is in use that is not given here");
      return { sealed: seal(masterKey, key.export(), place), masterKeyId: underId };
    },
    unseal({ sealed, masterKeyId: id }, place) {
      const masterKey = keyOf(id);
      const key = masterKey && unseal(masterKey, sealed, place);
      return key && createSecretKey(key);
    },
  };
}

function masterKeyId(key: Secret<Buffer>): string {
  if (key.reveal().length !== 32) {
    throw new StoreUnavailable("AAY_MASTER_KEY and each of AAY_MASTER_KEYS_OLD must be 32 bytes, in base64.");
  }
  return createHash("sha256").update(key.reveal()).digest().toString("hex", 0, 8);
}
