import type { GraphQLSchema } from "graphql";
import { type Clock, type Events, beyond, untilLater, type Limits } from "../kernel";
import { createAtOnce, type Leave, createRequestRates, type RequestRates } from "./requestRates";
import { createGuard, type Guard } from "./guard";
import type { RateWindowStore } from "./ports";
import { createTrustedDocuments, problemsOf, type TrustedDocument, type TrustedDocuments } from "./trustedDocuments";

/** All checks that an operation passes before it runs, over HTTP and WebSocket. */
export interface Gate {
  readonly guard: Guard;
  /** Undefined: any document may be asked. */
  readonly trusted: TrustedDocuments | undefined;
  readonly rates: RequestRates;
  /** Starts an operation or a subscription of a tenant, unless too many are running. */
  readonly enter: Readonly<Record<"operation" | "subscription", (tenant: string) => Leave>>;
}

interface GateSettings {
  readonly schema: GraphQLSchema;
  readonly limits: Limits;
  readonly trustedDocuments: readonly TrustedDocument[] | undefined;
  readonly introspection: boolean;
  readonly store: RateWindowStore;
  readonly clock: Pick<Clock, "now">;
  readonly events: Events;
}

/** `problems` says what is wrong with the registered documents. */
export function createGate(settings: GateSettings): Gate & { readonly problems: readonly string[] } {
  const { schema, limits, trustedDocuments } = settings;
  const guard = createGuard(schema, limits);
  return {
    guard,
    problems: trustedDocuments ? problemsOf(trustedDocuments, schema, guard) : [],
    trusted: trustedDocuments && createTrustedDocuments(trustedDocuments, settings),
    rates: createRequestRates(settings),
    enter: {
      operation: createAtOnce(limits.operationsAtOnce, () => untilLater("operationsAtOnce", limits, 1)),
      subscription: createAtOnce(limits.subscriptionsAtOnce, () => beyond("subscriptionsAtOnce", limits)),
    },
  };
}
