import { readReturnIdentity } from "../department";
import type { ProviderId, IncomeYear } from "../domain";
import { Fault } from "../kernel";
import { textOf } from "./replies";

/** A reply about another person or another year than was asked: none of it may be kept or shown. */
export class SubjectMismatch extends Fault {
  constructor(provider: ProviderId, what: "PAN" | "year") {
    super("PROVIDER_BAD_RESPONSE", { provider, note: `the answer is about another ${what}` });
  }
}

/** Refuses the reply when one of these members names another PAN. A member that is left out names none. */
export function requirePan(provider: ProviderId, pan: string, ...echoed: readonly unknown[]): void {
  if (!wordsOf(echoed).every((told) => told === pan)) throw new SubjectMismatch(provider, "PAN");
}

/** The same for a vendor that may mask the PAN: it is compared where it is not masked. */
export function requirePanOrMask(provider: ProviderId, pan: string, ...echoed: readonly unknown[]): void {
  if (!wordsOf(echoed).every((told) => told === pan || isMaskOf(told, pan))) throw new SubjectMismatch(provider, "PAN");
}

/** Refuses the reply when it names a year that is none of those asked. Undefined: it names no year that can be read. */
export function requireYear(
  provider: ProviderId,
  asked: readonly IncomeYear[],
  ...told: readonly (IncomeYear | undefined)[]
): void {
  if (told.some((year) => year !== undefined && !asked.includes(year))) throw new SubjectMismatch(provider, "year");
}

/** Refuses the Department's file of a return when it is another person's, or of none of these years where years are given. */
export function requireReturnOf(
  provider: ProviderId,
  file: unknown,
  { pan, incomeYears }: { readonly pan: string; readonly incomeYears?: readonly IncomeYear[] },
): void {
  const identity = readReturnIdentity(file);
  requirePan(provider, pan, ...identity.pans);
  // Also where no year was asked, one return is of one year.
  requireYear(provider, incomeYears ?? identity.incomeYears.slice(0, 1), ...identity.incomeYears);
}

/** Vendors mask with stars, with the letter X or with dots. */
const maskedPan = /^[A-Z0-9*•.]{10}$/;

function isMaskOf(told: string, pan: string): boolean {
  const isWhole = /^[A-Z]{5}[0-9]{4}[A-Z]$/.test(told) && !told.includes("XXXX");
  return (
    !isWhole && maskedPan.test(told) && Array.from(told).every((sign, at) => "X*•.".includes(sign) || sign === pan[at])
  );
}

function wordsOf(echoed: readonly unknown[]): readonly string[] {
  const texts = echoed.map(textOf).filter((text) => text !== undefined);
  return texts.map((text) => text.replace(/\s/g, "").toUpperCase());
}
