import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { Html } from "./html";

interface PageHeaders {
  /** Sites that may show the page in a frame. */
  readonly frameOrigins?: readonly string[];
  /** The site that a form of the page leads to, besides our own. */
  readonly formOrigin?: string | undefined;
}

function securityPolicy({ frameOrigins = [], formOrigin }: PageHeaders): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    `form-action 'self'${formOrigin === undefined ? "" : ` ${formOrigin}`}`,
    `frame-ancestors ${frameOrigins.length === 0 ? "'none'" : frameOrigins.join(" ")}`,
  ].join("; ");
}

/** Sends a page that is nobody else's and that nothing keeps. */
export function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  page: Html,
  headers: PageHeaders = {},
): void {
  response.setHeader("content-security-policy", securityPolicy(headers));
  if (headers.frameOrigins?.length) response.removeHeader("x-frame-options");
  // The page that has opened this one in a window of its own must see when that window is closed.
  response.setHeader("cross-origin-opener-policy", "unsafe-none");
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("vary", "accept-encoding, cookie");
  sendText(request, response, status, page.text);
}

/** A file that every visitor gets alike. */
export function sendAsset(
  request: IncomingMessage,
  response: ServerResponse,
  asset: { readonly contentType: string; readonly text: string; readonly etag: string },
): void {
  response.setHeader("cache-control", "public, max-age=300");
  response.setHeader("etag", asset.etag);
  response.setHeader("content-type", asset.contentType);
  response.setHeader("vary", "accept-encoding");
  if (request.headers["if-none-match"] === asset.etag) response.writeHead(304).end();
  else sendText(request, response, 200, asset.text);
}

/** After a form: the page is asked for anew, so that a reload sends nothing twice. */
export function sendSeeOther(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, "cache-control": "no-store" }).end();
}

function sendText(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  const isPacked = /\bgzip\b/.test([request.headers["accept-encoding"]].join());
  const body = isPacked ? gzipSync(text) : Buffer.from(text);
  if (isPacked) response.setHeader("content-encoding", "gzip");
  response.writeHead(status, { "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}
