import type { Boarder } from "./flights";

/** What one operation has spent so far. */
export interface Cost {
  upstreamCalls: number;
  portalLogins: number;
  paise: number;
  heldAnswers: number;
  sharedFlights: number;
}

/** Who asks: for whom, since when, until when, and at whose cost. */
export interface Asker extends Boarder {
  readonly tenant: string;
  readonly cost: Cost;
}
