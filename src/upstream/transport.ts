import { Client, type Dispatcher, errors } from "undici";
import { Fault } from "../kernel";
import type { Transport, UpstreamReply } from "../providers";

/** The fault of a failed connection. An aborted signal keeps its own reason, because the vendor has no part in it. */
export function connectionFault(provider: string, thrown: unknown, signal: AbortSignal): unknown {
  if (thrown instanceof Fault || signal.aborted) return thrown;
  if (thrown instanceof errors.HeadersTimeoutError || thrown instanceof errors.BodyTimeoutError) {
    return new Fault("PROVIDER_TIMEOUT", { provider, cause: thrown });
  }
  if (thrown instanceof errors.HeadersOverflowError) {
    return new Fault("PROVIDER_BAD_RESPONSE", { provider, note: "the headers are too large", cause: thrown });
  }
  return new Fault("PROVIDER_UNAVAILABLE", { provider, cause: thrown });
}

type Body = Dispatcher.ResponseData["body"];

export async function readBody(provider: string, body: Body, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bodyPieces(provider, body, mostBytes)) chunks.push(chunk);
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}

/** The pieces of a body. A body that is too large throws; leaving the loop destroys the rest. */
export async function* bodyPieces(provider: string, body: Body, mostBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw tooLarge(provider);
    }
    yield chunk;
  }
}

function tooLarge(provider: string): Fault {
  return new Fault("PROVIDER_BAD_RESPONSE", { provider, note: "the reply is too large", isOurRefusal: true });
}

/** A reply about one taxpayer has a few kilobytes. */
const largestReplyBytes = 2_000_000;
const largestHeadersBytes = 16_384;

interface PooledTransport extends Transport, AsyncDisposable {}

/**
 * One connection for each call in flight, without pipelining. A call takes the idle connection that was used last, which
 * is cheaper than undici's Pool. Without an idle connection, the call waits at one until its deadline.
 */
export function createTransport(provider: string, baseUrl: URL, maxInFlight: number): PooledTransport {
  const options = { pipelining: 1, maxHeaderSize: largestHeadersBytes };
  const clients = Array.from({ length: maxInFlight }, () => new Client(baseUrl.origin, options));
  const idle = [...clients];
  let turn = 0;

  async function withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const free = idle.pop();
    const client = free ?? clients[turn++ % clients.length];
    if (client === undefined) throw new Fault("INTERNAL", { note: "a vendor without connections" });
    try {
      return await work(client);
    } finally {
      if (free) idle.push(free);
    }
  }

  const basePath = baseUrl.pathname.replace(/\/$/, "");
  return {
    async send({ method, path, headers, body = null }, signal) {
      try {
        const options = { method, path: basePath + path, headers, body };
        return await withClient((client) => collectReply(provider, client, options, signal));
      } catch (thrown) {
        throw connectionFault(provider, thrown, signal);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.destroy()));
    },
  };
}

/** Collects the reply as it comes. undici's `request` would make a stream of every body, which costs as much as the call. */
function collectReply(
  provider: string,
  client: Client,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<UpstreamReply> {
  const { promise, resolve, reject } = Promise.withResolvers<UpstreamReply>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let status = 0;
  let headers: UpstreamReply["headers"] = {};
  let controller: Dispatcher.DispatchController | undefined;
  const leave = () => {
    controller?.abort(signal.reason as Error);
    fail(signal.reason);
  };
  const fail = (thrown: unknown) => {
    signal.removeEventListener("abort", leave);
    reject(thrown);
  };
  signal.throwIfAborted();
  signal.addEventListener("abort", leave, { once: true });
  client.dispatch(options, {
    onRequestStart(started) {
      controller = started;
      // It has waited for the connection, and its caller has left meanwhile.
      if (signal.aborted) started.abort(signal.reason as Error);
    },
    onResponseStart(_controller, statusCode, received) {
      status = statusCode;
      headers = received;
    },
    onResponseData(started, chunk) {
      bytes += chunk.length;
      if (bytes > largestReplyBytes) started.abort(tooLarge(provider));
      else chunks.push(chunk);
    },
    onResponseEnd() {
      signal.removeEventListener("abort", leave);
      const [only = Buffer.alloc(0)] = chunks;
      const whole = chunks.length > 1 ? Buffer.concat(chunks) : only;
      resolve({ status, headers, text: whole.toString("utf8") });
    },
    onResponseError(_controller, error) {
      fail(error);
    },
  });
  return promise;
}
