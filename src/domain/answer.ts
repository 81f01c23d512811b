import type { Word } from "./vocabulary";
import type { Fault } from "../kernel";
import type { Instant } from "./calendarDate";

/** A document that can be asked for, from any provider. */
export type DocumentKind = Word<"DocumentKind">;

const kindsOfNoYear: readonly DocumentKind[] = ["PROFILE", "COMPLIANCE", "DEMANDS", "AADHAAR_LINK"];

/** Whether there is one document for each year, and not one for all years. */
export function isOfYear(document: DocumentKind): boolean {
  return !kindsOfNoYear.includes(document);
}

/** A provider's name in the registry: "EKO". */
export type ProviderId = string;

/** Who said it, how, and when. */
export interface Provenance {
  readonly provider: ProviderId;
  readonly method: Word<"ProvenanceMethod">;
  readonly fetchedAt: Instant;
  readonly session?: string;
  /** An earlier release read it, and left out what it did not look for. */
  readonly isOfOlderReader?: true;
}

/** An empty value is never FOUND: ABSENT is nothing on record, UNSUPPORTED nothing offered, FAILED nothing received. */
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

/** INFO is a curiosity, WARNING a reason to look closer, SERIOUS a reason not to lend on the figures. */
export type Severity = Word<"Severity">;
