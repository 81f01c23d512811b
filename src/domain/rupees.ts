declare const rupeesBrand: unique symbol;

/** An amount of money, as a whole number of paise. */
export type Rupees = number & { readonly [rupeesBrand]: true };

export const zeroRupees = 0 as Rupees;

/** Seventy lakh crore rupees. Beyond it a JSON number can no longer tell one paisa from the next. */
export const largestRupees = (2 ** 46 * 100) as Rupees;

/** For amounts that are known to be whole rupees, such as limits in the law. */
export function rupees(wholeRupees: number): Rupees {
  if (!Number.isInteger(wholeRupees)) throw new RangeError("Not a whole number of rupees.");
  return fromPaise(wholeRupees * 100);
}

export function fromPaise(paise: number): Rupees {
  const amount = amountOf(paise);
  if (amount === undefined) throw new RangeError("Not an amount of money this service can hold.");
  return amount;
}

const amountPattern =
  /^(?<open>\()?(?<minus>[-−])?\s?(?:(?:₹|Rs\.?)\s?)?(?<laterMinus>[-−])?(?<whole>\d+|\d{1,2}(?:,\d{2})*,\d{3})(?:\.(?<part>\d{1,2})0*)?(?<close>\))?$/i;

/** Reads JSON numbers and the spellings of Indian statements: "1,25,000.50", "₹ 500", "Rs. -500.00", "(500)". */
export function readRupees(value: unknown): Rupees | undefined {
  if (typeof value !== "number" && typeof value !== "string") return undefined;
  const groups = amountPattern.exec(String(value).trim())?.groups;
  if (groups === undefined) return undefined;

  const { open, minus, laterMinus, whole = "", part = "", close } = groups;
  const signs = [open, minus, laterMinus].filter((sign) => sign !== undefined);
  if (signs.length > 1 || (open === undefined) !== (close === undefined)) return undefined;

  // The digits are joined as text, so that no fraction is ever multiplied.
  const paise = Number(whole.replaceAll(",", "") + part.padEnd(2, "0"));
  return amountOf(signs.length === 0 ? paise : -paise);
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

/** Adds up what is reported; null when nothing is. */
export function sumOfReported(amounts: readonly (Rupees | null)[]): Rupees | null {
  const reported = amounts.filter((amount) => amount !== null);
  return reported.length === 0 ? null : addRupees(...reported);
}

/** A JSON number of rupees. Within the range of Rupees its shortest decimal text has the very paise that went in. */
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
