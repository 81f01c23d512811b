import { errors, Pool, type Dispatcher } from "undici";
import { Fault } from "../kernel/fault";
import type { Transport, UpstreamReply } from "../providers/provider";

/** An answer about one taxpayer is a few kilobytes; whatever is larger than this is not one. */
const largestReplyBytes = 2_000_000;

export interface PooledTransport extends Transport, AsyncDisposable {}

/**
 * One connection pool per vendor, without pipelining: the number of its connections is the number of calls in flight,
 * and further ones wait here until their deadline.
 */
export function createTransport(provider: string, baseUrl: URL, maxInFlight: number): PooledTransport {
  const pool = new Pool(baseUrl.origin, { connections: maxInFlight, pipelining: 1 });
  const basePath = baseUrl.pathname.replace(/\/$/, "");
  return {
    async send(request, signal) {
      try {
        const { statusCode, headers, body } = await pool.request({
          method: request.method,
          path: basePath + request.path,
          headers: request.headers,
          body: request.body ?? null,
          signal,
        });
        return { status: statusCode, headers, text: await readText(provider, body) } satisfies UpstreamReply;
      } catch (thrown) {
        throw roadFault(provider, thrown, signal);
      }
    },
    async [Symbol.asyncDispose]() {
      await pool.destroy();
    },
  };
}

async function readText(provider: string, body: Dispatcher.ResponseData["body"]): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > largestReplyBytes)
      throw new Fault("PROVIDER_BAD_RESPONSE", { provider, note: "the reply is too large" });
    chunks.push(chunk);
  }
  return (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString("utf8") ?? "";
}

/** Leaving the loop above destroys the body, and an aborted signal throws its own reason: neither is the vendor's doing. */
function roadFault(provider: string, thrown: unknown, signal: AbortSignal): unknown {
  if (thrown instanceof Fault || signal.aborted) return thrown;
  if (thrown instanceof errors.HeadersTimeoutError || thrown instanceof errors.BodyTimeoutError) {
    return new Fault("PROVIDER_TIMEOUT", { provider, cause: thrown });
  }
  return new Fault("PROVIDER_UNAVAILABLE", { provider, cause: thrown });
}
