import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, Server } from "node:http";
import {
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type FormattedExecutionResult,
  type GraphQLSchema,
} from "graphql";
import type { SubscribePayload } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer, type WebSocket } from "ws";
import type { Access } from "../graph/access";
import type { GraphContext } from "../graph/context";
import { formatError } from "../graph/errors";
import type { RunOperation } from "../graph/operations";
import type { Clock } from "../kernel/clock";
import type { Authenticate } from "./authentication";
import { subscribeAfresh } from "./freshSubscribe";
import type { MakeContext } from "./graphqlRoute";
import { largestBodyBytes } from "./requestBody";

interface Connection extends Record<PropertyKey, unknown> {
  access?: Access;
  /** Aborts when the socket closes. */
  leaving?: AbortSignal;
}

export interface WebSocketSettings {
  readonly server: Server;
  readonly schema: GraphQLSchema;
  readonly runOperation: RunOperation;
  readonly authenticate: Authenticate;
  readonly makeContext: MakeContext;
  readonly clock: Clock;
}

/** Operations over `graphql-transport-ws` on /graphql: the same schema, access and errors as over HTTP. */
export function acceptWebSockets(settings: WebSocketSettings): { close(): Promise<void> } {
  const { server, schema, runOperation, authenticate, makeContext, clock } = settings;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestBodyBytes });
  server.on("upgrade", (request, socket, head) => {
    const isOurs = request.url?.split("?", 1)[0] === "/graphql" && isSameOrigin(request.headers);
    if (!isOurs) {
      socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit("connection", webSocket, request));
  });
  const graph = useServer<Record<string, unknown>, Connection>(
    {
      onSubscribe: (_context, _id, payload) => readOperation(schema, payload),
      subscribe: (args: ExecutionArgs) => subscribeAfresh(args, args.contextValue as () => GraphContext),
      execute: (args: ExecutionArgs) =>
        runOperation(
          {
            document: args.document,
            operationName: args.operationName ?? undefined,
            variables: args.variableValues ?? {},
          },
          (args.contextValue as () => GraphContext)(),
        ),
      async onConnect({ connectionParams, extra }) {
        const { authorization } = connectionParams ?? {};
        try {
          extra.access = await authenticate(typeof authorization === "string" ? authorization : undefined);
          extra.leaving = leavingSignal(extra.socket);
          return true;
        } catch {
          return false;
        }
      },
      // A subscription needs a context for each of its events, so what is handed on is how to make one.
      context:
        ({ extra }) =>
        () => {
          const { access, leaving } = extra;
          if (!access || !leaving) throw new Error("an operation came before its connection was acknowledged");
          return makeContext({ requestId: randomUUID(), startedAtMs: clock.now(), access, signal: () => leaving });
        },
      onError: (_context, _id, _payload, errors) => errors.map((error) => formatted(error)),
      onNext: (_context, _id, _payload, _args, result) =>
        ({ ...result, ...(result.errors && { errors: result.errors.map(formatted) }) }) as FormattedExecutionResult,
    },
    sockets,
  );
  return { close: async () => graph.dispose() };
}

function leavingSignal(socket: WebSocket): AbortSignal {
  const leaving = new AbortController();
  socket.once("close", () => {
    leaving.abort();
  });
  return leaving.signal;
}

function readOperation(schema: GraphQLSchema, payload: SubscribePayload): ExecutionArgs | GraphQLError[] {
  const { operationName, variables } = payload;
  let document: DocumentNode;
  try {
    document = parse(payload.query);
  } catch (error) {
    return [coded(error as GraphQLError, "GRAPHQL_PARSE_FAILED")];
  }
  const errors = validate(schema, document);
  if (errors.length > 0) return errors.map((error) => coded(error, "GRAPHQL_VALIDATION_FAILED"));
  return { schema, document, operationName: operationName ?? null, variableValues: variables ?? null };
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

function formatted(error: GraphQLError) {
  return formatError(error.toJSON(), error);
}

/** A browser names the page's origin; whatever names none is not a browser. */
function isSameOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
