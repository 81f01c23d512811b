import { type Clock, Fault, pause } from "../kernel";
import type { CallLimit } from "../providers";
import type { CallSlotStore } from "./ports";

const mostWaitMs = 5_000;
/** Calls arrive less evenly than they leave: what is sent a second apart may be counted within one. */
const marginMs = 100;

/** Returns when a call may be made; throws PROVIDER_RATE_LIMITED when that is not soon. */
export type CallLimiter = (signal: AbortSignal) => Promise<void>;

interface LimiterSettings {
  readonly provider: string;
  readonly account: string;
  readonly limits: readonly CallLimit[];
  readonly slots: CallSlotStore;
  readonly clock: Clock;
}

/** Keeps a vendor's published limits, so that it never needs to throttle us. */
export function createCallLimiter({ provider, account, limits, slots, clock }: LimiterSettings): CallLimiter {
  const careful = limits.map(({ windowMs, mostCalls }) => ({ windowMs: windowMs + marginMs, mostCalls }));
  return async (signal) => {
    const nowMs = clock.now();
    const waitMs = (await slots.take(account, { nowMs, limits: careful, mostWaitMs })) - nowMs;
    if (waitMs > mostWaitMs) {
      throw new Fault("PROVIDER_RATE_LIMITED", {
        provider,
        retryAfterSeconds: Math.ceil(waitMs / 1_000),
        note: "no call slot is free soon",
        isOurRefusal: true,
      });
    }
    if (waitMs > 0) await pause(clock, waitMs, signal);
  };
}
