import { isIP } from "node:net";
import { Agent } from "undici";
import { Fault, isLoopbackAddress, isLoopbackHost, isPrivateAddress } from "../kernel";
import type { Sender } from "../webhooks/ports";
import { guardedLookup, type Resolve, resolveAll } from "./guardedLookup";

interface SenderSettings {
  /** A sandbox sends to its own machine too, without TLS. */
  readonly isSandbox: boolean;
  /** Allows all private addresses. */
  readonly allowPrivate: boolean;
  readonly resolve?: Resolve;
}

const largestHeadersBytes = 16_384;
/** A small body is read away, so that its connection can be used again. */
const mostBodyBytes = 16_384;
const bodyMs = 5_000;

/** Callers choose the address, so it is judged when it is given and again at each connection. A redirect is not followed. */
export function createWebhookSender(settings: SenderSettings): Sender & AsyncDisposable {
  const { isSandbox, allowPrivate, resolve = resolveAll } = settings;
  const judge = (addresses: readonly string[]) => {
    if (!addresses.every(mayConnect)) throw refused("it leads to a private address");
  };
  const agent = new Agent({
    connect: { lookup: guardedLookup(judge, resolve) },
    maxHeaderSize: largestHeadersBytes,
    bodyTimeout: bodyMs,
  });

  function mayConnect(address: string): boolean {
    return allowPrivate || !isPrivateAddress(address) || (isSandbox && isLoopbackAddress(address));
  }

  function checked(text: string): URL {
    const url = URL.parse(text);
    if (url === null) throw refused("it is no address");
    const isPlainAllowed = isSandbox && url.protocol === "http:" && isLoopbackHost(url.hostname);
    if (url.protocol !== "https:" && !isPlainAllowed) throw refused("it does not begin with https");
    if (url.username !== "" || url.password !== "") throw refused("it carries a password");
    const host = url.hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) !== 0 && !mayConnect(host)) throw refused("it leads to a private address");
    return url;
  }

  return {
    check(url) {
      checked(url);
    },
    async post(url, { headers, body }, signal) {
      const { origin, pathname, search } = checked(url);
      const reply = await agent.request({ origin, path: pathname + search, method: "POST", headers, body, signal });
      reply.body.dump({ limit: mostBodyBytes, signal }).catch(ignore);
      return reply.statusCode;
    },
    async [Symbol.asyncDispose]() {
      await agent.destroy();
    },
  };
}

function refused(why: string): Fault {
  return new Fault("BAD_INPUT", { field: "url", hint: `Nothing is sent to this address: ${why}.` });
}

function ignore(): void {
  return undefined;
}
