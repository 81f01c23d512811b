import type { AuditedCaller, Pan, ProviderId } from "../domain";
import type { Fault } from "../kernel";
import type { Problem } from "../sessions";
import type { KeptAnswer, Run, RunState } from "./run";

export type { KeptAnswer, Run } from "./run";

/** A request for a run. */
export interface NewRun {
  readonly tenant: string;
  readonly by: AuditedCaller;
  readonly list: { readonly pans: readonly Pan[] } | { readonly upload: string };
  readonly mostPaise: number;
  readonly maxAgeMs: number | undefined;
  readonly reference: string | undefined;
  readonly idempotencyKey: string;
  /** All that was asked, as one text. The same text is the same request. */
  readonly request: string;
  readonly nowMs: number;
}

export type Started =
  | { readonly outcome: "STARTED" | "REPLAYED"; readonly run: Run }
  /** This key has been used for another request. */
  | { readonly outcome: "CONFLICT" }
  | { readonly outcome: "NO_SUCH_UPLOAD" };

/** A change of state. It happens only from one of these states. */
export interface RunMove {
  readonly from: readonly RunState[];
  readonly to: RunState;
  readonly problem?: Problem | undefined;
  /** When the work goes on by itself. Left out: it does not. */
  readonly dueAtMs?: number | undefined;
  readonly nowMs: number;
  /** For the audit trail. Left out where no caller asked for it. */
  readonly by?: AuditedCaller | undefined;
}

/** Some lines of a list, in order. A place is undefined where the person has been erased since. */
export interface Portion {
  readonly position: number;
  readonly pans: readonly (Pan | undefined)[];
}

/** A person of a run who has no answer yet. */
export interface OpenCheck {
  readonly taxpayerId: string;
  /** How often the provider has been asked. */
  readonly attempts: number;
}

/** What a call costs. */
export interface Call {
  readonly provider: ProviderId;
  readonly paise: number;
}

export interface Begun {
  /** Those that may be asked now: each is counted in the run and in the tenant's ledger. */
  readonly taxpayerIds: readonly string[];
  /** Why the others may not: the run's budget, the tenant's day, or a run that this process does not work on any more. */
  readonly refusal?: "BUDGET" | "NOT_OURS" | Fault | undefined;
}

/** The end of one attempt. */
export interface CheckEnd {
  readonly taxpayerId: string;
  /** Undefined: the person is asked again. */
  readonly answer: KeptAnswer | undefined;
  /** A call that was counted and not made. */
  readonly refund?: Call | undefined;
}

/** A line of a run that has its answer. */
export interface RunResult {
  readonly position: number;
  readonly taxpayerId: string;
  readonly answer: KeptAnswer;
}

export interface ResultPage {
  readonly first: number;
  /** The page starts after this position. */
  readonly after?: number | undefined;
}

/** Runs, their lists and their lines. This folder owns the port; the store implements it. */
export interface RunStore {
  start(run: NewRun): Promise<Started>;
  /** Unknown ids and other tenants' ids are not in the map. */
  byId(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Run>>;
  /** Undefined when the run is in none of the states to move from. Announced to every process. */
  move(run: Run, move: RunMove): Promise<Run | undefined>;
  /** In the order given. Lines without an answer and erased people are left out. */
  results(tenant: string, id: string, page: ResultPage): Promise<readonly RunResult[]>;

  /**
   * Claims the run that has waited longest, of those that are due and that no living process works on. This process works on
   * those in hand.
   */
  claim(nowMs: number, inHand: readonly string[]): Promise<Run | undefined>;
  /** Gives the claim up. The run stays due. */
  release(run: Run): Promise<void>;
  /** The lines that have no rows yet, some at a time. Undefined after the last. */
  nextPortion(run: Run): Promise<Portion | undefined>;
  /** Undefined where there is no such person any more: the line vanishes. */
  unfold(run: Run, portion: Portion, taxpayerIds: readonly (string | undefined)[]): Promise<void>;
  /** In the order given; those who have been asked about come last, so that one who always fails holds up nobody. */
  openChecks(run: Run, most: number): Promise<readonly OpenCheck[]>;
  /** Counts calls before they are made: all of it in one transaction, or nothing. */
  begin(run: Run, taxpayerIds: readonly string[], call: Call, nowMs: number): Promise<Begun>;
  finish(run: Run, ends: readonly CheckEnd[], nowMs: number): Promise<void>;
  /** Tells those who watch it that it has come further. */
  announce(run: Run): Promise<void>;
}

/** Uploaded lists. This folder owns the port; the store implements it. */
export interface UploadStore {
  /** Returns the id of an empty list. It can be used once it is complete. */
  begin(tenant: string, nowMs: number): Promise<string>;
  add(tenant: string, id: string, portions: readonly Portion[]): Promise<void>;
  /** Returns how many lines it has. */
  complete(tenant: string, id: string, nowMs: number): Promise<number>;
  /** For an upload that broke off. */
  discard(tenant: string, id: string): Promise<void>;
}
