import { randomUUID } from "node:crypto";
import type { SimulatedReply, SimulatedRequest, SimulatedWorld } from "../../provider";

const filesPath = "/files/";
const linkLifeMs = 600_000;

/** Stands for the store that the vendor's pre-signed links lead to: whoever knows a link has the file, for ten minutes. */
interface SimulatedFiles {
  linkTo(file: unknown): string;
  /** Undefined where the request is for no file at all. */
  answer(request: SimulatedRequest): SimulatedReply | undefined;
}

export function simulateFiles({ clock, baseUrl }: SimulatedWorld): SimulatedFiles {
  const fileByName = new Map<string, { readonly file: unknown; readonly expiresAtMs: number }>();
  const isThere = (name: string) => clock.now() < (fileByName.get(name)?.expiresAtMs ?? 0);
  return {
    linkTo(file) {
      for (const name of fileByName.keys()) if (!isThere(name)) fileByName.delete(name);
      const name = `${randomUUID()}.json`;
      fileByName.set(name, { file, expiresAtMs: clock.now() + linkLifeMs });
      return `${baseUrl().href.replace(/\/$/, "")}${filesPath}${name}`;
    },
    answer({ method, path }) {
      if (!path.startsWith(filesPath)) return undefined;
      const name = path.slice(filesPath.length);
      if (method === "GET" && isThere(name)) return { status: 200, body: fileByName.get(name)?.file };
      const headers = { "content-type": "application/xml" };
      return { status: 403, headers, body: "<Error><Code>AccessDenied</Code></Error>" };
    },
  };
}
