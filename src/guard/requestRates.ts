import type { Rate } from "../graph";
import { type Clock, type Events, untilLater, type Limits, type Fault } from "../kernel";
import type { RateWindowStore } from "./ports";

export interface RequestRates {
  /** Counts one request; throws RATE_LIMITED when the minute's are used up. At once, but when a new share is claimed. */
  take(tenant: string): Rate | Promise<Rate>;
}

interface Settings {
  readonly limits: Limits;
  readonly store: RateWindowStore;
  readonly clock: Pick<Clock, "now">;
  readonly events: Events;
}

/** One tenant's minute, as this process knows it. */
interface Share {
  readonly startMs: number;
  /** Claimed, and not yet handed out. */
  left: number;
  handedOut: number;
  /** What was unclaimed when this process last asked. */
  unclaimed: number;
  claiming: Promise<void> | undefined;
}

const windowMs = 60_000;
const sharesInLimit = 20;

/**
 * Hands out what all processes together may serve. Each claims a share of a twentieth, so that no request costs a statement;
 * what a process has claimed and not used by the end of the minute is lost to the others.
 */
export function createRequestRates({ limits, store, clock, events }: Settings): RequestRates {
  const limit = limits.requestsPerMinute;
  const shareSize = Math.ceil(limit / sharesInLimit);
  const shareByTenant = new Map<string, Share>();

  function shareOf(tenant: string): Share {
    const nowMs = clock.now();
    const startMs = nowMs - (nowMs % windowMs);
    const known = shareByTenant.get(tenant);
    if (known?.startMs === startMs) return known;
    const share: Share = { startMs, left: 0, handedOut: 0, unclaimed: limit, claiming: undefined };
    shareByTenant.set(tenant, share);
    return share;
  }

  async function claim(tenant: string, share: Share): Promise<void> {
    try {
      const claimed = await store.claim(tenant, share.startMs, shareSize);
      share.left += Math.max(0, Math.min(shareSize, limit - (claimed - shareSize)));
      share.unclaimed = Math.max(0, limit - claimed);
    } catch (error) {
      // A limit must not take the service down with the database: until the next minute each process counts alone.
      events.emit("background failed", { what: "claiming a share of a tenant's requests", error });
      share.left = Math.max(0, limit - share.handedOut);
      share.unclaimed = 0;
    } finally {
      share.claiming = undefined;
    }
  }

  /** Requests that wait for a share wait for the same one. */
  function more(tenant: string, share: Share): Promise<void> {
    return (share.claiming ??= claim(tenant, share));
  }

  function handOut(tenant: string, share: Share): Rate {
    share.left -= 1;
    share.handedOut += 1;
    if (share.left < shareSize >> 2 && share.unclaimed > 0) void more(tenant, share);
    const remaining = share.unclaimed + share.left;
    return { limit, remaining, resetsAtMs: share.startMs + windowMs, secondsLeft: secondsLeftIn(share) };
  }

  async function takeLater(tenant: string): Promise<Rate> {
    for (;;) {
      const share = shareOf(tenant);
      if (share.left > 0) return handOut(tenant, share);
      if (share.unclaimed === 0 && share.claiming === undefined) {
        throw untilLater("requestsPerMinute", limits, secondsLeftIn(share));
      }
      await more(tenant, share);
    }
  }

  function secondsLeftIn({ startMs }: Share): number {
    return Math.max(1, Math.ceil((startMs + windowMs - clock.now()) / 1_000));
  }

  return {
    take(tenant) {
      const share = shareOf(tenant);
      return share.left > 0 ? handOut(tenant, share) : takeLater(tenant);
    },
  };
}

/** Gives the place back. A second call does nothing. */
export type Leave = () => void;

/** Limits the concurrent operations of each tenant, within this process. */
export function createAtOnce(most: number, refusal: () => Fault): (tenant: string) => Leave {
  const countByTenant = new Map<string, number>();
  return (tenant) => {
    const count = countByTenant.get(tenant) ?? 0;
    if (count >= most) throw refusal();
    countByTenant.set(tenant, count + 1);
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      const left = (countByTenant.get(tenant) ?? 1) - 1;
      if (left > 0) countByTenant.set(tenant, left);
      else countByTenant.delete(tenant);
    };
  };
}
