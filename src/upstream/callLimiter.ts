import { asFault, type Clock, Fault, pause } from "../kernel";
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
  const own = createOwnSlots();

  /** While the store is away each process keeps the limits alone: a login that a caller waits for must not fail by it. */
  async function take(nowMs: number): Promise<number> {
    const asked = { nowMs, limits: careful, mostWaitMs };
    try {
      return await slots.take(account, asked);
    } catch (thrown) {
      if (asFault(thrown).code !== "STORE_UNAVAILABLE") throw thrown;
      return own.take(asked);
    }
  }

  return async (signal) => {
    const nowMs = clock.now();
    const waitMs = (await take(nowMs)) - nowMs;
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

/** The slots of this process alone. One that is too far away is not taken. */
function createOwnSlots() {
  let takenMs: number[] = [];
  return {
    take({ nowMs, limits, mostWaitMs: mostMs }: Parameters<CallSlotStore["take"]>[1]): number {
      const longestMs = Math.max(...limits.map(({ windowMs }) => windowMs));
      takenMs = takenMs.filter((atMs) => atMs > nowMs - longestMs);
      const atMs = limits.reduce((earliestMs, { windowMs, mostCalls }) => {
        const before = takenMs.at(-mostCalls);
        return before === undefined ? earliestMs : Math.max(earliestMs, before + windowMs);
      }, nowMs);
      if (atMs - nowMs <= mostMs) takenMs.push(atMs);
      return atMs;
    },
  };
}
