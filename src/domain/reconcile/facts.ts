import { rupees, printRupees, type Rupees } from "../rupees";
import { incomeYearLabel, type IncomeYear } from "../taxPeriod";

/** Section 288A rounds incomes to ten rupees and 288B taxes; some providers round as the sections do and others do not. */
const rounding = rupees(10);

/** Values that mean "unknown". */
const silences: readonly unknown[] = [undefined, null, "UNKNOWN", "OTHER"];

export function isKnown(fact: unknown): boolean {
  return !silences.includes(fact) && !(Array.isArray(fact) && fact.length === 0);
}

/**
 * Lists that a return defines completely: these employers and no others. An empty one means that there is none, and two
 * different ones contradict each other. Any other list may be incomplete.
 */
const ownLists: readonly string[] = [
  "salaries",
  "houseProperties",
  "business.partnerships",
  "capitalGains.gains",
  "losses.entries",
  "otherIncome",
  "deductionsBySection",
];

export function isOwnList(path: string): boolean {
  return ownLists.includes(path);
}

/** Whether two facts of one path are equal but for rounding or spelling. */
export function isSameFact(path: string, one: unknown, other: unknown): boolean {
  if (typeof one === "number" && typeof other === "number") {
    return isYear(path) || isRate(path) ? one === other : isSameAmount(one as Rupees, other as Rupees);
  }
  if (Array.isArray(one) && Array.isArray(other)) return hasSameEntries(path, one, other);
  return typeof one === "string" && typeof other === "string" ? spelling(one) === spelling(other) : one === other;
}

/** In any order. Entries may differ by rounding or by a fact that one of them leaves out. */
function hasSameEntries(path: string, one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  const left = [...other];
  return one.every((entry) => {
    const at = left.findIndex((candidate) => isAlike(path, entry, candidate));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** The same for parts and lists. Two parts are alike if every fact that both report is alike. */
export function isAlike(path: string, one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return isOwnList(path) ? hasSameEntries(path, one, other) : textOf(one) === textOf(other);
  }
  const [part, otherPart] = [asPart(one), asPart(other)];
  if (part === undefined || otherPart === undefined) return isSameFact(path, one, other);
  return Object.entries(part).every(([name, fact]) => {
    const against = otherPart[name];
    return !isKnown(fact) || !isKnown(against) || isAlike(`${path}.${name}`, fact, against);
  });
}

/** Lists of texts are lines of an address, which providers break in different places. */
function textOf(list: readonly unknown[]): string {
  return list.every((each) => typeof each === "string") ? spelling(list.join(" ")) : JSON.stringify(list);
}

function asPart(fact: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof fact === "object" && fact !== null ? (fact as Readonly<Record<string, unknown>>) : undefined;
}

export function isSameAmount(one: Rupees, other: Rupees): boolean {
  return Math.abs(one - other) <= rounding;
}

export function printFact(path: string, fact: unknown): string {
  if (Array.isArray(fact)) return printList(path, fact);
  if (typeof fact !== "number") return String(fact);
  if (isYear(path)) return incomeYearLabel(fact as IncomeYear);
  return isRate(path) ? `${fact} %` : printRupees(fact as Rupees);
}

/** Names stay out: disagreements are shown where no reader expects personal data. */
const namesInEntries: readonly string[] = ["employer", "tan", "firm"];

function printList(path: string, list: readonly unknown[]): string {
  const entries = list.map((entry) =>
    Object.entries(asPart(entry) ?? {})
      .filter(([name, fact]) => fact !== null && fact !== undefined && !namesInEntries.includes(name))
      .map(([name, fact]) => printFact(`${path}.${name}`, fact))
      .join(" "),
  );
  return entries.length === 0 ? "none" : entries.join("; ");
}

export function amountIn(path: string, fact: unknown): Rupees | undefined {
  return typeof fact === "number" && !isYear(path) && !isRate(path) ? (fact as Rupees) : undefined;
}

/** All other numbers in our bodies are amounts. */
function isYear(path: string): boolean {
  return path === "incomeYear" || path.endsWith(".incomeYear");
}

function isRate(path: string): boolean {
  return path.endsWith(".ratePercent");
}

/** "Rao, Asha M." is ASHA M RAO. */
function spelling(text: string): string {
  const plain = text.toUpperCase().replace(/['’.]/g, "");
  return plain
    .split(/[\s,]+/)
    .toSorted()
    .join(" ")
    .trim();
}
