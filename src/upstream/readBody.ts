import type { Dispatcher } from "undici";
import { Fault } from "../kernel/fault";

/** Reads a body as it comes, and stops where it grows too large; leaving the loop destroys what is left of it. */
export async function readBody(
  provider: string,
  body: Dispatcher.ResponseData["body"],
  mostBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Fault("PROVIDER_BAD_RESPONSE", { provider, note: "the reply is too large" });
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}
