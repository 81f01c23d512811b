import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Registry } from "prom-client";
import type { Events } from "../kernel/events";
import { asFault, Fault, faultRegister } from "../kernel/fault";
import { documentsPath } from "../sources/documentLinks";
import type { Authenticate } from "./authentication";
import { answerHealth, type Health } from "./health";

type Route = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface HttpSettings {
  readonly graphql: Route;
  readonly documents: Route;
  /** Answers false for what is not its own. */
  readonly playground: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  readonly health: Health;
  readonly metrics: Registry;
  readonly authenticate: Authenticate;
  readonly events: Events;
}

/** Times after which a slow sender is cut off. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
const keepAliveTimeoutMs = 65_000;
const connectionsCheckingIntervalMs = 5_000;

export function createHttpServer(settings: HttpSettings): Server {
  const { graphql, documents, playground, health, events } = settings;
  const options = {
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: connectionsCheckingIntervalMs,
  };
  const server = createServer(options, (request, response) => {
    // A connection kept alive would hold up a server that is closing.
    response.once("close", () => {
      if (!server.listening) server.closeIdleConnections();
    });
    const path = request.url?.split("?", 1)[0] ?? "";
    const answer = async () => {
      if (path === "/graphql") await graphql(request, response);
      else if (path === "/health/live" || path === "/health/ready") await answerHealth(path, health, response);
      else if (path.startsWith(documentsPath)) await documents(request, response);
      else if (path === "/metrics") await answerMetrics(settings, request, response);
      else if (path === "/" && playground) response.writeHead(302, { location: "/playground" }).end();
      else if (!playground?.(request, response)) throw new Fault("NOT_FOUND");
    };
    answer().catch((thrown: unknown) => {
      const fault = asFault(thrown);
      if (fault.code === "INTERNAL") events.emit("fault masked", { requestId: undefined, error: thrown });
      refuse(response, fault);
    });
  });
  return server;
}

async function answerMetrics(
  { metrics, authenticate }: HttpSettings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { scopes } = await authenticate(request.headers.authorization);
  if (!scopes.has("ops:read")) throw new Fault("FORBIDDEN", { hint: "It needs the scope ops:read." });
  const text = await metrics.metrics();
  response.writeHead(200, { "content-type": metrics.contentType, "cache-control": "no-store" }).end(text);
}

function refuse(response: ServerResponse, fault: Fault): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({ error: { code: fault.code, message: fault.message } });
  const headers = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
  response.writeHead(faultRegister[fault.code].httpStatus, headers).end(body);
}
