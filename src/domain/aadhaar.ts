import { Secret } from "../kernel";

/**
 * An Aadhaar number that somebody has typed: twelve digits, the last of which checks the others. It is a secret from the
 * first moment on: it is in memory for the one call that needs it, and everything else knows its last four digits at most.
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
