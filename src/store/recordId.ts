import { createCipheriv, createDecipheriv, hash, type KeyObject } from "node:crypto";
import { Fault } from "../kernel/fault";

const prefix = "cr_";
const halfBytes = 8;
/** AES key wrap (RFC 3394): the same place has the same id each time, and no other text opens. */
const cipher = "id-aes256-wrap";
const initialValue = Buffer.alloc(halfBytes, 0xa6);

/**
 * The public id of a consent record. All tenants' records share one row of numbers, so that a bare number would tell each
 * how much the others do.
 */
export function recordIdOf(key: KeyObject, tenant: string, number: string): string {
  const place = Buffer.alloc(2 * halfBytes);
  markOf(tenant).copy(place);
  place.writeBigInt64BE(BigInt(number), halfBytes);
  const wrapping = createCipheriv(cipher, key, initialValue);
  return prefix + Buffer.concat([wrapping.update(place), wrapping.final()]).toString("base64url");
}

/** BAD_INPUT for what is no id, and for another tenant's. */
export function numberOf(key: KeyObject, tenant: string, recordId: string): string {
  const place = unwrap(key, Buffer.from(recordId.slice(prefix.length), "base64url"));
  const number = place?.subarray(0, halfBytes).equals(markOf(tenant))
    ? place.readBigInt64BE(halfBytes).toString()
    : undefined;
  if (number === undefined || recordIdOf(key, tenant, number) !== recordId) {
    throw new Fault("BAD_INPUT", { field: "after" });
  }
  return number;
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
