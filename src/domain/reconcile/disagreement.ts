import type { ProviderId, Severity } from "../answer";
import type { Instant } from "../calendarDate";
import type { Rupees } from "../rupees";

/** Two providers, or one provider twice, tell one fact in different ways. */
export interface Disagreement {
  /** Where the fact stands: "incomeHeads.salary". */
  readonly path: string;
  readonly severity: Severity;
  /** Of those who tell the fact, whoever agrees with whom: at least one for each thing that is told. */
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
