import type { IncomingMessage, ServerResponse } from "node:http";
import { requireScope } from "../graph/access";
import { documentsPath, type DocumentLinks } from "../sources/documentLinks";
import type { Authenticate } from "./authentication";
import { leavingSignal } from "./leavingSignal";

interface DocumentRouteSettings {
  readonly links: Pick<DocumentLinks, "follow">;
  readonly authenticate: Authenticate;
}

/** Hands out the file behind one of our own links to the caller it was made for. Everything wrong with it is thrown. */
export function createDocumentRoute({ links, authenticate }: DocumentRouteSettings) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const access = await authenticate(request.headers.authorization);
    requireScope(access, "income:read");
    if (request.method !== "GET") {
      response.writeHead(405, { allow: "GET", "cache-control": "no-store" }).end();
      return;
    }
    const token = request.url?.split("?", 1)[0]?.slice(documentsPath.length) ?? "";
    const reader = { tenant: access.tenant, caller: access.subject };
    const { bytes, contentType, fileName } = await links.follow(reader, token, leavingSignal(response));
    response.writeHead(200, {
      "content-type": contentType,
      "content-length": bytes.length,
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.end(bytes);
  };
}
