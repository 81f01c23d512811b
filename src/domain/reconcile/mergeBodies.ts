import type { Severity } from "../answer";
import { firstOfEachProvider, type NonEmpty, type Reported, firstOf, type Choice, reasonOf } from "./choice";
import type { Claim, Disagreement } from "./disagreement";
import { amountIn, isAlike, isOwnList, isSameFact, isKnown, printFact } from "./facts";

/** Is called with each choice as it is made. */
type Note = (choice: Choice) => void;

interface Merged<Body> {
  readonly value: Body;
  readonly disagreements: readonly Disagreement[];
}

export interface Rules {
  /** How serious a difference at this path is. Undefined where differences are normal. */
  readonly severityOf: (path: string) => Severity | undefined;
  /** Chooses among different values of a fact. Without it, the first is chosen. */
  readonly choose?: (path: string, facts: NonEmpty<Reported<unknown>>) => Choice;
  /** Parts that are taken whole from one provider and never completed from another. */
  readonly whole?: readonly string[];
}

/**
 * Makes one body of several, most believed first. Each fact comes from the first provider that reports it, so gaps are
 * filled from the next. A list counts as one fact and is never completed from another list.
 */
export function mergeBodies<Body extends object>(
  [first, ...rest]: readonly Reported<Body>[],
  rules: Rules,
  note?: Note,
): Merged<Body> | undefined {
  if (first === undefined) return undefined;
  // One report has no gaps to fill and nobody to dispute it.
  if (rest.length === 0 && note === undefined) return { value: first.value, disagreements: [] };
  const { value, disagreements } = mergeParts([first, ...rest], "", rules, note);
  return { value: value as Body, disagreements };
}

function mergeParts(
  reported: NonEmpty<Reported<object>>,
  prefix: string,
  rules: Rules,
  note: Note | undefined,
): Merged<object> {
  const names = [...new Set(reported.flatMap(({ value }) => Object.keys(value)))];
  const merged = names.map((name) => {
    const facts = reported.map(({ value, provenance }) => ({ value: factOf(value, name), provenance }));
    return [name, mergeFact(facts, prefix + name, rules, note)] as const;
  });
  return {
    value: Object.fromEntries(merged.map(([name, { value }]) => [name, value])),
    disagreements: merged.flatMap(([, { disagreements }]) => disagreements),
  };
}

function factOf(body: object, name: string): unknown {
  return (body as Readonly<Record<string, unknown>>)[name];
}

function mergeFact(
  facts: readonly Reported<unknown>[],
  path: string,
  rules: Rules,
  note: Note | undefined,
): Merged<unknown> {
  const [first, ...rest] = facts.filter(({ value }) => isKnown(value) || (isOwnList(path) && Array.isArray(value)));
  // An explicit "UNKNOWN" or null stays as it is.
  if (first === undefined) return agreed(facts.find(({ value }) => value !== undefined)?.value);
  if (isPart(first)) return mergePart([first, ...rest.filter(isPart)], path, rules, note);
  const reported: NonEmpty<Reported<unknown>> = [first, ...rest];
  const severity = Array.isArray(first.value) && !isOwnList(path) ? undefined : rules.severityOf(path);
  if (severity === undefined || !isDisputed(path, reported)) {
    note?.(firstOf(path, reported));
    return agreed(first.value);
  }
  const choice = (rules.choose ?? firstOf)(path, reported);
  note?.(choice);
  return { value: choice.chosen.value, disagreements: [disagreementOn(choice, severity)] };
}

function mergePart(
  parts: NonEmpty<Reported<object>>,
  path: string,
  rules: Rules,
  note: Note | undefined,
): Merged<unknown> {
  if (!rules.whole?.includes(path)) return mergeParts(parts, `${path}.`, rules, note);
  const choice = fullestOf(path, parts);
  note?.(choice);
  return agreed(choice.chosen.value);
}

/** Chooses the first part, or an equal one with more facts. Parts are not mixed: half an address is useless. */
function fullestOf(path: string, facts: NonEmpty<Reported<object>>): Choice {
  const { chosen: first, reports } = firstOf(path, facts);
  const sizeOf = ({ value }: Reported<unknown>) => Object.values(value as object).filter(isKnown).length;
  const alike = reports.filter(({ value }) => isAlike(path, first.value, value));
  const chosen = alike.reduce((best, one) => (sizeOf(one) > sizeOf(best) ? one : best), first);
  return { path, chosen, reports };
}

function agreed(value: unknown): Merged<unknown> {
  return { value, disagreements: [] };
}

function isPart(reported: Reported<unknown>): reported is Reported<object> {
  return typeof reported.value === "object" && reported.value !== null && !Array.isArray(reported.value);
}

/** Only each provider's first value counts; its older values do not dispute it. */
function isDisputed(path: string, facts: NonEmpty<Reported<unknown>>): boolean {
  if (facts.length === 1) return false;
  const [first, ...others] = firstOfEachProvider(facts);
  return others.some(({ value }) => !isSameFact(path, value, first.value));
}

function disagreementOn(choice: Choice, severity: Severity): Disagreement {
  const { path, chosen, reports } = choice;
  const { provider } = chosen.provenance;
  const others = reports.filter(({ provenance }) => provenance.provider !== provider);
  const claims = [chosen, ...others].map((reported) => claimOf(path, reported));
  return { path, severity, claims, chosen: provider, reason: reasonOf(choice) };
}

export function claimOf(path: string, { value, provenance: { provider, fetchedAt } }: Reported<unknown>): Claim {
  const amount = amountIn(path, value);
  return { provider, value: printFact(path, value), ...(amount !== undefined && { amount }), asOf: fetchedAt };
}
