import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from "jose";
import type { Clock } from "../kernel/clock";

/** How long an issuer that has failed is left alone. */
const restMs = 5_000;

/**
 * The keys that an issuer publishes. They are kept for ten minutes; a token that names another one has them fetched again,
 * though twice a minute at most, and all who wait for them wait for one fetch.
 */
export function issuerKeys(url: URL, clock: Pick<Clock, "now">): JWTVerifyGetKey {
  return createRemoteJWKSet(url, { cacheMaxAge: 600_000, cooldownDuration: 30_000, [customFetch]: resting(clock) });
}

/** Nobody's tokens make it worse for an issuer that is down. */
function resting(clock: Pick<Clock, "now">): FetchImplementation {
  let failedAtMs = -Infinity;
  return async (url, options) => {
    if (clock.now() < failedAtMs + restMs) throw new Error("the issuer of tokens has failed a moment ago");
    try {
      const response = await fetch(url, options);
      if (response.status !== 200) throw new Error(`the issuer of tokens answers ${response.status}`);
      return response;
    } catch (thrown) {
      failedAtMs = clock.now();
      throw thrown;
    }
  };
}
