declare const rupeesBrand: unique symbol;

/** An amount of money, as a whole number of paise. */
export type Rupees = number & { readonly [rupeesBrand]: true };

export const zeroRupees = 0 as Rupees;

/** Seventy lakh crore rupees. A larger JSON number cannot hold single paise. */
export const largestRupees = (2 ** 46 * 100) as Rupees;

/** For whole rupees, such as limits in the law. */
export function rupees(wholeRupees: number): Rupees {
  if (!Number.isInteger(wholeRupees)) throw new RangeError("Not a whole number of rupees.");
  return fromPaise(wholeRupees * 100);
}

export function fromPaise(paise: number): Rupees {
  const amount = amountOf(paise);
  if (amount === undefined) throw new RangeError("Not an amount of money this service can hold.");
  return amount;
}

/** Groups as Indian statements print them ("12,34,567") or by thousands ("1,234,567"), and "/-" after whole rupees. */
const amountPattern =
  /^(?<open>\()?(?<minus>[-−])?\s?(?:(?:₹|Rs\.?)\s?)?(?<laterMinus>[-−])?(?<whole>\d+|\d{1,2}(?:,\d{2})*,\d{3}|\d{1,3}(?:,\d{3})+)(?:\.(?<part>\d+)|\/-)?(?<close>\))?$/i;

/** "1.250" is 1250 in Europe and 1.25 in India. */
const isAmbiguous = /^\D*\d{1,3}\.\d\d[1-9]\D*$/;

/**
 * Reads JSON numbers and the spellings of Indian statements: "1,25,000.50", "₹ 500", "Rs. -500.00", "(500)". Parts of a
 * paisa, which only sums in floating point have, are rounded.
 */
export function readRupees(value: unknown): Rupees | undefined {
  const text = typeof value === "number" ? textOfNumber(value) : value;
  if (typeof text !== "string" || (text === value && isAmbiguous.test(text))) return undefined;
  const groups = amountPattern.exec(text.trim())?.groups;
  if (groups === undefined) return undefined;

  const { open, minus, laterMinus, whole = "", part = "", close } = groups;
  const signs = [open, minus, laterMinus].filter((sign) => sign !== undefined);
  if (signs.length > 1 || (open === undefined) !== (close === undefined)) return undefined;

  // The digits are joined as text, so that no fraction is ever multiplied.
  const paise = Number(whole.replaceAll(",", "") + part.slice(0, 2).padEnd(2, "0")) + (part.charAt(2) >= "5" ? 1 : 0);
  return amountOf(signs.length === 0 ? paise : -paise);
}

/** The digits as JSON prints them. Numbers below a paisa would print with an exponent. */
function textOfNumber(value: number): string {
  return Math.abs(value) < 0.001 ? "0" : String(value);
}

const silences: readonly string[] = ["", "-", "--", "null", "na", "n/a", "not available"];

/** Null for an empty cell. Throws UnreadableAmount for a cell that holds something else than an amount. */
export function readAmount(value: unknown): Rupees | null {
  const isSilent = typeof value === "string" && silences.includes(value.trim().toLowerCase());
  if (value === undefined || value === null || isSilent) return null;
  const amount = readRupees(value);
  if (amount === undefined) throw new UnreadableAmount();
  return amount;
}

/** Never holds the cell itself: its message is logged. */
export class UnreadableAmount extends Error {
  constructor() {
    super("an amount cannot be read");
  }
}

export function addRupees(...amounts: readonly Rupees[]): Rupees {
  return amounts.reduce((sum, amount) => fromPaise(sum + amount), zeroRupees);
}

export function subtractRupees(from: Rupees, amount: Rupees): Rupees {
  return fromPaise(from - amount);
}

export function negateRupees(amount: Rupees): Rupees {
  return fromPaise(0 - amount);
}

/** The sum of the known amounts. Null if none is known. */
export function sumOfReported(amounts: readonly (Rupees | null)[]): Rupees | null {
  const reported = amounts.filter((amount) => amount !== null);
  return reported.length === 0 ? null : addRupees(...reported);
}

/** The sum, or null if any amount is unknown. */
export function sumOfAll(amounts: readonly (Rupees | null)[]): Rupees | null {
  const reported = amounts.filter((amount) => amount !== null);
  return reported.length === amounts.length ? addRupees(...reported) : null;
}

/** A JSON number of rupees. Within the range of Rupees its decimal text has the exact paise. */
export function toWireNumber(amount: Rupees): number {
  return amount / 100;
}

/** "₹1,25,000.50", for messages and logs. */
export function printRupees(amount: Rupees): string {
  const digits = String(Math.abs(amount)).padStart(3, "0");
  const grouped = digits.slice(0, -2).replace(/(\d)(?=(\d\d)+\d$)/g, "$1,");
  return `${amount < 0 ? "-" : ""}₹${grouped}.${digits.slice(-2)}`;
}

function amountOf(paise: number): Rupees | undefined {
  if (!Number.isInteger(paise) || Math.abs(paise) > largestRupees) return undefined;
  return (paise === 0 ? zeroRupees : paise) as Rupees;
}

/** The result of a computation, or the other value if its amounts are too large for Rupees. */
export function withinRupees<T>(compute: () => T, otherwise: T): T {
  try {
    return compute();
  } catch (thrown) {
    if (thrown instanceof RangeError) return otherwise;
    throw thrown;
  }
}
