import { createHmac } from "node:crypto";

/** Names of the settings, as the operator writes them. */
export const settingNames = {
  developerKey: "EKO_DEVELOPER_KEY",
  accessKey: "EKO_ACCESS_KEY",
  initiatorId: "EKO_INITIATOR_ID",
  userCode: "EKO_USER_CODE",
} as const;

/**
 * Eko's `secret-key` header: an HMAC over the digits of `secret-key-timestamp`. The HMAC's key is the base64 *text* of the
 * access key. Decoding that text is the usual cause of a 403.
 */
export function secretKey(accessKey: string, timestampMs: string): string {
  const key = Buffer.from(accessKey, "utf8").toString("base64");
  return createHmac("sha256", key).update(timestampMs).digest("base64");
}
