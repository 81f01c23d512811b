import type { IncomingMessage } from "node:http";
import { Fault } from "../kernel/fault";

export const largestBodyBytes = 1_000_000;

/** Reads a JSON body, no larger than allowed, in UTF-8 only: another charset would be read as something it does not say. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  judgeContentType(request.headers["content-type"]);
  if (Number(request.headers["content-length"]) > largestBodyBytes) throw tooLarge();
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedBody(400, new Fault("BAD_INPUT", { hint: "The body is not valid JSON." }));
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > largestBodyBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (thrown) {
    if (thrown instanceof RefusedBody) throw thrown;
    // The sender left, or was too slow: nobody is there to read this.
    throw new RefusedBody(400, new Fault("BAD_INPUT", { hint: "The body did not arrive whole.", cause: thrown }));
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A body that never becomes a GraphQL request: it has an HTTP status of its own. */
export class RefusedBody extends Error {
  override readonly name = "RefusedBody";

  constructor(
    readonly httpStatus: number,
    readonly fault: Fault,
  ) {
    super(fault.message);
  }
}

function judgeContentType(contentType: string | undefined): void {
  const [mediaType = "", ...parameters] = (contentType ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  if (mediaType !== "application/json") throw unsupported("The body must be application/json.");
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  if (charset !== undefined && !["utf-8", '"utf-8"', "utf8"].includes(charset)) {
    throw unsupported("The body must be in UTF-8.");
  }
}

function unsupported(hint: string): RefusedBody {
  return new RefusedBody(415, new Fault("BAD_INPUT", { hint }));
}

function tooLarge(): RefusedBody {
  return new RefusedBody(413, new Fault("LIMIT_EXCEEDED", { hint: `A body holds at most ${largestBodyBytes} bytes.` }));
}
