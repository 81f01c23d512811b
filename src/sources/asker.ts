import type { AuditedCaller } from "../domain/auditRecord";
import type { Boarder } from "./flights";

/** What one operation has spent so far. */
export interface Cost {
  upstreamCalls: number;
  portalLogins: number;
  paise: number;
  heldAnswers: number;
  sharedFlights: number;
}

/** Who asks: in whose name, since when, until when, and at whose cost. */
export interface Asker extends Boarder {
  readonly tenant: string;
  readonly by: AuditedCaller;
  readonly cost: Cost;
}
