import type { Dispatcher } from "undici";
import { Fault } from "../kernel/fault";

type Body = Dispatcher.ResponseData["body"];

export async function readBody(provider: string, body: Body, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bodyPieces(provider, body, mostBytes)) chunks.push(chunk);
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}

/** A body as it comes, up to where it grows too large; leaving the loop destroys what is left of it. */
export async function* bodyPieces(provider: string, body: Body, mostBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Fault("PROVIDER_BAD_RESPONSE", { provider, note: "the reply is too large" });
    yield chunk;
  }
}
