import type { Rate } from "../graph/context";

/** As draft-ietf-httpapi-ratelimit-headers has them: a policy, and what is left under it for how many seconds. */
export function rateHeaders({
  limit,
  remaining,
  secondsLeft,
}: Pick<Rate, "limit" | "remaining" | "secondsLeft">): Record<string, string> {
  return {
    "ratelimit-policy": `"tenant";q=${limit};w=60`,
    ratelimit: `"tenant";r=${remaining};t=${secondsLeft}`,
  };
}
