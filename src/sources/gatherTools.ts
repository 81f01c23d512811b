import type { Clock } from "../kernel/clock";
import type { Events } from "../kernel/events";
import type { ConnectedProvider } from "../providers/connectedProvider";
import type { Flights } from "./flights";
import type { Append } from "./ledger";
import type { TaxpayerStore } from "./taxpayerStore";

export interface GatherTools {
  readonly store: TaxpayerStore;
  readonly connected: readonly ConnectedProvider[];
  readonly flights: Flights;
  /** Writes down what was read under a consent, and what was refused. */
  readonly append: Append;
  readonly clock: Clock;
  readonly events: Events;
  readonly upstreamBudget: number;
}
