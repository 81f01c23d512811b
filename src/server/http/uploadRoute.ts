import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Access, requireScope, scopesByRoute } from "../../graph";
import type { Gate } from "../../guard";
import { asFault, Fault } from "../../kernel";
import { type Authenticate, authorizationOf } from "../tokens";
import type { Runs } from "../../runs";

export const uploadsPath = "/runs/uploads";

interface UploadRouteSettings {
  readonly receive: Runs["receiveUpload"];
  readonly authenticate: Authenticate;
  readonly gate: Pick<Gate, "rates" | "enter">;
}

const mediaTypes = ["text/csv", "text/plain"];
const charsets = ["utf-8", "utf8", "us-ascii"];

/** Takes a list of PANs for a run: `text/csv`, or one PAN a line. Everything wrong with it is thrown. */
export function createUploadRoute({ receive, authenticate, gate }: UploadRouteSettings) {
  async function keep(access: Access, request: IncomingMessage) {
    const leave = gate.enter.operation(access.tenant);
    try {
      return await receive(access.tenant, request);
    } catch (thrown) {
      // What a sender breaks off is no fault of ours.
      if (!request.complete && asFault(thrown).code === "INTERNAL") {
        throw new Fault("BAD_INPUT", { hint: "The body did not arrive whole.", cause: thrown });
      }
      throw thrown;
    } finally {
      leave();
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== "POST") {
      response.writeHead(405, { allow: "POST", "cache-control": "no-store" }).end();
      return;
    }
    const access = await authenticate(authorizationOf(request));
    requireScope(access, ...scopesByRoute["POST /runs/uploads"]);
    await gate.rates.take(access.tenant);
    if (!isReadable(request)) {
      response
        .writeHead(415, { accept: mediaTypes.join(", "), connection: "close", "cache-control": "no-store" })
        .end();
      return;
    }
    const text = JSON.stringify(await keep(access, request));
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
      "cache-control": "no-store",
      "x-request-id": randomUUID(),
    });
    response.end(text);
  };
}

function isReadable({ headers }: IncomingMessage): boolean {
  const [mediaType = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith("charset="));
  const isKnown = charset === undefined || charsets.includes(charset.slice("charset=".length).replaceAll('"', ""));
  return mediaTypes.includes(mediaType.trim()) && isKnown && headers["content-encoding"] === undefined;
}
