import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from "node:crypto";
import type { FileKey, KeptAnswer } from "../../reading/ports";

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
/** Version, nonce and tag: no two ciphertexts have them in common. */
export const headBytes = 1 + nonceBytes + tagBytes;

/** Where a ciphertext belongs. It opens there and nowhere else, so that rows cannot be swapped. */
export type Place = readonly string[];

/** AES-256-GCM, laid out as version, nonce, tag, ciphertext. A key object is used four times faster than bare bytes. */
export function seal(key: KeyObject, plain: Buffer, place: Place): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(bound(place));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), ciphertext]);
}

/** The plain bytes; undefined when the key, the place or a single bit is not the one it was sealed with. */
export function unseal(key: KeyObject, sealed: Buffer, place: Place): Buffer | undefined {
  if (sealed.length < headBytes || sealed[0] !== version) return undefined;
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes })
    .setAAD(bound(place))
    .setAuthTag(sealed.subarray(1 + nonceBytes, headBytes));
  const plain = decipher.update(sealed.subarray(headBytes));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return undefined;
  }
}

function bound(place: Place): Buffer {
  return Buffer.from(JSON.stringify(place));
}

/** Where each kind of ciphertext belongs. To change a line here is to lose what was sealed under it. */
export const lookupKeyPlace: Place = ["keyring", "lookup"];

export function tenantLookupKeyPlace(tenant: string, number: number): Place {
  return ["look-up key", tenant, String(number)];
}

export function subjectKeyPlace(tenant: string, subjectId: string): Place {
  return ["subject key", tenant, subjectId];
}

export function panPlace(tenant: string, subjectId: string): Place {
  return ["pan", tenant, subjectId];
}

export function ticketPlace(tenant: string, sessionId: string): Place {
  return ["ticket", tenant, sessionId];
}

export function consentReferencePlace(tenant: string, consentId: string): Place {
  return ["consent reference", tenant, consentId];
}

export function documentLinkPlace(tenant: string, caller: string): Place {
  return ["document link", tenant, caller];
}

export function sharedSecretPlace(name: string): Place {
  return ["shared secret", name];
}

export function answerPlace(
  tenant: string,
  subjectId: string,
  { document, provider, period }: Pick<KeptAnswer, "document" | "provider" | "period">,
): Place {
  return ["answer", tenant, subjectId, document, provider, period];
}

export function filePlace(tenant: string, subjectId: string, { document, provider, period, name }: FileKey): Place {
  return ["file", tenant, subjectId, document, provider, period, name];
}
