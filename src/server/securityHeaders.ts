import type { ServerResponse } from "node:http";

/** What no page may make of an answer: frame it, guess its type, learn where it was read, or keep a hold on its window. */
const onEveryAnswer: readonly (readonly [name: string, value: string])[] = [
  ["x-content-type-options", "nosniff"],
  ["content-security-policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"],
];

const yearSeconds = 31_536_000;

/** Set before anybody answers, so that no route can forget them; a page names a policy of its own over this one. */
export function createLockDown({ isLive }: { isLive: boolean }): (response: ServerResponse) => void {
  // TLS ends in front of us. Browsers heed this header only where it came over TLS, so it does no harm elsewhere.
  const headers = isLive
    ? [...onEveryAnswer, ["strict-transport-security", `max-age=${yearSeconds}; includeSubDomains`] as const]
    : onEveryAnswer;
  return (response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
  };
}
