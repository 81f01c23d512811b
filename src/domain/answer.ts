import type { Word } from "./vocabulary";
import type { Fault } from "../kernel";
import type { Instant } from "./calendarDate";

/** What can be asked about a taxpayer, whoever supplies it. */
export type DocumentKind = Word<"DocumentKind">;

const kindsOfNoYear: readonly DocumentKind[] = ["PROFILE", "COMPLIANCE", "DEMANDS", "AADHAAR_LINK"];

/** Whether there is one of it for each year, and not one for all of them. */
export function isOfYear(document: DocumentKind): boolean {
  return !kindsOfNoYear.includes(document);
}

/** A provider's name in the registry, which alone says whom there is: "EKO". */
export type ProviderId = string;

/** Who said it, how, and when. */
export interface Provenance {
  readonly provider: ProviderId;
  readonly method: Word<"ProvenanceMethod">;
  readonly fetchedAt: Instant;
  readonly session?: string;
  /** An earlier release has read and kept it: what that release did not look for is left out. */
  readonly isOfOlderReader?: true;
}

/** An empty value is never found: nothing on record, nothing on offer, and nothing received are three other answers. */
export type Answer<T> = Found<T> | Absent | Unsupported | Failed;

export interface Found<T> {
  readonly outcome: "FOUND";
  readonly value: T;
  readonly provenance: Provenance;
  /** The names of the files that came with it. */
  readonly files?: readonly string[] | undefined;
}

export interface Absent {
  readonly outcome: "ABSENT";
  readonly provenance: Provenance;
  /** Which kind of nothing, where the provider says so: PAN_NOT_FOUND, for instance. */
  readonly fault?: Fault;
}

interface Unsupported {
  readonly outcome: "UNSUPPORTED";
  readonly provider: ProviderId;
}

interface Failed {
  readonly outcome: "FAILED";
  readonly provider: ProviderId;
  readonly fault: Fault;
}

export function found<T>(value: T, provenance: Provenance): Found<T> {
  return { outcome: "FOUND", value, provenance };
}

export function absent(provenance: Provenance, fault?: Fault): Absent {
  return fault === undefined ? { outcome: "ABSENT", provenance } : { outcome: "ABSENT", provenance, fault };
}

export function unsupported(provider: ProviderId): Unsupported {
  return { outcome: "UNSUPPORTED", provider };
}

export function failed(provider: ProviderId, fault: Fault): Failed {
  return { outcome: "FAILED", provider, fault };
}

/** How much a reader of the figures has to care: a curiosity, a reason to look closer, a reason not to lend on them. */
export type Severity = Word<"Severity">;
