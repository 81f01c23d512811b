import { calendarDateOf, type CalendarDate } from "./calendarDate";

declare const pan: unique symbol;
declare const tan: unique symbol;
declare const acknowledgementNumber: unique symbol;

/** The taxpayer's permanent account number, whole. It is printed masked, and never logged. */
export type Pan = string & { readonly [pan]: true };

/** A deductor's or collector's number. */
export type Tan = string & { readonly [tan]: true };

/** The receipt number of a filed return. */
export type AcknowledgementNumber = string & { readonly [acknowledgementNumber]: true };

const holderTypeByLetter = new Map([
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
] as const);

export const holderTypes = [...holderTypeByLetter.values(), "UNKNOWN"] as const;
export type HolderType = (typeof holderTypes)[number];

/** Vendors' own sample PANs have a fourth letter that names no holder type; only a sandbox lets them pass. */
export function readPan(text: string, { strictHolder }: { strictHolder: boolean }): Pan | undefined {
  const candidate = text.trim().toUpperCase();
  if (!/^[A-Z]{5}[0-9]{4}[A-Z]$/.test(candidate)) return undefined;
  const read = candidate as Pan;
  return strictHolder && holderTypeOf(read) === "UNKNOWN" ? undefined : read;
}

export function holderTypeOf(pan: Pan): HolderType {
  const holderTypeByAnyLetter: ReadonlyMap<string, HolderType> = holderTypeByLetter;
  return holderTypeByAnyLetter.get(pan.charAt(3)) ?? "UNKNOWN";
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
