import { createHmac } from "node:crypto";

/** Names of the settings, as the operator writes them. */
export const developerKeyName = "EKO_DEVELOPER_KEY";
export const accessKeyName = "EKO_ACCESS_KEY";
export const initiatorIdName = "EKO_INITIATOR_ID";
export const userCodeName = "EKO_USER_CODE";

/**
 * Eko's `secret-key` header: an HMAC over the very digits sent as `secret-key-timestamp`. The HMAC's key is the base64
 * *text* of the access key; decoding it first is the vendor's most frequent cause of 403.
 */
export function secretKey(accessKey: string, timestampMs: string): string {
  const key = Buffer.from(accessKey, "utf8").toString("base64");
  return createHmac("sha256", key).update(timestampMs).digest("base64");
}
