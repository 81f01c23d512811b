import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { extname, join } from "node:path";

interface PageSettings {
  /** "/console": the page is served there, and its files under it. */
  readonly path: string;
  /** The built bundle; it does not change while the process lives. */
  readonly directory: string;
  /** Written into the page for its scripts. Everyone who opens the page can read it. */
  readonly settings: () => object;
  readonly contentSecurityPolicy: readonly string[];
}

interface Asset {
  readonly contentType: string;
  readonly body: Buffer;
  readonly etag: string;
}

type Reply = (status: number, headers: OutgoingHttpHeaders, body?: Buffer) => void;

const contentTypeByExtension = new Map([
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".ttf", "font/ttf"],
]);

/** What every page of ours forbids. A page says what it needs beyond. */
export const strictPolicy: readonly string[] = [
  "default-src 'none'",
  "script-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/**
 * Answers requests for the page and what lies under it; anything else it leaves alone, and returns false.
 * `more` answers what is not a file: it returns false for what it does not know.
 */
export function createPage(
  { path: at, directory, settings, contentSecurityPolicy }: PageSettings,
  more: (name: string, reply: Reply) => boolean = () => false,
) {
  // Read at the first visit: most processes never serve one, and none should start more slowly for it.
  let page: Buffer | undefined;
  let assets: ReadonlyMap<string, Asset> | undefined;
  const policy = { "Content-Security-Policy": contentSecurityPolicy.join("; ") };

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = request.url?.split("?", 1)[0] ?? "";
    if (path !== at && !path.startsWith(`${at}/`)) return false;
    // To a HEAD request node:http sends the headers and leaves out the body by itself.
    const reply: Reply = (status, headers, body) => {
      const length = body === undefined ? {} : { "Content-Length": body.byteLength };
      response.writeHead(status, { ...policy, ...headers, ...length }).end(body);
    };
    const name = path.slice(at.length + 1);
    if (request.method !== "GET" && request.method !== "HEAD") {
      reply(405, { Allow: "GET, HEAD" });
    } else if (name === "") {
      page ??= readPage(directory, settings());
      // The page may carry a token.
      reply(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" }, page);
    } else if (!more(name, reply)) {
      assets ??= readAssets(directory);
      replyWithAsset(request, reply, assets.get(name));
    }
    return true;
  };
}

function replyWithAsset(request: IncomingMessage, reply: Reply, asset: Asset | undefined): void {
  if (asset === undefined) {
    reply(404, {});
    return;
  }
  // Most names outlive a release, so browsers keep the files but ask each time whether they still hold.
  const caching = { ETag: asset.etag, "Cache-Control": "no-cache" };
  if (request.headers["if-none-match"] === asset.etag) reply(304, caching);
  else reply(200, { ...caching, "Content-Type": asset.contentType }, asset.body);
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
