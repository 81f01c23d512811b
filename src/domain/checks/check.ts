import type { Rupees } from "../rupees";
import type { Severity } from "../answer";

export const checkNames = [
  "HEADS_ADD_UP",
  "TOTAL_INCOME_ADDS_UP",
  "SETTLEMENT_ADDS_UP",
  "FILED_IN_TIME",
  "ACKNOWLEDGEMENT_DATED",
  "TAX_CREDITS_COVER_CLAIM",
  "TAX_RECOMPUTED",
] as const;
export type CheckName = (typeof checkNames)[number];

export const checkOutcomes = ["PASSED", "FAILED", "NOT_POSSIBLE"] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];

/** One thing that must be so in an honest return, and whether it is. */
export interface Check extends Finding {
  readonly name: CheckName;
  /** How grave it is, or would be, to fail. */
  readonly severity: Severity;
}

export interface Finding {
  readonly outcome: CheckOutcome;
  /** Plain words, which name no person and no number of theirs. */
  readonly message: string;
  readonly expected?: Rupees | undefined;
  readonly found?: Rupees | undefined;
  /** So far apart the two may be. */
  readonly tolerance?: Rupees | undefined;
}

export function passed(message: string): Finding {
  return { outcome: "PASSED", message };
}

export function failed(message: string): Finding {
  return { outcome: "FAILED", message };
}

export function notPossible(message: string): Finding {
  return { outcome: "NOT_POSSIBLE", message };
}
