import type { IncomingMessage } from "node:http";

/** A second one would leave it to each proxy on the way which of them counts, so that with two there is none. */
export function authorizationOf({ headers, rawHeaders }: IncomingMessage): string | undefined {
  const names = rawHeaders.filter((_text, at) => at % 2 === 0);
  return names.filter(isAuthorization).length > 1 ? undefined : headers.authorization;
}

function isAuthorization(name: string): boolean {
  return name.length === "authorization".length && name.toLowerCase() === "authorization";
}
