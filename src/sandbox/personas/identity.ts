import { createHash } from "node:crypto";
import { type CalendarDate, type AcknowledgementNumber, aadhaarCheckDigit } from "../../domain";
import type { PersonaBankAccount } from "../../providers";

/** Digits that look random and are always the same for the same seed. */
export function digitsFrom(seed: string, count: number): string {
  const hash = BigInt(`0x${createHash("sha256").update(seed).digest("hex")}`);
  return String(hash % 10n ** BigInt(count)).padStart(count, "0");
}

export function pickFrom<T>(seed: string, choices: readonly [T, ...T[]]): T {
  return choices[Number(digitsFrom(seed, 6)) % choices.length] ?? choices[0];
}

/** Numbers that begin with 9999 are UIDAI's own for testing, so nobody has them. */
export function aadhaarOf(pan: string): string {
  const digits = `9999${digitsFrom(`${pan} aadhaar`, 7)}`;
  return digits + aadhaarCheckDigit(digits);
}

export function mobileOf(pan: string): string {
  return `90000${digitsFrom(`${pan} mobile`, 5)}`;
}

export function passwordOf(pan: string): string {
  return `Sandbox@${pan.slice(5, 9)}`;
}

/** Nine digits and the day of filing, as most of the portal's numbers are. */
export function acknowledgementOf(seed: string, filedOn: CalendarDate): AcknowledgementNumber {
  const [year = "", month = "", day = ""] = filedOn.split("-");
  const serial = 100_000_000 + (Number(digitsFrom(seed, 9)) % 900_000_000);
  return `${serial}${day}${month}${year.slice(2)}` as AcknowledgementNumber;
}

const banks = [
  { bankName: "STATE BANK OF INDIA", ifsc: "SBIN0001234", digits: 11 },
  { bankName: "HDFC BANK", ifsc: "HDFC0000456", digits: 14 },
  { bankName: "ICICI BANK", ifsc: "ICIC0000789", digits: 12 },
  { bankName: "PUNJAB NATIONAL BANK", ifsc: "PUNB0123400", digits: 16 },
] as const;

/** The account for refunds first. */
export function accountsOf(pan: string, kinds: readonly PersonaBankAccount["kind"][]): readonly PersonaBankAccount[] {
  const first = Number(digitsFrom(`${pan} bank`, 1)) % banks.length;
  return kinds.map((kind, at) => {
    const { bankName, ifsc, digits } = banks[(first + at) % banks.length] ?? banks[0];
    const accountNumber = `${1 + at}${digitsFrom(`${pan} account ${at}`, digits - 1)}`;
    return { accountNumber, kind, bankName, ifsc, isForRefund: at === 0 };
  });
}
