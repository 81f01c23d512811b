import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import { promisify } from "node:util";
import { GraphQLError, type ExecutionArgs, type ExecutionResult, type FormattedExecutionResult } from "graphql";
import { CloseCode, handleProtocols, makeServer } from "graphql-ws";
import { WebSocketServer, type WebSocket } from "ws";
import { type Access, errorFormatter, type RunOperation } from "../../graph";
import type { Gate } from "../../guard";
import { type Clock, asFault, Fault, faultRegister, type Limits, lazy, noTracer, type Tracer } from "../../kernel";
import type { Authenticate } from "../tokens";
import { mayOpenSocket } from "../http";
import { codeOf, createOperationEvents, type OperationEventsSettings } from "../graphql";
import { subscribeAfresh, createReadOperation, type ReadOperationSettings, type WebSocketOperation } from "./operation";
import { atTokenEnd, hasEnded } from "./tokenEnd";
import { untilOver } from "./untilOver";
import { carryMessages } from "./messages";

interface Connection extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  access?: Access;
  /** Aborts when the socket closes. */
  leaving?: AbortSignal;
}

export interface WebSocketSettings extends ReadOperationSettings, OperationEventsSettings, Gate {
  readonly server: Server;
  readonly runOperation: RunOperation;
  readonly authenticate: Authenticate;
  readonly introspection: boolean;
  readonly limits: Limits;
  /** Callers' tokens live in the real day. */
  readonly tokenClock: Clock;
  /** Pages of other origins that may connect. */
  readonly allowedOrigins: readonly string[];
  readonly tracer?: Tracer | undefined;
}

/** Operations over `graphql-transport-ws` on /graphql: the same schema, access and errors as over HTTP. */
export function acceptWebSockets(settings: WebSocketSettings): { close(): Promise<void> } {
  const {
    server,
    schema,
    runOperation,
    authenticate,
    enter,
    limits,
    tokenClock,
    allowedOrigins,
    events,
    tracer = noTracer,
  } = settings;
  const formatError = errorFormatter({ suggestions: settings.introspection });
  const formatted = (error: GraphQLError) => formatError(error.toJSON(), error);
  const operationEvents = createOperationEvents(settings);
  const readOperation = createReadOperation(settings, operationEvents);

  function onFailure(error: unknown): void {
    events.emit("fault masked", { requestId: undefined, error });
  }

  function refusal(requestId: string, thrown: unknown): GraphQLError {
    const fault = asFault(thrown);
    const { httpStatus } = faultRegister[fault.code];
    if (fault.code === "INTERNAL") events.emit("fault masked", { requestId, error: thrown });
    events.emit("request refused", { requestId, code: fault.code, httpStatus });
    return new GraphQLError(fault.message, { originalError: fault });
  }

  /** graphql-ws has started the operation already, so that a refusal is sent as its result. */
  async function orRefusal<Result>(requestId: string, run: () => Promise<Result>): Promise<Result | ExecutionResult> {
    try {
      return await run();
    } catch (thrown) {
      return { errors: [refusal(requestId, thrown)] };
    }
  }

  function reportErrors({ requestId, document, operation }: WebSocketOperation, { errors = [] }: ExecutionResult) {
    operationEvents.failed(requestId, errors, document, operation);
    return errors.map(codeOf);
  }

  async function run(asked: WebSocketOperation): Promise<ExecutionResult> {
    const leave = enter.operation(asked.tenant);
    try {
      const result = await runOperation(asked, asked.contextOfEvent());
      operationEvents.ended(asked, asked.operation, reportErrors(asked, result));
      return result;
    } finally {
      leave();
    }
  }

  function watch(asked: WebSocketOperation, args: ExecutionArgs) {
    const leave = enter.subscription(asked.tenant);
    const faults = new Set<string>();
    const listener = {
      heard(result: ExecutionResult) {
        for (const code of reportErrors(asked, result)) faults.add(code);
      },
      over: lazy(() => {
        leave();
        operationEvents.ended(asked, asked.operation, [...faults]);
      }),
    };
    return untilOver(() => subscribeAfresh(args, asked.contextOfEvent), listener, asked.leaving);
  }

  const graph = makeServer<Record<string, unknown>, Connection>({
    async onSubscribe({ extra: { access, leaving, socket } }, _id, payload) {
      const requestId = randomUUID();
      try {
        if (!access || !leaving || hasEnded(access, tokenClock)) {
          leaveToRefresh(socket);
          throw new Fault("UNAUTHENTICATED");
        }
        const asked = await readOperation({ requestId, access, leaving }, payload);
        if (Array.isArray(asked)) return asked;
        const { document, operationName, variables } = asked;
        return {
          schema,
          document,
          operationName: operationName ?? null,
          variableValues: variables,
          contextValue: asked,
        };
      } catch (thrown) {
        return [refusal(requestId, thrown)];
      }
    },
    subscribe(args: ExecutionArgs) {
      const asked = args.contextValue as WebSocketOperation;
      return orRefusal(asked.requestId, () => watch(asked, args));
    },
    execute({ contextValue }: ExecutionArgs) {
      const asked = contextValue as WebSocketOperation;
      return tracer.span(tracedOperation, () => orRefusal(asked.requestId, () => run(asked)));
    },
    async onConnect({ connectionParams, extra }) {
      const { authorization } = connectionParams ?? {};
      try {
        const access = await authenticate(typeof authorization === "string" ? authorization : undefined);
        const { socket } = extra;
        extra.access = access;
        extra.leaving = leavingSignal(socket);
        const cancel = atTokenEnd(access, tokenClock, () => {
          leaveToRefresh(socket);
        });
        socket.once("close", cancel);
        return true;
      } catch (thrown) {
        refusal(randomUUID(), thrown);
        return false;
      }
    },
    onError: (_context, _id, _payload, errors) => errors.map((error) => formatted(error)),
    onNext: (_context, _id, _payload, _args, result) =>
      ({ ...result, ...(result.errors && { errors: result.errors.map(formatted) }) }) as FormattedExecutionResult,
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.bodyBytes, handleProtocols });
  server.on("upgrade", (request, socket, head) => {
    // node:http lets go of a socket that asks for an upgrade, and an error that nobody hears would end the process.
    socket.on("error", () => socket.destroy());
    const isOurs = request.url?.split("?", 1)[0] === "/graphql" && mayOpenSocket(request.headers, allowedOrigins);
    if (!isOurs) {
      turnAway(socket);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      carryMessages(graph, webSocket, { socket: webSocket }, onFailure);
    });
  });
  return {
    close: async () => {
      for (const socket of sockets.clients) socket.close(1001, "Going away");
      // A peer that does not answer the close frame must not hold up the end of the process.
      const cut = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, closeMs);
      await promisify(sockets.close.bind(sockets))();
      clearTimeout(cut);
    },
  };
}

const closeMs = 1_500;
const tracedOperation = { kind: "OPERATION", name: "graphql" } as const;

/**
 * With the code that is no end of it for the usual clients: they come back, and may bring a new token. Subscriptions end
 * with their socket.
 */
function leaveToRefresh(socket: WebSocket): void {
  socket.close(CloseCode.Forbidden, "Forbidden");
}

function leavingSignal(socket: WebSocket): AbortSignal {
  const leaving = new AbortController();
  socket.once("close", () => {
    leaving.abort();
  });
  return leaving.signal;
}

/** Destroys the socket, because a peer that never closes its end would keep it half open for ever. */
function turnAway(socket: Duplex): void {
  socket.once("finish", () => socket.destroy());
  socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
}
