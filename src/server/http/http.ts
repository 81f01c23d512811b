import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  type IncomingHttpHeaders,
} from "node:http";
import type { Registry } from "prom-client";
import { requireScope, scopesByRoute } from "../../graph";
import { type Events, asFault, Fault, faultRegister } from "../../kernel";
import { documentsPath } from "../../reading";
import { type Authenticate, authorizationOf } from "../tokens";
import { uploadsPath } from "./uploadRoute";

interface Health {
  /** Whether this process should be given requests: it is not stopping, and its database answers. */
  isReady(): Promise<boolean>;
}

async function answerHealth(path: string, health: Health, response: ServerResponse): Promise<void> {
  const isLiveness = path === "/health/live";
  const isFine = isLiveness || (await health.isReady());
  response.writeHead(isFine ? 200 : 503, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ status: isFine ? "ok" : "unavailable" }));
}

const preflightHeaders = {
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": "authorization, content-type, apollo-require-preflight, x-apollo-operation-name",
  "access-control-max-age": "600",
};

/** What a page may read of an answer, beyond the few headers that it always may. */
const readableHeaders = "content-disposition, ratelimit, ratelimit-policy, retry-after, x-request-id";

/**
 * Lets pages of the named origins read answers, and answers their preflights: true says that this was one. No cookie
 * ever counts here, so nobody is given leave to send any.
 */
function createCrossOrigin(allowedOrigins: readonly string[]) {
  return ({ method, headers }: IncomingMessage, response: ServerResponse): boolean => {
    const { origin } = headers;
    if (origin === undefined || !allowedOrigins.includes(origin)) return false;
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-expose-headers", readableHeaders);
    response.setHeader("vary", "origin");
    const isPreflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
    if (isPreflight) response.writeHead(204, preflightHeaders).end();
    return isPreflight;
  };
}

/** A browser names the origin of the page that opens a WebSocket; whatever names none is not a browser. */
export function mayOpenSocket({ origin, host }: IncomingHttpHeaders, allowedOrigins: readonly string[]): boolean {
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** What no page may make of an answer: frame it, guess its type, learn where it was read, or keep a hold on its window. */
const onEveryAnswer: readonly (readonly [name: string, value: string])[] = [
  ["x-content-type-options", "nosniff"],
  ["content-security-policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"],
];

const yearSeconds = 31_536_000;

/** Set before anybody answers, so that no route can forget them; a page names a policy of its own over this one. */
function createLockDown({ isLive }: { isLive: boolean }): (response: ServerResponse) => void {
  // TLS ends in front of us. Browsers heed this header only where it came over TLS, so it does no harm elsewhere.
  const headers = isLive
    ? [...onEveryAnswer, ["strict-transport-security", `max-age=${yearSeconds}; includeSubDomains`] as const]
    : onEveryAnswer;
  return (response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
  };
}

type Route = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Routes by the beginning of their paths. */
export type TaxpayerPages = ReadonlyMap<string, Route>;

export interface ServedPage {
  readonly path: string;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => boolean;
}

interface HttpSettings {
  readonly graphql: Route;
  readonly documents: Route;
  /** The taxpayers' pages, by the beginning of their paths. */
  readonly taxpayerPages: TaxpayerPages;
  /** The public keys of consents' receipts, as JSON. */
  readonly receiptKeys: () => Promise<unknown>;
  readonly uploads: Route;
  /** Each answers false for what is not its own. "/" leads to the first. */
  readonly pages: readonly ServedPage[];
  readonly health: Health;
  readonly metrics: Pick<Registry, "contentType" | "metrics">;
  readonly authenticate: Authenticate;
  readonly events: Events;
  readonly isLive: boolean;
  /** Pages of other origins that may ask and read. */
  readonly allowedOrigins: readonly string[];
  /** Connections beyond this number are refused. */
  readonly maxConnections: number;
}

/** Times after which a slow sender is cut off. */
export interface Patience {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  /** For a list that is uploaded, which may be long. */
  readonly uploadTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connectionsCheckingInterval: number;
}

const usualPatience: Patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  uploadTimeout: 600_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
};

/** Far more than any client sends. Of headers beyond what the server reads it would not say that it has dropped them. */
const mostHeaders = 100;
const largestHeadersBytes = 16_384;

export function createHttpServer(settings: HttpSettings, patience: Patience = usualPatience): Server {
  const { graphql, documents, uploads, taxpayerPages, pages, health, events, isLive, allowedOrigins, maxConnections } =
    settings;
  const lockDown = createLockDown({ isLive });
  const isAnsweredPreflight = createCrossOrigin(allowedOrigins);
  const { uploadTimeout, ...usual } = patience;
  const options = { ...usual, requestTimeout: uploadTimeout, maxHeaderSize: largestHeadersBytes };
  const server = createServer(options, (request, response) => {
    lockDown(response);
    // A connection kept alive would hold up a server that is closing.
    response.once("close", () => {
      if (!server.listening) server.closeIdleConnections();
    });
    const path = request.url?.split("?", 1)[0] ?? "";
    if (path !== uploadsPath) cutOffLate(request, response, patience.requestTimeout);
    const isForPages = path === "/graphql" || path.startsWith(documentsPath);
    const page = [...taxpayerPages].find(([beginning]) => path.startsWith(beginning))?.[1];
    const answer = async () => {
      if (request.rawHeaders.length > 2 * mostHeaders) response.writeHead(431, { connection: "close" }).end();
      else if (isForPages && isAnsweredPreflight(request, response)) return;
      else if (path === "/graphql") await graphql(request, response);
      else if (isForPages) await documents(request, response);
      else if (page) await page(request, response);
      else if (path === uploadsPath) await uploads(request, response);
      else if (request.method !== "GET" && request.method !== "HEAD") refuseMethod(response);
      else if (path === "/health/live" || path === "/health/ready") await answerHealth(path, health, response);
      else if (path === keysPath) await answerKeys(settings, response);
      else if (path === "/metrics") await answerMetrics(settings, request, response);
      else if (path === "/" && pages[0]) response.writeHead(302, { location: pages[0].path }).end();
      else if (!pages.some((page) => page.answer(request, response))) throw new Fault("NOT_FOUND");
    };
    answer().catch((thrown: unknown) => {
      const fault = asFault(thrown);
      if (fault.code === "INTERNAL") events.emit("fault masked", { requestId: undefined, error: thrown });
      refuse(response, fault);
    });
  });
  server.maxHeadersCount = 2 * mostHeaders;
  server.maxConnections = maxConnections;
  // Idle connections are closed first, so that new ones are accepted.
  server.on("drop", () => {
    server.closeIdleConnections();
  });
  return server;
}

const keysPath = "/.well-known/jwks.json";

/** For everybody, wherever they are: a receipt is verified by those who have it. */
async function answerKeys({ receiptKeys }: HttpSettings, response: ServerResponse): Promise<void> {
  const headers = { "content-type": "application/jwk-set+json", "cache-control": "public, max-age=300" };
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("cross-origin-resource-policy", "cross-origin");
  response.writeHead(200, headers).end(JSON.stringify(await receiptKeys()));
}

/** Node knows one limit for all requests, which is that of uploads. */
function cutOffLate(request: IncomingMessage, response: ServerResponse, afterMs: number): void {
  const timer = setTimeout(() => {
    if (request.complete) return;
    if (!response.headersSent) request.socket.end("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
    else response.destroy();
  }, afterMs);
  timer.unref();
  const cancel = () => {
    clearTimeout(timer);
  };
  request.once("end", cancel).once("close", cancel);
}

async function answerMetrics(
  { metrics, authenticate }: HttpSettings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  requireScope(await authenticate(authorizationOf(request)), ...scopesByRoute["GET /metrics"]);
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
