import type { Word } from "../vocabulary";
import type { Provenance } from "../answer";

/** A body of facts with who said it. */
export interface Told<Body> {
  readonly value: Body;
  readonly provenance: Provenance;
}

export type NonEmpty<T> = readonly [T, ...T[]];

/**
 * The Department's own file is believed before what a provider reports, and both before what we derive from the mere
 * existence of a document, such as the acknowledgement form of a return (ITR-V).
 */
const trustByMethod: Record<Word<"ProvenanceMethod">, number> = { PARSED: 2, REPORTED: 1, DERIVED: 0 };

/** The better source first, and of equally good ones the newer. */
export function mostBelievedFirst<Claim extends Told<unknown>>(told: readonly Claim[]): readonly Claim[] {
  return inOrder(told, (one, other) => moreTrusted(one, other) || newer(one, other));
}

/** The newer source first, and of equally new ones the better: for facts that change while a return is processed. */
export function newestFirst<Claim extends Told<unknown>>(told: readonly Claim[]): readonly Claim[] {
  return inOrder(told, (one, other) => newer(one, other) || moreTrusted(one, other));
}

/** Why the one is believed and the other is not. */
export function reasonToBelieve(one: Provenance, other: Provenance): string {
  const [trust, age] = [moreTrusted(one, other), newer(one, other)];
  if (trust < 0) return one.method === "PARSED" ? "parsed from the return itself" : "reported, and not merely derived";
  if (age < 0) return "newer";
  return trust > 0 || age > 0 ? "tells more than the other" : "as good and as new as the other, and first by name";
}

/** One claim for each provider: the first. */
export function firstOfEachProvider<Claim extends Told<unknown>>([first, ...rest]: NonEmpty<Claim>): NonEmpty<Claim> {
  const heard = new Set([first.provenance.provider]);
  const others = rest.filter(({ provenance: { provider } }) => !heard.has(provider) && heard.add(provider));
  return [first, ...others];
}

/** Who says it, in the same order: each provider once for each way of knowing. */
export function sourcesOf(told: readonly Told<unknown>[]): readonly Provenance[] {
  const sources = told.map(({ provenance }) => provenance);
  const isFirst = ({ provider, method }: Provenance, at: number) =>
    at === sources.findIndex((each) => each.provider === provider && each.method === method);
  return sources.filter(isFirst);
}

type Order = (one: Provenance, other: Provenance) => number;

/** What no rule tells apart is ordered by its text, so that the order of asking never matters. */
function inOrder<Claim extends Told<unknown>>(told: readonly Claim[], order: Order): readonly Claim[] {
  return told.toSorted(
    (one, other) => order(one.provenance, other.provenance) || compareTexts(textOf(one), textOf(other)),
  );
}

function moreTrusted(one: Provenance, other: Provenance): number {
  return trustByMethod[other.method] - trustByMethod[one.method];
}

function newer(one: Provenance, other: Provenance): number {
  return compareTexts(other.fetchedAt, one.fetchedAt);
}

function textOf({ value, provenance }: Told<unknown>): string {
  return `${provenance.provider} ${provenance.session ?? ""} ${JSON.stringify(value)}`;
}

export function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
