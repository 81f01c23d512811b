import { createHash } from "node:crypto";
import { type Clock, type Limits, untilLater } from "../kernel";
import type { RateWindowStore } from "./ports";

/** Counts the requests for pages that need no access token: by address, and by what a page is about. */
export interface PageRates {
  /** Throws RATE_LIMITED when the minute's are used up. */
  take(what: "address" | "link", name: string): Promise<void>;
}

interface Settings {
  readonly limits: Pick<Limits, "linkRequestsPerMinute" | "addressRequestsPerMinute">;
  readonly store: RateWindowStore;
  readonly clock: Pick<Clock, "now">;
}

const windowMs = 60_000;
const limitOf = { address: "addressRequestsPerMinute", link: "linkRequestsPerMinute" } as const;

/** One statement for each request, so that all processes count together: a page is asked for by a person. */
export function createPageRates({ limits, store, clock }: Settings): PageRates {
  return {
    async take(what, name) {
      const nowMs = clock.now();
      const startMs = nowMs - (nowMs % windowMs);
      // Neither an address nor the secret of a link stands in the table.
      const digest = createHash("sha256").update(`${what}\0${name}`).digest("base64url");
      const limit = limitOf[what];
      const claimed = await store.claim(`page ${digest}`, startMs, 1);
      if (claimed <= limits[limit]) return;
      throw untilLater(limit, limits, Math.max(1, Math.ceil((startMs + windowMs - nowMs) / 1_000)));
    },
  };
}
