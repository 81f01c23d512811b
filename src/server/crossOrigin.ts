import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

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
export function createCrossOrigin(allowedOrigins: readonly string[]) {
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
