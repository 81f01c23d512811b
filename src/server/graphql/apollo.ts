import { ApolloServer, type ApolloServerPlugin, type GraphQLRequest, type HTTPGraphQLRequest } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GatewayInterface } from "@apollo/server-gateway-interface";
import {
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from "graphql";
import {
  type GraphContext,
  errorFormatter,
  malformedCodes,
  watch,
  extensionsOf,
  type Operation,
  type RunOperation,
} from "../../graph";
import { faultRegister } from "../../kernel";
import type { Gate, TrustedDocuments } from "../../guard";
import { createDocumentStore, createKnownOperations } from "./knownOperations";
import { codeOf, createOperationEvents, type OperationEvents, type OperationEventsSettings } from "./operationEvents";
import { questionIn, withText } from "./question";
import { createRepeatedAnswers } from "./repeatedAnswers";

interface ApolloSettings extends OperationEventsSettings, Pick<Gate, "guard" | "trusted"> {
  readonly schema: GraphQLSchema;
  readonly runOperation: RunOperation;
  readonly introspection: boolean;
}

/** One answer over HTTP. */
interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** GraphQL over HTTP, whatever carries the bytes. */
export interface GraphqlServer {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Throws for what is refused before it is validated; otherwise the context is made when the cost is known. */
  answer(request: HTTPGraphQLRequest, contextFor: (requestedCost: number) => GraphContext): Promise<HttpAnswer>;
}

/** A result that exists already, whose errors Apollo formats. */
interface Execution {
  done?: { readonly document: DocumentNode; readonly result: ExecutionResult };
}

interface ApolloContext extends GraphContext {
  readonly execution: Execution;
}

/**
 * Apollo Server validates a new document and formats every error. A document that it has answered before is executed
 * directly; if that fails, Apollo formats the error.
 */
export function createApollo(settings: ApolloSettings): GraphqlServer {
  const { runOperation, guard, trusted } = settings;
  const operations = createKnownOperations();
  const repeated = createRepeatedAnswers(settings.clock);
  const operationEvents = createOperationEvents(settings);
  const apollo = new ApolloServer<ApolloContext>({
    gateway: compiledGateway(settings),
    // Introspection is refused in graph/execution/operations, which serves WebSocket too.
    introspection: true,
    // A bearer token cannot be sent by a page of another origin without a preflight, which we answer to named origins only.
    csrfPrevention: { requestHeaders: ["authorization", "apollo-require-preflight", "x-apollo-operation-name"] },
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: createDocumentStore((document) => guard.mayBeKept(document)),
    includeStacktraceInErrorResponses: false,
    status400ForVariableCoercionErrors: true,
    hideSchemaDetailsFromClientErrors: !settings.introspection,
    stopOnTerminationSignals: false,
    formatError: errorFormatter({ suggestions: settings.introspection }),
    logger: silentLogger,
    plugins: [...nothingByItself, emitOperationEvents(operationEvents)],
  });

  async function askApollo(request: HTTPGraphQLRequest, context: GraphContext, execution: Execution) {
    const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: request,
      context: () => Promise.resolve({ ...context, execution }),
    });
    const text = body.kind === "complete" ? body.string : "";
    return { status: status ?? 200, headers: Object.fromEntries(headers), text };
  }

  /** Data as JSON where nothing has failed; else the result. */
  async function answerKnown(operation: Operation, context: GraphContext): Promise<string | ExecutionResult> {
    // Only queries: the variables of a mutation may hold a password, which must not become part of a key.
    const { data: given, keep } = isQuery(operation) ? await repeated.look(operation, context) : {};
    if (given !== undefined) return given;
    const watching = keep && watch(context);
    const result = await runOperation(operation, watching?.context ?? context);
    if (result.errors) return result;
    const data = JSON.stringify(result.data);
    const footprint = watching?.footprint();
    if (footprint && hasAskedNobody(context)) keep?.({ data, footprint });
    return data;
  }

  return {
    start: () => apollo.start(),
    stop: () => apollo.stop(),
    async answer(sent, contextFor) {
      const execution: Execution = {};
      const request = trusted ? trustedRequest(sent, trusted) : sent;
      const known = operations.find(request);
      if (known) {
        const { document, headers, admitted } = known;
        const context = contextFor(admitted.judge(known.operationName, known.variables));
        const answered = await answerKnown(known, context);
        if (typeof answered === "string") {
          operationEvents.ended(context, getOperationAST(document, known.operationName), []);
          return {
            status: 200,
            headers,
            text: `{"data":${answered},"extensions":${JSON.stringify(extensionsOf(context))}}\n`,
          };
        }
        execution.done = { document, result: answered };
        return askApollo(request, context, execution);
      }
      const { text, ...asked } = questionIn(request);
      const admitted = text === undefined ? undefined : guard.admit({ text, ...asked });
      const cost = admitted?.judge(asked.operationName, asked.variables) ?? 0;
      const answer = await askApollo(request, contextFor(cost), execution);
      const { done } = execution;
      if (admitted && done && !done.result.errors && answer.status === 200 && guard.mayBeKept(admitted.document)) {
        operations.learn(request, { admitted, document: done.document, headers: answer.headers });
      }
      return answer;
    },
  };
}

function trustedRequest(request: HTTPGraphQLRequest, trusted: TrustedDocuments): HTTPGraphQLRequest {
  const text = trusted.textOf(questionIn(request));
  return text === undefined ? request : withText(request, text);
}

/** Apollo's hook for another executor: it passes validated operations, and we run them compiled. */
function compiledGateway({ schema, runOperation }: ApolloSettings): GatewayInterface {
  return {
    load: () =>
      Promise.resolve({
        executor: async ({ document, request, context }) => {
          const { execution, ...graphContext } = context as ApolloContext;
          const { operationName, variables = {} } = request;
          execution.done ??= {
            document,
            result: await runOperation({ document, operationName, variables }, graphContext),
          };
          return execution.done.result as Awaited<
            ReturnType<Awaited<ReturnType<GatewayInterface["load"]>>["executor"] & object>
          >;
        },
      }),
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    stop: () => Promise.resolve(),
  };
}

function isQuery({ document, operationName }: Operation): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.QUERY;
}

/** A provider that is asked again may answer differently. */
function hasAskedNobody({ cost: { upstreamCalls, sharedFlights } }: GraphContext): boolean {
  return upstreamCalls + sharedFlights === 0;
}

function emitOperationEvents({ ended, failed }: OperationEvents): ApolloServerPlugin<ApolloContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors({ errors, document, operation, contextValue: { requestId } }) {
          failed(requestId, errors, document, operation);
          return Promise.resolve();
        },
        willSendResponse({ request, response, operation, errors, contextValue }) {
          const { requestId } = contextValue;
          if (response.http.status === 400 && errors?.every(isAboutOperation) && !asksForStatus(request.http)) {
            response.http.status = 200;
          }
          if (response.body.kind === "single" && isStoreAway(response.body.singleResult)) {
            response.http.status = faultRegister.STORE_UNAVAILABLE.httpStatus;
          }
          if (response.body.kind === "single" && response.body.singleResult.errors) {
            for (const { extensions } of response.body.singleResult.errors)
              Object.assign(extensions ?? {}, { requestId });
          }
          ended(contextValue, operation, errors?.map(codeOf) ?? []);
          return Promise.resolve();
        },
      }),
  };
}

/** Nothing was answered, for no other reason: clients and load balancers may ask again, or ask another process. */
function isStoreAway({ data, errors = [] }: FormattedExecutionResult): boolean {
  const hasNothing = Object.values(data ?? {}).every((value) => value === null);
  const codes = errors.map(({ extensions }) => extensions?.code);
  return hasNothing && codes.length > 0 && codes.every((code) => code === "STORE_UNAVAILABLE");
}

/**
 * Only the newer media type uses the HTTP status for GraphQL errors. With application/json a client would take a 400 for a
 * failure of a proxy, so there the status is 200.
 */
function asksForStatus(http: GraphQLRequest["http"]): boolean {
  return http?.headers.get("accept")?.includes("application/graphql-response+json") ?? false;
}

function isAboutOperation(error: GraphQLError): boolean {
  return malformedCodes.has(codeOf(error));
}

/** Apollo's defaults that are switched off: its landing page, tracing for routers, and reporting to Apollo's services. */
const nothingByItself = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

/** Apollo's own log lines may quote what a caller sent; we log through events. */
const silentLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
} satisfies Record<string, () => void>;
