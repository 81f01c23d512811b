import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { Fault, beyond, type Limits } from "../../kernel";

type BodyLimits = Pick<Limits, "bodyBytes">;

/** Reads a JSON body, no larger than allowed, in UTF-8 only: another charset would be read as something it does not say. */
export async function readJsonBody(request: IncomingMessage, limits: BodyLimits): Promise<unknown> {
  judgeContentType(request.headers["content-type"]);
  // What is small when packed may be of any size unpacked.
  if (request.headers["content-encoding"] !== undefined) throw unsupported("The body must not be compressed.");
  if (Number(request.headers["content-length"]) > limits.bodyBytes) throw tooLarge(limits);
  const text = await readText(request, limits);
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedBody(400, new Fault("BAD_INPUT", { hint: "The body is not valid JSON." }));
  }
}

/** Of a form: far more than any of ours holds. */
const formBytes = { bodyBytes: 8_192 };

/** Reads the body of a form of our own pages. */
export async function readFormBody(request: IncomingMessage): Promise<URLSearchParams> {
  const [mediaType = ""] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
  if (mediaType.trim() !== "application/x-www-form-urlencoded")
    throw new Fault("BAD_INPUT", { hint: "A form is wanted." });
  try {
    return new URLSearchParams(await readText(request, formBytes));
  } catch (thrown) {
    throw thrown instanceof RefusedBody ? thrown.fault : thrown;
  }
}

function readText(request: IncomingMessage, limits: BodyLimits): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limits.bodyBytes) reject(tooLarge(limits));
      else chunks.push(chunk);
    });
    request.once("end", () => {
      const whole = Buffer.concat(chunks);
      if (isUtf8(whole)) resolve(whole.toString("utf8"));
      else reject(new RefusedBody(400, new Fault("BAD_INPUT", { hint: "The body is not valid UTF-8." })));
    });
    // The sender left, or was too slow: nobody is there to read this.
    const breakOff = (cause?: unknown) => {
      if (!request.complete)
        reject(new RefusedBody(400, new Fault("BAD_INPUT", { hint: "The body did not arrive whole.", cause })));
    };
    request.once("error", breakOff).once("close", breakOff);
  });
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
  const charsets = parameters.filter((parameter) => parameter.startsWith("charset"));
  if (!charsets.every((charset) => ["charset=utf-8", 'charset="utf-8"', "charset=utf8"].includes(charset))) {
    throw unsupported("The body must be in UTF-8.");
  }
}

function unsupported(hint: string): RefusedBody {
  return new RefusedBody(415, new Fault("BAD_INPUT", { hint }));
}

function tooLarge(limits: BodyLimits): RefusedBody {
  return new RefusedBody(413, beyond("bodyBytes", limits));
}
