import type { Word } from "../vocabulary";
import type { Rupees } from "../rupees";
import type { Severity } from "../answer";

/** One thing that must be so in an honest return, and whether it is. */
export interface Check extends Finding {
  readonly name: Word<"CheckName">;
  /** How grave it is, or would be, to fail. */
  readonly severity: Severity;
}

export interface Finding {
  readonly outcome: Word<"CheckOutcome">;
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
