import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Registry } from "prom-client";
import { requireScope } from "../graph/access";
import { roads } from "../graph/authorization/accessTable";
import type { Events } from "../kernel/events";
import { asFault, Fault, faultRegister } from "../kernel/fault";
import { documentsPath } from "../reading/documentLinks";
import { type Authenticate, authorizationOf } from "./tokens";
import { createCrossOrigin } from "./crossOrigin";
import { answerHealth, type Health } from "./health";
import { createLockDown } from "./securityHeaders";

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
  readonly isLive: boolean;
  /** Pages of other origins that may ask and read. */
  readonly allowedOrigins: readonly string[];
  /** Whoever comes when all of these are taken is turned away. */
  readonly maxConnections: number;
}

/** Times after which a slow sender is cut off. */
export interface Patience {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connectionsCheckingInterval: number;
}

const usualPatience: Patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
};

/** Far more than any client sends. Of headers beyond what the server reads it would not say that it has dropped them. */
const mostHeaders = 100;
const largestHeadersBytes = 16_384;

export function createHttpServer(settings: HttpSettings, patience: Patience = usualPatience): Server {
  const { graphql, documents, playground, health, events, isLive, allowedOrigins, maxConnections } = settings;
  const lockDown = createLockDown({ isLive });
  const isAnsweredPreflight = createCrossOrigin(allowedOrigins);
  const server = createServer({ ...patience, maxHeaderSize: largestHeadersBytes }, (request, response) => {
    lockDown(response);
    // A connection kept alive would hold up a server that is closing.
    response.once("close", () => {
      if (!server.listening) server.closeIdleConnections();
    });
    const path = request.url?.split("?", 1)[0] ?? "";
    const isForPages = path === "/graphql" || path.startsWith(documentsPath);
    const answer = async () => {
      if (request.rawHeaders.length > 2 * mostHeaders) response.writeHead(431, { connection: "close" }).end();
      else if (isForPages && isAnsweredPreflight(request, response)) return;
      else if (path === "/graphql") await graphql(request, response);
      else if (isForPages) await documents(request, response);
      else if (request.method !== "GET" && request.method !== "HEAD") refuseMethod(response);
      else if (path === "/health/live" || path === "/health/ready") await answerHealth(path, health, response);
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
  server.maxHeadersCount = 2 * mostHeaders;
  server.maxConnections = maxConnections;
  // Room is made by ending those who ask nothing, so that whoever comes next gets in.
  server.on("drop", () => {
    server.closeIdleConnections();
  });
  return server;
}

async function answerMetrics(
  { metrics, authenticate }: HttpSettings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  requireScope(await authenticate(authorizationOf(request)), roads["GET /metrics"]);
  const text = await metrics.metrics();
  response.writeHead(200, { "content-type": metrics.contentType, "cache-control": "no-store" }).end(text);
}

/** What is left is only to be read. */
function refuseMethod(response: ServerResponse): void {
  response.writeHead(405, { allow: "GET, HEAD", "cache-control": "no-store" }).end();
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
