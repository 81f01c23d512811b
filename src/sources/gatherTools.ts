import type { Clock } from "../kernel/clock";
import type { Events } from "../kernel/events";
import type { Limits } from "../kernel/limits";
import type { ConnectedProvider } from "../providers/provider";
import type { Flights } from "./flights";
import type { Append } from "./ledger";
import type { Logins } from "./loginPort";
import type { TaxpayerStore } from "./taxpayerStore";

export interface GatherTools {
  readonly store: TaxpayerStore;
  readonly connected: readonly ConnectedProvider[];
  readonly flights: Flights;
  readonly logins: Logins;
  /** Writes down what was read under a consent, and what was refused. */
  readonly append: Append;
  readonly clock: Clock;
  readonly events: Events;
  /** What one operation may spend. */
  readonly limits: Pick<Limits, "upstreamCalls" | "rupees">;
}
