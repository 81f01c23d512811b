import type { Word } from "./vocabulary";
import { calendarDateOf, type CalendarDate } from "./calendarDate";
import { Secret } from "../kernel";

declare const pan: unique symbol;
declare const tan: unique symbol;
declare const acknowledgementNumber: unique symbol;

/** The taxpayer's permanent account number, whole. It is printed masked, and never logged. */
export type Pan = string & { readonly [pan]: true };

/** A deductor's or collector's number. */
export type Tan = string & { readonly [tan]: true };

/** The receipt number of a filed return. */
export type AcknowledgementNumber = string & { readonly [acknowledgementNumber]: true };

const holderTypeByLetter = new Map<string, Word<"HolderType">>([
  ["P", "INDIVIDUAL"],
  ["C", "COMPANY"],
  ["H", "HINDU_UNDIVIDED_FAMILY"],
  ["F", "FIRM"],
  ["A", "ASSOCIATION_OF_PERSONS"],
  ["B", "BODY_OF_INDIVIDUALS"],
  ["T", "TRUST"],
  ["L", "LOCAL_AUTHORITY"],
  ["J", "ARTIFICIAL_JURIDICAL_PERSON"],
  ["G", "GOVERNMENT"],
]);

/** Vendors' own sample PANs have a fourth letter that names no holder type; only a sandbox lets them pass. */
export function readPan(text: string, { strictHolder }: { strictHolder: boolean }): Pan | undefined {
  const candidate = text.trim().toUpperCase();
  if (!/^[A-Z]{5}[0-9]{4}[A-Z]$/.test(candidate)) return undefined;
  const read = candidate as Pan;
  return strictHolder && holderTypeOf(read) === "UNKNOWN" ? undefined : read;
}

export function holderTypeOf(pan: Pan): Word<"HolderType"> {
  return holderTypeByLetter.get(pan.charAt(3)) ?? "UNKNOWN";
}

export function maskPan(pan: Pan): string {
  return `${pan.slice(0, 5)}****${pan.slice(-1)}`;
}

export function readTan(text: string): Tan | undefined {
  const candidate = text.trim().toUpperCase();
  return /^[A-Z]{4}[0-9]{5}[A-Z]$/.test(candidate) ? (candidate as Tan) : undefined;
}

export function readAcknowledgementNumber(text: string): AcknowledgementNumber | undefined {
  const candidate = text.trim();
  return /^[0-9]{15}$/.test(candidate) ? (candidate as AcknowledgementNumber) : undefined;
}

/** The last six digits are often the filing date, DDMMYY. Nothing official says so: this is a hint, and never a check. */
export function filingDateHint(acknowledgementNumber: AcknowledgementNumber): CalendarDate | undefined {
  const [, day, month, year] = /(..)(..)(..)$/.exec(acknowledgementNumber) ?? [];
  return calendarDateOf(2000 + Number(year), Number(month), Number(day));
}

/**
 * Reads a typed Aadhaar number: twelve digits, the last of which is a check digit. It stays in memory for one call only.
 * All other code sees at most its last four digits.
 */
export function readAadhaar(text: string): Secret | undefined {
  const digits = text.trim().replace(/(?<=\d)[ -](?=\d)/g, "");
  // The first digits 0 and 1 are not given out.
  if (!/^[2-9]\d{11}$/.test(digits)) return undefined;
  return aadhaarCheckDigit(digits.slice(0, -1)) === digits.at(-1) ? new Secret(digits) : undefined;
}

/** The digit that Verhoeff's scheme appends: it finds every single wrong digit and every swap of two neighbours. */
export function aadhaarCheckDigit(digits: string): string {
  let sum = 0;
  for (let at = 1; at <= digits.length; at += 1) {
    const digit = Number(digits.charAt(digits.length - at));
    sum = product(sum, permuted(digit, at));
  }
  return String(inverse(sum));
}

/** The group of the turns and flips of a pentagon: 0 to 4 are its turns, 5 to 9 its flips. */
function product(one: number, other: number): number {
  const isFlipped = one >= 5;
  const turn = isFlipped ? one - (other % 5) + 5 : one + (other % 5);
  return (turn % 5) + (isFlipped === other >= 5 ? 0 : 5);
}

function inverse(element: number): number {
  return element >= 5 ? element : (5 - element) % 5;
}

const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

/** The same permutation, once more for each place. */
function permuted(digit: number, times: number): number {
  let moved = digit;
  for (let time = 0; time < times % 8; time += 1) moved = permutation[moved] ?? moved;
  return moved;
}

const prefix = "tp_";

/** A subject's uuid as callers see it. */
export function taxpayerIdOf(subjectId: string): string {
  return prefix + Buffer.from(subjectId.replaceAll("-", ""), "hex").toString("base64url");
}

/** The subject's uuid; undefined for anything that `taxpayerIdOf` cannot have printed. */
export function subjectIdOf(taxpayerId: string): string | undefined {
  const hex = Buffer.from(taxpayerId.slice(prefix.length), "base64url").toString("hex");
  const subjectId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return taxpayerIdOf(subjectId) === taxpayerId && subjectId.length === 36 ? subjectId : undefined;
}
