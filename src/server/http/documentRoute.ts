import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { allows, requireScope, scopeByLink, scopesByRoute } from "../../graph";
import { noTracer, type Tracer } from "../../kernel";
import { documentsPath, type DocumentLinks, type LinkKind } from "../../reading";
import { type Authenticate, authorizationOf } from "../tokens";
import { leavingSignal } from "../leavingSignal";

interface DocumentRouteSettings {
  readonly links: Pick<DocumentLinks, "follow">;
  readonly authenticate: Authenticate;
  readonly tracer?: Tracer | undefined;
}

const tracedOperation = { kind: "OPERATION", name: "document" } as const;

/** Hands out the file behind one of our own links to the caller it was made for. Everything wrong with it is thrown. */
export function createDocumentRoute({ links, authenticate, tracer = noTracer }: DocumentRouteSettings) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const access = await authenticate(authorizationOf(request));
    requireScope(access, ...scopesByRoute["GET /documents/…"]);
    if (request.method !== "GET") {
      response.writeHead(405, { allow: "GET", "cache-control": "no-store" }).end();
      return;
    }
    const token = request.url?.split("?", 1)[0]?.slice(documentsPath.length) ?? "";
    const follower = {
      tenant: access.tenant,
      caller: access.subject,
      requestId: randomUUID(),
      require: (kind: LinkKind) => {
        requireScope(access, scopeByLink[kind]);
      },
      reveals: allows(access, "pii:reveal"),
    };
    const follow = () => links.follow(follower, token, leavingSignal(response));
    const { pieces, byteCount, contentType, fileName } = await tracer.span(tracedOperation, follow);
    response.writeHead(200, {
      "content-type": contentType,
      ...(byteCount !== undefined && { "content-length": byteCount }),
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      "x-request-id": follower.requestId,
    });
    // A transfer that breaks off destroys the connection, so that a part is not taken for the whole.
    await pipeline(pieces, response).catch(() => response.destroy());
  };
}
