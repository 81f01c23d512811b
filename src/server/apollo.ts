import { ApolloServer, type ApolloServerPlugin, type GraphQLRequest } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import type { GatewayInterface } from "@apollo/server-gateway-interface";
import type { GraphQLError, GraphQLSchema } from "graphql";
import type { GraphContext } from "../graph/context";
import { faultBehind, formatError, isMasked, malformedCodes } from "../graph/errors";
import type { RunOperation } from "../graph/operations";
import type { Clock } from "../kernel/clock";
import type { Events } from "../kernel/events";

export interface ApolloSettings {
  readonly schema: GraphQLSchema;
  readonly runOperation: RunOperation;
  readonly introspection: boolean;
  readonly clock: Clock;
  readonly events: Events;
}

export function createApollo(settings: ApolloSettings): ApolloServer<GraphContext> {
  return new ApolloServer<GraphContext>({
    gateway: compiledGateway(settings),
    introspection: settings.introspection,
    // A bearer token cannot be sent by a page of another origin without a preflight, which we do not answer.
    csrfPrevention: { requestHeaders: ["authorization", "apollo-require-preflight", "x-apollo-operation-name"] },
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    status400ForVariableCoercionErrors: true,
    hideSchemaDetailsFromClientErrors: !settings.introspection,
    stopOnTerminationSignals: false,
    formatError,
    logger: silentLogger,
    plugins: [ApolloServerPluginCacheControlDisabled(), tellEvents(settings)],
  });
}

/** Apollo's hook for another executor: it hands over parsed and validated operations, and we run them compiled. */
function compiledGateway({ schema, runOperation }: ApolloSettings): GatewayInterface {
  return {
    load: () =>
      Promise.resolve({
        executor: ({ document, request, context }) =>
          runOperation(
            { document, operationName: request.operationName, variables: request.variables ?? {} },
            context as GraphContext,
          ) as ReturnType<Awaited<ReturnType<GatewayInterface["load"]>>["executor"] & object>,
      }),
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    stop: () => Promise.resolve(),
  };
}

function tellEvents({ clock, events }: ApolloSettings): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors({ errors, contextValue: { requestId } }) {
          for (const error of errors) {
            if (isMasked(error)) events.emit("fault masked", { requestId, error: error.originalError ?? error });
          }
          return Promise.resolve();
        },
        willSendResponse({ request, response, operation, operationName, errors, contextValue }) {
          const { requestId, startedAtMs } = contextValue;
          if (response.http.status === 400 && errors?.every(isAboutOperation) && !asksForStatus(request.http)) {
            response.http.status = 200;
          }
          if (response.body.kind === "single" && response.body.singleResult.errors) {
            for (const { extensions } of response.body.singleResult.errors)
              Object.assign(extensions ?? {}, { requestId });
          }
          events.emit("operation ended", {
            requestId,
            operationName: operationName ?? undefined,
            kind: operation?.operation ?? "invalid",
            durationMs: clock.now() - startedAtMs,
            faults: errors?.map(codeOf) ?? [],
          });
          return Promise.resolve();
        },
      }),
  };
}

/**
 * Only answers of the newer media type speak through the HTTP status. With application/json a client could not tell a
 * refused operation from a failure on the way, so there it comes with 200.
 */
function asksForStatus(http: GraphQLRequest["http"]): boolean {
  return http?.headers.get("accept")?.includes("application/graphql-response+json") ?? false;
}

function isAboutOperation(error: GraphQLError): boolean {
  return malformedCodes.has(codeOf(error));
}

function codeOf(error: GraphQLError): string {
  const { code } = error.extensions;
  return faultBehind(error)?.code ?? (typeof code === "string" ? code : "INTERNAL");
}

/** Whatever is worth a line comes through events; Apollo's own words may quote what a caller sent. */
const silentLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
} satisfies Record<string, () => void>;
