import type { ServerResponse } from "node:http";

export interface Health {
  /** Whether this process should be given requests: it is not stopping, and its database answers. */
  isReady(): Promise<boolean>;
}

export async function answerHealth(path: string, health: Health, response: ServerResponse): Promise<void> {
  const isLiveness = path === "/health/live";
  const isFine = isLiveness || (await health.isReady());
  response.writeHead(isFine ? 200 : 503, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ status: isFine ? "ok" : "unavailable" }));
}
