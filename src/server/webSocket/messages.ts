import { CloseCode, MessageType, parseMessage, type Server } from "graphql-ws";
import type { RawData, WebSocket } from "ws";

/** Proxies end what is silent for a minute, and who is gone for good must not hold a place. */
const pingEveryMs = 12_000;

const typesOfServers: ReadonlySet<string> = new Set([MessageType.ConnectionAck, MessageType.Next, MessageType.Error]);

/**
 * Carries messages between a socket and graphql-ws, whose own carrier writes on standard error whatever a caller does
 * wrong.
 */
export function carryMessages<Extra extends Record<PropertyKey, unknown>>(
  graph: Server<Extra>,
  socket: WebSocket,
  extra: Extra,
  onFailure: (thrown: unknown) => void,
): void {
  // ws itself closes a socket that breaks the protocol, with the code that says how.
  socket.on("error", () => undefined);
  const stopPinging = ping(socket);
  const hear = (listen: (text: string) => Promise<void>) => async (data: RawData) => {
    const text = (data as Buffer).toString();
    try {
      await listen(text);
    } catch (thrown) {
      if (isForServersToSay(text)) {
        socket.close(CloseCode.BadRequest, "Invalid message received");
        return;
      }
      onFailure(thrown);
      socket.close(CloseCode.InternalServerError, "Internal server error");
    }
  };
  const closed = graph.opened(
    {
      protocol: socket.protocol,
      send: (text) =>
        new Promise((sent) => {
          // The peer may have left, which is no failure.
          if (socket.readyState === socket.OPEN)
            socket.send(text, () => {
              sent();
            });
          else sent();
        }),
      close: (code, reason) => {
        socket.close(code, reason);
      },
      onMessage: (listen) => {
        const heard = hear(listen);
        socket.on("message", (data) => void heard(data));
      },
    },
    extra,
  );
  socket.once("close", (code, reason) => {
    stopPinging();
    closed(code, reason.toString()).catch(onFailure);
  });
}

function isForServersToSay(text: string): boolean {
  return typesOfServers.has(parseMessage(text).type);
}

function ping(socket: WebSocket): () => void {
  let hasAnswered = true;
  socket.on("pong", () => {
    hasAnswered = true;
  });
  const interval = setInterval(() => {
    if (!hasAnswered) socket.terminate();
    hasAnswered = false;
    socket.ping();
  }, pingEveryMs);
  return () => {
    clearInterval(interval);
  };
}
