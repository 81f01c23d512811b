import type { Severity } from "../severity";
import { firstOfEachProvider, reasonToBelieve, type NonEmpty, type Told } from "./belief";
import type { Claim, Disagreement } from "./disagreement";
import { isSameFact, isTold, printFact } from "./facts";

export interface Merged<Body> {
  readonly value: Body;
  readonly disagreements: readonly Disagreement[];
}

/** How grave a difference at this path is; undefined where people may well tell different things. */
export type SeverityOf = (path: string) => Severity | undefined;

/**
 * Makes one body of several, most believed first. Each fact is taken from the first who tells it, so whoever is silent is
 * completed by the next. A list is one fact, and nobody's list is completed from another's.
 */
export function mergeBodies<Body extends object>(
  [first, ...rest]: readonly Told<Body>[],
  severityOf: SeverityOf,
): Merged<Body> | undefined {
  if (first === undefined) return undefined;
  const { value, disagreements } = mergeParts([first, ...rest], "", severityOf);
  return { value: value as Body, disagreements };
}

function mergeParts(told: NonEmpty<Told<object>>, prefix: string, severityOf: SeverityOf): Merged<object> {
  const names = [...new Set(told.flatMap(({ value }) => Object.keys(value)))];
  const merged = names.map((name) => {
    const facts = told.map(({ value, provenance }) => ({ value: factOf(value, name), provenance }));
    return [name, mergeFact(facts, prefix + name, severityOf)] as const;
  });
  return {
    value: Object.fromEntries(merged.map(([name, { value }]) => [name, value])),
    disagreements: merged.flatMap(([, { disagreements }]) => disagreements),
  };
}

function factOf(body: object, name: string): unknown {
  return (body as Readonly<Record<string, unknown>>)[name];
}

function mergeFact(facts: readonly Told<unknown>[], path: string, severityOf: SeverityOf): Merged<unknown> {
  const [first, ...rest] = facts.filter(({ value }) => isTold(value));
  // "Unknown" and null are said in so many words, and stay.
  if (first === undefined) return agreed(facts.find(({ value }) => value !== undefined)?.value);
  if (Array.isArray(first.value)) return agreed(first.value);
  if (isPart(first)) return mergeParts([first, ...rest.filter(isPart)], `${path}.`, severityOf);
  const severity = severityOf(path);
  const disagreement = severity && disagreementOn(path, severity, [first, ...rest]);
  return { value: first.value, disagreements: disagreement ? [disagreement] : [] };
}

function agreed(value: unknown): Merged<unknown> {
  return { value, disagreements: [] };
}

function isPart(told: Told<unknown>): told is Told<object> {
  return typeof told.value === "object" && told.value !== null;
}

function disagreementOn(path: string, severity: Severity, facts: NonEmpty<Told<unknown>>): Disagreement | undefined {
  const spoken = firstOfEachProvider(facts);
  const [chosen] = spoken;
  const dissenting = spoken.find(({ value }) => !isSameFact(path, value, chosen.value));
  return (
    dissenting && {
      path,
      severity,
      claims: spoken.map((told) => claimOf(path, told)),
      chosen: chosen.provenance.provider,
      reason: reasonToBelieve(chosen.provenance, dissenting.provenance),
    }
  );
}

export function claimOf(path: string, { value, provenance: { provider, fetchedAt } }: Told<unknown>): Claim {
  return { provider, value: printFact(path, value), asOf: fetchedAt };
}
