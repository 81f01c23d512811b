import { isIP } from "node:net";
import { addAbortSignal } from "node:stream";
import { Agent, type Dispatcher } from "undici";
import { Fault, isPrivateAddress } from "../kernel";
import type { FetchedFile, OpenedFile } from "../providers";
import { guardedLookup, type Resolve, resolveAll } from "./guardedLookup";
import { bodyPieces, readBody, connectionFault } from "./transport";

interface FileGuard {
  readonly provider: string;
  readonly baseUrl: URL;
  readonly fileHosts: readonly string[];
  /** Allows all private addresses. */
  readonly allowPrivate: boolean;
  /** Hosts with a private address that the operator has named, and our simulators: "127.0.0.1:9000". */
  readonly trustedHosts: readonly string[];
}

/** Judges the target of a link before a request goes there. */
function checkedFileUrl(link: string, guard: FileGuard, from?: URL): URL {
  const url = URL.parse(link, from?.href);
  if (url === null) throw refused(guard, "the link is no address");
  if (url.username !== "" || url.password !== "") throw refused(guard, "the link carries a password");
  if (!isListed(url, guard)) throw refused(guard, "the link leads to a host that is not allowed");
  if (isIP(bare(url.hostname)) !== 0 && !mayConnect(bare(url.hostname), url.host, guard)) {
    throw refused(guard, "the link leads to a private address");
  }
  return url;
}

/** Judges the address that a host's name resolves to. */
function mayConnect(address: string, host: string, guard: FileGuard): boolean {
  if (guard.allowPrivate || !isPrivateAddress(address)) return true;
  return guard.trustedHosts.includes(host);
}

function isListed(url: URL, { baseUrl, fileHosts }: FileGuard): boolean {
  if (url.origin === baseUrl.origin || fileHosts.includes(url.origin)) return true;
  if (url.protocol !== "https:" || url.port !== "") return false;
  return [baseUrl.hostname, ...fileHosts].some((host) =>
    host.startsWith("*.") ? url.hostname.endsWith(host.slice(1)) : url.hostname === host,
  );
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function refused({ provider }: { readonly provider: string }, note: string): Fault {
  return new Fault("PROVIDER_BAD_RESPONSE", { provider, note, isOurRefusal: true });
}

const largestFileBytes = 20_000_000;
/** Of a file that is read as a whole. A statement has some hundred kilobytes, that of a busy trader a few megabytes. */
const largestReadBytes = 5_000_000;
const longestFileMs = 2 * 60_000;
const largestHeadersBytes = 16_384;
const mostRedirects = 3;
const mostAgents = 8;
const allowedTypes = [
  "application/pdf",
  "application/json",
  "text/plain",
  "application/octet-stream",
  "application/zip",
];

interface FileFetcher extends AsyncDisposable {
  fetch(link: string, signal: AbortSignal): Promise<FetchedFile>;
  /** The signal ends with the first byte. The rest has its own deadline, and ends when its reader leaves. */
  open(link: string, signal: AbortSignal): Promise<OpenedFile>;
}

/** Fetches a file that a vendor links to. The link is not trusted, so each hop of it is judged. */
export function createFileFetcher(guard: FileGuard, resolve: Resolve = resolveAll): FileFetcher {
  const { provider } = guard;
  const agents = new Map<string, Agent>();

  function agentFor(host: string): Agent {
    const judge = (addresses: readonly string[]) => {
      if (addresses.length === 0) throw new Fault("PROVIDER_UNAVAILABLE", { provider });
      if (!addresses.every((address) => mayConnect(address, host, guard))) {
        throw refused(guard, "the link leads to a private address");
      }
    };
    const connect = { lookup: guardedLookup(judge, resolve) };
    const agent = agents.get(host) ?? new Agent({ connect, maxHeaderSize: largestHeadersBytes });
    // An LRU: a wildcard allows any number of hosts, and each agent holds connections.
    agents.delete(host);
    agents.set(host, agent);
    for (const [oldest, idle] of agents) {
      if (agents.size <= mostAgents) break;
      agents.delete(oldest);
      // It finishes its running requests.
      void idle.close();
    }
    return agent;
  }

  async function ask(link: string, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    let url = checkedFileUrl(link, guard);
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const dispatcher = agentFor(url.host);
      const path = url.pathname + url.search;
      const reply = await dispatcher.request({ origin: url.origin, path, method: "GET", signal });
      const { location } = reply.headers;
      if (reply.statusCode < 300 || reply.statusCode >= 400 || typeof location !== "string") return reply;
      discard(reply);
      url = checkedFileUrl(location, guard, url);
    }
    throw refused(guard, "the link redirects too often");
  }

  async function askForFile(link: string, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const reply = await ask(link, signal);
    const fault = faultOf(reply.statusCode, typeOf(reply));
    if (fault === undefined) return reply;
    discard(reply);
    throw fault;
  }

  async function* piecesOf({ body }: Dispatcher.ResponseData): AsyncGenerator<Buffer> {
    const deadline = AbortSignal.timeout(longestFileMs);
    try {
      yield* bodyPieces(provider, addAbortSignal(deadline, body), largestFileBytes);
    } catch (thrown) {
      throw connectionFault(
        provider,
        deadline.aborted ? new Fault("PROVIDER_TIMEOUT", { provider }) : thrown,
        deadline,
      );
    }
  }

  return {
    async fetch(link, signal) {
      try {
        const reply = await askForFile(link, signal);
        return { contentType: typeOf(reply), bytes: await readBody(provider, reply.body, largestReadBytes) };
      } catch (thrown) {
        throw connectionFault(provider, thrown, signal);
      }
    },
    async open(link, signal) {
      try {
        const reply = await askForFile(link, signal);
        return { byteCount: byteCountOf(reply), pieces: piecesOf(reply) };
      } catch (thrown) {
        throw connectionFault(provider, thrown, signal);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };

  function faultOf(status: number, contentType: string): Fault | undefined {
    if (status === 429 || status >= 500) {
      return new Fault("PROVIDER_UNAVAILABLE", { provider, note: `HTTP ${status} for a file` });
    }
    const note = status === 200 ? "a file of a type that is not allowed" : `HTTP ${status} for a file`;
    const isFile = status === 200 && allowedTypes.includes(contentType);
    return isFile ? undefined : new Fault("PROVIDER_BAD_RESPONSE", { provider, note });
  }
}

function typeOf({ headers }: Dispatcher.ResponseData): string {
  const header = headers["content-type"];
  return typeof header === "string" ? (header.split(";")[0] ?? "").trim().toLowerCase() : "";
}

function byteCountOf({ headers }: Dispatcher.ResponseData): number | undefined {
  const length = headers["content-length"];
  return typeof length === "string" && /^\d{1,9}$/.test(length) ? Number(length) : undefined;
}

/** The rest of the body is not read, so its connection is destroyed. */
function discard({ body }: Dispatcher.ResponseData): void {
  body.on("error", () => undefined).destroy();
}
