import {
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
} from "graphql";
import type { SubscribePayload } from "graphql-ws";
import { mapAsyncIterator } from "graphql/execution/mapAsyncIterator";
import { type Access, coerceVariables, type GraphContext, withUsualErrors } from "../../graph";
import type { Gate } from "../../guard";
import type { Clock } from "../../kernel";
import type { MakeContext } from "../makeContext";
import { codeOf, type OperationEvents, askedIn } from "../graphql";

export interface ReadOperationSettings extends Pick<Gate, "guard" | "trusted" | "rates"> {
  readonly schema: GraphQLSchema;
  readonly makeContext: MakeContext;
  readonly clock: Clock;
}

/** Who asks, and until when. */
interface Asker {
  readonly requestId: string;
  readonly access: Access;
  readonly leaving: AbortSignal;
}

/** An operation as it is run, and on whose behalf. */
export interface WebSocketOperation {
  readonly requestId: string;
  readonly startedAtMs: number;
  readonly tenant: string;
  readonly leaving: AbortSignal;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** A subscription needs a context for each of its events. */
  readonly contextOfEvent: () => GraphContext;
}

/** Throws a fault for what is refused; the errors are those of a document that never became an operation. */
type ReadOperation = (asker: Asker, payload: SubscribePayload) => Promise<WebSocketOperation | GraphQLError[]>;

/** The same questions in the same order as over HTTP: how many, which, what is in it, and whether it makes sense. */
export function createReadOperation(settings: ReadOperationSettings, events: OperationEvents): ReadOperation {
  const { schema, guard, trusted, rates, makeContext, clock } = settings;
  return async ({ requestId, access, leaving }, payload) => {
    const startedAtMs = clock.now();
    const refused = (errors: readonly GraphQLError[], code: string) => {
      const complaints = errors.map((error) => coded(error, code));
      events.ended({ requestId, startedAtMs }, undefined, complaints.map(codeOf));
      return complaints;
    };
    const rate = await rates.take(access.tenant);
    const asked = { ...askedIn({ ...payload }), isInAddress: false };
    const text = (trusted ? trusted.textOf(asked) : asked.text) ?? "";
    const admitted = guard.admit({ ...asked, text });
    const document = admitted?.document ?? parsed(text);
    if (document instanceof GraphQLError) return refused([document], "GRAPHQL_PARSE_FAILED");
    const errors = validate(schema, document);
    if (errors.length > 0) return refused(errors, "GRAPHQL_VALIDATION_FAILED");
    const { operationName, variables } = asked;
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const complaint = new GraphQLError("The name of the operation to run is missing, or is that of none here.");
      return refused([complaint], "OPERATION_RESOLUTION_FAILURE");
    }
    const requestedCost = admitted?.judge(operationName, variables) ?? 0;
    const signal = () => leaving;
    return {
      requestId,
      startedAtMs,
      tenant: access.tenant,
      leaving,
      document,
      operation,
      operationName,
      variables,
      contextOfEvent: () => makeContext({ requestId, startedAtMs: clock.now(), access, signal, rate, requestedCost }),
    };
  };
}

function parsed(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text);
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return thrown;
    throw thrown;
  }
}

/** What Apollo does for HTTP: says by a code that a document never became an operation. */
function coded(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code },
  });
}

/**
 * Subscribes as graphql-js does, but for the context: loaders remember what they have read, so that each event is
 * executed in a context of its own.
 */
export async function subscribeAfresh(
  args: ExecutionArgs,
  makeContext: () => GraphContext,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const operation = getOperationAST(args.document, args.operationName);
  const coerced = operation
    ? coerceVariables(args.schema, args.document, operation, args.variableValues ?? {})
    : undefined;
  if (coerced?.errors) return coerced;
  const events = await createSourceEventStream({ ...args, contextValue: makeContext() });
  if (!(Symbol.asyncIterator in events)) return withUsualErrors(events);
  return mapAsyncIterator(events, (rootValue) => execute({ ...args, rootValue, contextValue: makeContext() }));
}
