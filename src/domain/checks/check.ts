import type { Word } from "../vocabulary";
import type { Rupees } from "../rupees";
import type { Severity } from "../answer";

/** One check of a return, and its outcome. */
export interface Check extends Finding {
  readonly name: Word<"CheckName">;
  /** How serious a failure is. */
  readonly severity: Severity;
}

export interface Finding {
  readonly outcome: Word<"CheckOutcome">;
  /** Plain words. It names no person and no identifier. */
  readonly message: string;
  readonly expected?: Rupees | undefined;
  readonly found?: Rupees | undefined;
  /** The largest difference that is accepted. */
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
