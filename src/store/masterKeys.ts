import { createHash, createSecretKey, type KeyObject } from "node:crypto";
import type { Secret } from "../kernel/secret";
import { type Place, seal, unseal } from "./sealed";
import { StoreUnavailable } from "./storeUnavailable";

/** A key of ours, sealed under the master key that the id names. */
export interface SealedKey {
  readonly sealed: Buffer;
  readonly masterKeyId: string;
}

export interface MasterKeys {
  readonly currentId: string;
  seal(key: KeyObject, place: Place): SealedKey;
  /** Undefined when no known master key opens it. */
  unseal(key: SealedKey, place: Place): KeyObject | undefined;
}

/** Earlier master keys still open what they sealed; only the current one seals. */
export function masterKeysOf(current: Secret<Buffer>, old: readonly Secret<Buffer>[]): MasterKeys {
  const keyById = new Map([current, ...old].map((key) => [masterKeyId(key), createSecretKey(key.reveal())]));
  const currentId = masterKeyId(current);
  const currentKey = createSecretKey(current.reveal());
  return {
    currentId,
    seal: (key, place) => ({ sealed: seal(currentKey, key.export(), place), masterKeyId: currentId }),
    unseal({ sealed, masterKeyId }, place) {
      const masterKey = keyById.get(masterKeyId);
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
