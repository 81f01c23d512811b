import { rupees, printRupees, type Rupees } from "../rupees";
import { incomeYearLabel, type IncomeYear } from "../taxPeriod";

/** Section 288A rounds incomes to ten rupees and 288B taxes; some providers round as the sections do and others do not. */
const rounding = rupees(10);

/** What a body says when it says nothing. */
const silences: readonly unknown[] = [undefined, null, "UNKNOWN", "OTHER"];

export function isKnown(fact: unknown): boolean {
  return !silences.includes(fact) && !(Array.isArray(fact) && fact.length === 0);
}

/**
 * The lists of a return that a return itself ends: it has these employers, and no others. So an empty one says that there
 * is none, and two that differ contradict each other. All other lists are what somebody happens to know.
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

/** Whether two facts of one path differ by nothing but rounding or spelling. */
export function isSameFact(path: string, one: unknown, other: unknown): boolean {
  if (typeof one === "number" && typeof other === "number") {
    return isYear(path) || isRate(path) ? one === other : isSameAmount(one as Rupees, other as Rupees);
  }
  if (Array.isArray(one) && Array.isArray(other)) return hasSameEntries(path, one, other);
  return typeof one === "string" && typeof other === "string" ? spelling(one) === spelling(other) : one === other;
}

/** In any order, and each entry up to rounding and to what one of the two leaves out. */
function hasSameEntries(path: string, one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  const left = [...other];
  return one.every((entry) => {
    const at = left.findIndex((candidate) => isAlike(path, entry, candidate));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** The same of parts and lists: a part is like another where all that both of them tell is the same. */
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

/** Texts are lines, which everybody breaks in other places. */
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

/** Names stay out: a disagreement is about figures, and is shown where names are not looked for. */
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
