import type { ProviderId, Severity } from "../answer";
import type { Instant } from "../calendarDate";
import type { Rupees } from "../rupees";

/** One fact with two different values, from two providers or from one. */
export interface Disagreement {
  /** The path of the fact: "incomeHeads.salary". */
  readonly path: string;
  readonly severity: Severity;
  /** At least one claim for each different value. */
  readonly claims: readonly Claim[];
  readonly chosen: ProviderId;
  /** Why the chosen one is believed, in plain words. */
  readonly reason: string;
}

export interface Claim {
  readonly provider: ProviderId;
  /** As text for people. */
  readonly value: string;
  /** The number, where the fact is an amount. */
  readonly amount?: Rupees | undefined;
  readonly asOf: Instant;
}
