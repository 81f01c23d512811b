import { createCipheriv, createDecipheriv, hash, type KeyObject } from "node:crypto";

const halfBytes = 8;
/** AES key wrap (RFC 3394) is deterministic and authenticated: one id for each place, and forged ids do not open. */
const cipher = "id-aes256-wrap";
const initialValue = Buffer.alloc(halfBytes, 0xa6);

/** Public ids of numbered rows. An id shows no number, and is of use to its own tenant only. */
interface NumberedIds {
  idOf(tenant: string, number: string): string;
  /** Undefined for a text that is no id, and for another tenant's id. */
  numberOf(tenant: string, id: string): string | undefined;
}

export function createNumberedIds(prefix: string, key: KeyObject): NumberedIds {
  function idOf(tenant: string, number: string): string {
    const place = Buffer.alloc(2 * halfBytes);
    markOf(tenant).copy(place);
    place.writeBigInt64BE(BigInt(number), halfBytes);
    const wrapping = createCipheriv(cipher, key, initialValue);
    return prefix + Buffer.concat([wrapping.update(place), wrapping.final()]).toString("base64url");
  }

  return {
    idOf,
    numberOf(tenant, id) {
      const place = unwrap(key, Buffer.from(id.slice(prefix.length), "base64url"));
      const isOurs = place?.subarray(0, halfBytes).equals(markOf(tenant));
      const number = isOurs ? place?.readBigInt64BE(halfBytes).toString() : undefined;
      return number !== undefined && idOf(tenant, number) === id ? number : undefined;
    },
  };
}

function unwrap(key: KeyObject, wrapped: Buffer): Buffer | undefined {
  try {
    const unwrapping = createDecipheriv(cipher, key, initialValue);
    const place = Buffer.concat([unwrapping.update(wrapped), unwrapping.final()]);
    return place.length === 2 * halfBytes ? place : undefined;
  } catch {
    return undefined;
  }
}

function markOf(tenant: string): Buffer {
  return hash("sha256", tenant, "buffer").subarray(0, halfBytes);
}
