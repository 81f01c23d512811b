import { asFault, type Clock, Fault, outsideWorkerPlace, pause } from "../kernel";
import type { CallLimit } from "../providers";
import type { CallSlotStore } from "./ports";

const mostWaitMs = 5_000;
/** Calls that are sent one second apart may arrive within one second. */
const marginMs = 100;

interface LimiterSettings {
  readonly provider: string;
  readonly account: string;
  readonly limits: readonly CallLimit[];
  readonly slots: Pick<CallSlotStore, "take">;
  readonly clock: Clock;
}

/** Of each window background work leaves a share to callers. */
const shareOfBackground = 0.8;

interface CallLimiter {
  /** Waits until a call is within the vendor's published limits. Throws PROVIDER_RATE_LIMITED if that takes too long. */
  wait(signal: AbortSignal): Promise<void>;
  /** Takes a slot for background work if one is free now. Else it returns in how many milliseconds one may be. */
  takeSpare(): Promise<number>;
}

export function createCallLimiter({ provider, account, limits, slots, clock }: LimiterSettings): CallLimiter {
  const careful = limits.map(({ windowMs, mostCalls }) => ({ windowMs: windowMs + marginMs, mostCalls }));
  const spare = careful.map(({ windowMs, mostCalls }) => ({
    windowMs,
    mostCalls: Math.max(1, Math.floor(mostCalls * shareOfBackground)),
  }));
  const own = createOwnSlots();

  /** Without the store each process keeps the limits alone, so that a login does not fail with the store. */
  async function take(asked: Parameters<CallSlotStore["take"]>[1]): Promise<number> {
    try {
      return await slots.take(account, asked);
    } catch (thrown) {
      if (asFault(thrown).code !== "STORE_UNAVAILABLE") throw thrown;
      return own.take(asked);
    }
  }

  return {
    async wait(signal) {
      const nowMs = clock.now();
      const waitMs = (await take({ nowMs, limits: careful, mostWaitMs })) - nowMs;
      if (waitMs > mostWaitMs) {
        throw new Fault("PROVIDER_RATE_LIMITED", {
          provider,
          retryAfterSeconds: Math.ceil(waitMs / 1_000),
          note: "no call slot is free soon",
          isOurRefusal: true,
        });
      }
      if (waitMs > 0) await outsideWorkerPlace(() => pause(clock, waitMs, signal));
    },
    async takeSpare() {
      const nowMs = clock.now();
      return Math.max(0, (await take({ nowMs, limits: spare, mostWaitMs: 0 })) - nowMs);
    },
  };
}

/** The slots of this process alone. A slot beyond the longest wait is not taken. */
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
