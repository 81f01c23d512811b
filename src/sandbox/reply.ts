import type { ServerResponse } from "node:http";
import type { SimulatedReply } from "../providers";

/** Bytes and texts go out as they are, anything else as JSON. */
export function bytesOf(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

export function sendReply(response: ServerResponse, { status, headers, body }: SimulatedReply): void {
  const bytes = bytesOf(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": String(bytes.length),
    ...headers,
  });
  response.end(bytes);
}
