import { maskPan, type Pan } from "./identifiers";

declare const maskedAadhaar: unique symbol;
declare const maskedAccountNumber: unique symbol;

/** "XXXX XXXX 5678": the only form in which an Aadhaar number exists in this service. */
export type MaskedAadhaar = string & { readonly [maskedAadhaar]: true };

/** "XXXX5678", however long the number is. */
export type MaskedAccountNumber = string & { readonly [maskedAccountNumber]: true };

/** Keeps the last four of twelve places. The other places may be masked already. */
export function maskAadhaar(text: string): MaskedAadhaar | undefined {
  const lastFour = /^[0-9X*#•]{8}([0-9]{4})$/i.exec(withoutSeparators(text))?.[1];
  return lastFour === undefined ? undefined : (`XXXX XXXX ${lastFour}` as MaskedAadhaar);
}

/** A text of four places or fewer is not masked but refused: its last four would be the whole. */
export function maskAccountNumber(text: string): MaskedAccountNumber | undefined {
  const lastFour = /^[0-9A-Z*#•]+([0-9A-Z]{4})$/i.exec(withoutSeparators(text))?.[1];
  return lastFour === undefined ? undefined : (`XXXX${lastFour.toUpperCase()}` as MaskedAccountNumber);
}

function withoutSeparators(text: string): string {
  return text.replace(/[\s-]/g, "");
}

/** A quick test: a text without four digits or an "@" holds nothing to mask. Most texts pass. */
const worthALook = /\d{4}|@/;
const emailAddress = /[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+){1,8}/g;
/** Written by itself or inside a longer word. */
const panInWords = /[A-Z]{5}\d{4}[A-Z]/gi;
const aadhaarInWords = /(?<!\d)\d{4}[\s-]?\d{4}[\s-]?(\d{4})(?!\d)/g;
/** Mobile numbers and account numbers. Shorter runs are codes, and an amount of this length has commas or a point. */
const longNumber = /(?<![\d.,])\d{9,18}(?!\d|[.,]\d)/g;
/** With the country in front or a gap in the middle; without them it is a long number like any other. */
const mobileInWords = /(?:\+?91[\s-]?)?(?<!\d)[6-9]\d{4}[\s-]\d{5}(?!\d)/g;

export function isEmailAddress(text: string): boolean {
  return text.replace(emailAddress, "") === "";
}

/** Masks everything in a text that looks like an e-mail address, PAN, Aadhaar, mobile or account number. */
export function withoutPersonalData(text: string): string {
  if (!worthALook.test(text)) return text;
  return text
    .replace(emailAddress, (address) => `***${address.slice(address.indexOf("@"))}`)
    .replace(panInWords, (pan) => maskPan(pan as Pan))
    .replace(aadhaarInWords, "XXXX XXXX $1")
    .replace(mobileInWords, (mobile) => `XXXXXX${mobile.slice(-4)}`)
    .replace(longNumber, (digits) => `XXXX${digits.slice(-4)}`);
}
