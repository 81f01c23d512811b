import type { Events } from "../kernel/events";
import type { ConnectedProvider } from "../sources/connectedProvider";
import type { Cost } from "../sources/gather";
import type { Loaders } from "../sources/loaders";
import type { Access } from "./access";

/** All that one request's resolvers may reach. */
export interface GraphContext {
  readonly requestId: string;
  readonly startedAtMs: number;
  readonly access: Access;
  readonly loaders: Loaders;
  readonly cost: Cost;
  readonly connected: readonly ConnectedProvider[];
  readonly events: Events;
  /** Refuses PANs whose fourth letter names no holder type; the sandbox lets them in, because vendors' samples have them. */
  readonly strictHolder: boolean;
}
