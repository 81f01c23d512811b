import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import type { Secret } from "../../kernel";

interface PlaygroundSettings {
  /** The built bundle; it does not change while the process lives. */
  readonly directory: string;
  /** Everyone who opens the page can read it, so only a sandbox may pass one. */
  readonly token: Secret | undefined;
  /** What the page reads off the fake phone: one-time passwords, so only a sandbox may pass one. */
  readonly phone: (() => Promise<unknown>) | undefined;
}

interface Asset {
  readonly contentType: string;
  readonly body: Buffer;
  readonly etag: string;
}

const contentTypeByExtension = new Map([
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".ttf", "font/ttf"],
]);

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  // Monaco writes its theme and every line's position as inline styles.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Answers requests for /playground and what lies under it; anything else it leaves alone, and returns false. */
export function createPlayground({ directory, token, phone }: PlaygroundSettings) {
  // Read at the first visit: most processes never serve one, and none should start more slowly for it.
  let page: Buffer | undefined;
  let assets: ReadonlyMap<string, Asset> | undefined;

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = request.url?.split("?", 1)[0] ?? "";
    if (path !== "/playground" && !path.startsWith("/playground/")) return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      reply(response, 405, { Allow: "GET, HEAD" });
    } else if (path === "/playground" || path === "/playground/") {
      page ??= readPage(directory, { token: token?.reveal() ?? null, hasPhone: phone !== undefined });
      // The page may carry a token.
      reply(response, 200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" }, page);
    } else if (path === "/playground/phone.json" && phone !== undefined) {
      replyWithPhone(response, phone);
    } else {
      assets ??= readAssets(directory);
      replyWithAsset(request, response, assets.get(path.slice("/playground/".length)));
    }
    return true;
  };
}

function replyWithPhone(response: ServerResponse, phone: () => Promise<unknown>): void {
  phone().then(
    (screen) => {
      const headers = { "Content-Type": "application/json", "Cache-Control": "no-store" };
      reply(response, 200, headers, Buffer.from(JSON.stringify(screen)));
    },
    () => {
      reply(response, 503, {});
    },
  );
}

function replyWithAsset(request: IncomingMessage, response: ServerResponse, asset: Asset | undefined): void {
  if (asset === undefined) {
    reply(response, 404, {});
    return;
  }
  // Most names outlive a release, so browsers keep the files but ask each time whether they still hold.
  const caching = { ETag: asset.etag, "Cache-Control": "no-cache" };
  if (request.headers["if-none-match"] === asset.etag) reply(response, 304, caching);
  else reply(response, 200, { ...caching, "Content-Type": asset.contentType }, asset.body);
}

/** To a HEAD request node:http sends the headers and leaves out the body by itself. */
function reply(response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body?: Buffer): void {
  const length = body === undefined ? {} : { "Content-Length": body.byteLength };
  response.writeHead(status, { "Content-Security-Policy": contentSecurityPolicy, ...headers, ...length }).end(body);
}

function readPage(directory: string, settings: object): Buffer {
  // Inside a script element only "<" can end it, and JSON can spell that character differently.
  const escaped = JSON.stringify(settings).replaceAll("<", "\\u003c");
  const template = readFileSync(join(directory, "index.html"), "utf8");
  return Buffer.from(template.replace(/(?<=id="settings">)[^<]*/, () => escaped));
}

/** Only what was found here is ever served, under exactly the name it has: no path is built from a request. */
function readAssets(directory: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(directory)) {
    const contentType = contentTypeByExtension.get(extname(name));
    if (contentType === undefined) continue;
    const body = readFileSync(join(directory, name));
    const digest = createHash("sha256").update(body).digest("base64url");
    assets.set(name, { contentType, body, etag: `"${digest}"` });
  }
  return assets;
}
