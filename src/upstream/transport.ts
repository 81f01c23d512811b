import { Pool } from "undici";
import type { Transport, UpstreamReply } from "../providers/provider";
import { readBody } from "./readBody";
import { roadFault } from "./roadFault";

/** An answer about one taxpayer is a few kilobytes; whatever is larger than this is not one. */
const largestReplyBytes = 2_000_000;
const largestHeadersBytes = 16_384;

export interface PooledTransport extends Transport, AsyncDisposable {}

/**
 * One connection pool per vendor, without pipelining: the number of its connections is the number of calls in flight,
 * and further ones wait here until their deadline.
 */
export function createTransport(provider: string, baseUrl: URL, maxInFlight: number): PooledTransport {
  const pool = new Pool(baseUrl.origin, {
    connections: maxInFlight,
    pipelining: 1,
    maxHeaderSize: largestHeadersBytes,
  });
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
        const bytes = await readBody(provider, body, largestReplyBytes);
        return { status: statusCode, headers, text: bytes.toString("utf8") } satisfies UpstreamReply;
      } catch (thrown) {
        throw roadFault(provider, thrown, signal);
      }
    },
    async [Symbol.asyncDispose]() {
      await pool.destroy();
    },
  };
}
