import type { DocumentNode, GraphQLError, OperationDefinitionNode } from "graphql";
import { type GraphContext, faultBehind, isMasked, type SensitiveNames } from "../../graph";
import { loggableName, shapeOf } from "../../guard";
import type { Clock, Events } from "../../kernel";

/** Undefined for a document that never became an operation. */
type AskedOperation = OperationDefinitionNode | null | undefined;

/** Emits the events of an operation, over HTTP and WebSocket. */
export interface OperationEvents {
  readonly ended: (
    context: Pick<GraphContext, "requestId" | "startedAtMs">,
    operation: AskedOperation,
    faults: readonly string[],
  ) => void;
  /** Emits an event for each error that is our own failure. */
  readonly failed: (
    requestId: string,
    errors: readonly GraphQLError[],
    document: DocumentNode | undefined,
    operation: AskedOperation,
  ) => void;
}

export interface OperationEventsSettings {
  readonly sensitive: SensitiveNames;
  readonly clock: Clock;
  readonly events: Events;
}

export function createOperationEvents({ sensitive, clock, events }: OperationEventsSettings): OperationEvents {
  return {
    ended({ requestId, startedAtMs }, operation, faults) {
      events.emit("operation ended", {
        requestId,
        operationName: loggableName(operation?.name?.value),
        kind: operation?.operation ?? "invalid",
        durationMs: clock.now() - startedAtMs,
        faults,
      });
    },
    failed(requestId, errors, document, operation) {
      for (const error of errors.filter(isMasked)) {
        const shape = document && operation ? shapeOf(document, operation, sensitive) : undefined;
        events.emit("fault masked", { requestId, error: error.originalError ?? error, operation: shape });
      }
    },
  };
}

export function codeOf(error: GraphQLError): string {
  const { code } = error.extensions;
  return faultBehind(error)?.code ?? (typeof code === "string" ? code : "INTERNAL");
}
