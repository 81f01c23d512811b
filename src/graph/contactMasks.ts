/** "a***@example.com": enough for its owner to know it again. */
export function maskEmail(text: string): string {
  const [, local = "", domain] = /^([^@]*)@([^@]+)$/.exec(text.trim()) ?? [];
  // Of a name of one or two letters, one would be too much.
  const first = local.length > 2 ? local.charAt(0) : "";
  return domain === undefined ? "***" : `${first}***@${domain}`;
}

/** "XXXXXX0001", however the number is written. */
export function maskMobile(text: string): string {
  const digits = text.replace(/[^0-9X*]/gi, "");
  return digits.length >= 8 ? `XXXXXX${digits.slice(-4)}` : "XXXXXX";
}
