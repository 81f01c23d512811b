import { rupees, printRupees, type Rupees } from "../rupees";
import { incomeYearLabel, type IncomeYear } from "../taxPeriod";

/** Section 288A rounds incomes to ten rupees and 288B taxes; some providers round as the sections do and others do not. */
const rounding = rupees(10);

/** What a body says when it says nothing. */
const silences: readonly unknown[] = [undefined, null, "UNKNOWN", "OTHER"];

export function isTold(fact: unknown): boolean {
  return !silences.includes(fact) && !(Array.isArray(fact) && fact.length === 0);
}

/** Whether two facts of one path differ by nothing but rounding or spelling. */
export function isSameFact(path: string, one: unknown, other: unknown): boolean {
  if (typeof one === "number" && typeof other === "number") {
    return isYear(path) ? one === other : isSameAmount(one as Rupees, other as Rupees);
  }
  return typeof one === "string" && typeof other === "string" ? spelling(one) === spelling(other) : one === other;
}

/** The same of parts and lists: a part is like another where all that both of them tell is the same. */
export function isAlike(path: string, one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return textOf(one) === textOf(other);
  const [part, otherPart] = [asPart(one), asPart(other)];
  if (part === undefined || otherPart === undefined) return isSameFact(path, one, other);
  return Object.entries(part).every(([name, fact]) => {
    const against = otherPart[name];
    return !isTold(fact) || !isTold(against) || isAlike(`${path}.${name}`, fact, against);
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
  if (typeof fact !== "number") return String(fact);
  return isYear(path) ? incomeYearLabel(fact as IncomeYear) : printRupees(fact as Rupees);
}

/** All other numbers in our bodies are amounts. */
function isYear(path: string): boolean {
  return path === "incomeYear";
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
