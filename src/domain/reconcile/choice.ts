import { isAlike } from "./facts";
import type { Word } from "../vocabulary";
import type { Provenance } from "../answer";

/** A body of facts with its source. */
export interface Reported<Body> {
  readonly value: Body;
  readonly provenance: Provenance;
}

export type NonEmpty<T> = readonly [T, ...T[]];

/**
 * The Department's own file is believed before what a provider reports, and both before what we derive from the mere
 * existence of a document, such as the acknowledgement form of a return (ITR-V).
 */
const trustByMethod: Record<Word<"ProvenanceMethod">, number> = { PARSED: 2, REPORTED: 1, DERIVED: 0 };

/** The better source first, then the newer. */
export function mostBelievedFirst<Claim extends Reported<unknown>>(reported: readonly Claim[]): readonly Claim[] {
  return inOrder(reported, (one, other) => moreTrusted(one, other) || newer(one, other));
}

/** The newer source first, then the better. For facts that change while a return is processed. */
export function newestFirst<Claim extends Reported<unknown>>(reported: readonly Claim[]): readonly Claim[] {
  return inOrder(reported, (one, other) => newer(one, other) || moreTrusted(one, other));
}

/** Why one report is believed and not the other. */
function reasonToBelieve(one: Provenance, other: Provenance): string {
  const [trust, age] = [moreTrusted(one, other), newer(one, other)];
  if (trust < 0) return one.method === "PARSED" ? "parsed from the return itself" : "reported, and not merely derived";
  if (age < 0) return "newer";
  return trust > 0 || age > 0 ? "tells more than the other" : "as good and as new as the other, and first by name";
}

/** One claim for each provider: the first. */
export function firstOfEachProvider<Claim extends Reported<unknown>>([
  first,
  ...rest
]: NonEmpty<Claim>): NonEmpty<Claim> {
  const known = new Set([first.provenance.provider]);
  const others = rest.filter(({ provenance: { provider } }) => !known.has(provider) && known.add(provider));
  return [first, ...others];
}

/** The sources in the same order: each provider once for each method. */
export function sourcesOf(reported: readonly Reported<unknown>[]): readonly Provenance[] {
  const sources = reported.map(({ provenance }) => provenance);
  const isFirst = ({ provider, method }: Provenance, at: number) =>
    at === sources.findIndex((each) => each.provider === provider && each.method === method);
  return sources.filter(isFirst);
}

type Order = (one: Provenance, other: Provenance) => number;

/** Equal ranks are ordered by text, so that the order of asking never matters. */
function inOrder<Claim extends Reported<unknown>>(reported: readonly Claim[], order: Order): readonly Claim[] {
  return reported.toSorted(
    (one, other) => order(one.provenance, other.provenance) || compareTexts(textOf(one), textOf(other)),
  );
}

function moreTrusted(one: Provenance, other: Provenance): number {
  return trustByMethod[other.method] - trustByMethod[one.method];
}

function newer(one: Provenance, other: Provenance): number {
  return compareTexts(other.fetchedAt, one.fetchedAt);
}

function textOf({ value, provenance }: Reported<unknown>): string {
  return `${provenance.provider} ${provenance.session ?? ""} ${JSON.stringify(value)}`;
}

export function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** One fact of a document, all reports of it, and the one that is shown. */
export interface Choice {
  /** "incomeHeads.salary". */
  readonly path: string;
  readonly chosen: Reported<unknown>;
  /** Each provider once. */
  readonly reports: readonly Reported<unknown>[];
  /** Why the chosen one is believed, where it is not simply the better or the newer source. */
  readonly reason?: string | undefined;
}

/** Collects all choices that `make` reports. */
export function noted(make: (note: (choice: Choice) => void) => void): readonly Choice[] {
  const choices: Choice[] = [];
  make((choice) => choices.push(choice));
  return choices;
}

/** Facts that the file of a return does not hold. A provider that sends the file reports them beside it. */
const besideTheFile: readonly string[] = [
  "acknowledgementNumber",
  "filedOn",
  "dueOn",
  "status",
  "statusHistory",
  "demand",
  "refund.issuedOn",
];

/** Facts that change after filing. For them one newer report counts more than many older ones. */
const changing: readonly string[] = ["demand", "refund.issuedOn", "aadhaarLink.linked"];

/** Chooses the first report, in the given order. */
export function firstOf(path: string, facts: NonEmpty<Reported<unknown>>): Choice {
  const [first, ...others] = firstOfEachProvider(facts);
  const chosen = asKnown(path, first);
  return { path, chosen, reports: [chosen, ...others.map((reported) => asKnown(path, reported))] };
}

/**
 * Chooses the better source. Among equally good sources it chooses the value that most providers report, because a filed
 * return does not change. If that is equal too, it chooses the newer.
 */
export function bestOf(path: string, facts: NonEmpty<Reported<unknown>>): Choice {
  const { reports } = firstOf(path, facts);
  const [first = facts[0], ...rest] = mostBelievedFirst(reports);
  if (changing.includes(path)) return { path, chosen: first, reports };
  const backersOf = ({ value }: Reported<unknown>) =>
    reports.filter((other) => isAlike(path, value, other.value)).length;
  const peers = rest.filter(({ provenance }) => provenance.method === first.provenance.method);
  const chosen = peers.reduce((best, peer) => (backersOf(peer) > backersOf(best) ? peer : best), first);
  const outvoted = [first, ...peers].filter(({ value }) => !isAlike(path, chosen.value, value));
  const isVote = outvoted.length > 0 && outvoted.every((peer) => backersOf(peer) < backersOf(chosen));
  return { path, chosen, reports, reason: isVote ? "told alike by more providers than anything else" : undefined };
}

/** A report with the method by which the provider knows this fact. */
export function asKnown(path: string, reported: Reported<unknown>): Reported<unknown> {
  if (reported.provenance.method !== "PARSED" || !besideTheFile.includes(path)) return reported;
  return { ...reported, provenance: { ...reported.provenance, method: "REPORTED" } };
}

/** Why the chosen report is believed, in plain words. */
export function reasonOf({ path, chosen, reports, reason }: Choice): string {
  if (reports.length === 1) return "the only one who tells it";
  const dissenting = reports.find(({ value }) => !isAlike(path, chosen.value, value));
  if (dissenting === undefined) return "told alike by all who tell it";
  return reason ?? reasonToBelieve(chosen.provenance, dissenting.provenance);
}
