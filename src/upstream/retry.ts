import { type Clock, Fault, pause } from "../kernel";

const earnedPerCall = 1;
const costOfRepeat = 10;
const mostSaved = 100;

/** The retry budget that all operations of one vendor share: at most one retry for ten calls. */
export interface RetryBudget {
  earn(): void;
  spend(): boolean;
}

export function createRetryBudget(): RetryBudget {
  // The very first call may be retried.
  let saved = costOfRepeat - earnedPerCall;
  return {
    earn() {
      saved = Math.min(mostSaved, saved + earnedPerCall);
    },
    spend() {
      if (saved < costOfRepeat) return false;
      saved -= costOfRepeat;
      return true;
    },
  };
}

const mostRepeats = 2;
const firstPauseMs = 200;
const longestPauseMs = 2_000;
const longestThrottleSeconds = 5;

interface RetrySettings {
  readonly clock: Clock;
  readonly budget: RetryBudget;
  /** No retry begins later than this after the first attempt. */
  readonly patienceMs: number;
  /** From 0 to 1, like Math.random. */
  readonly random: () => number;
}

type Retry = <T>(signal: AbortSignal, attempt: () => Promise<T>) => Promise<T>;

/** Retries what may succeed a moment later. The pause ends when the caller leaves. */
export function createRetry({ clock, budget, patienceMs, random }: RetrySettings): Retry {
  return async (signal, attempt) => {
    const giveUpAtMs = clock.now() + patienceMs;
    for (let repeats = 0; ; repeats += 1) {
      try {
        return await attempt();
      } catch (thrown) {
        const pauseMs = repeats < mostRepeats ? pauseAfter(thrown, repeats, random) : undefined;
        if (pauseMs === undefined || clock.now() + pauseMs >= giveUpAtMs || !budget.spend()) throw thrown;
        await pause(clock, pauseMs, signal);
      }
    }
  };
}

/** Undefined: a retry does not help, or not soon. */
function pauseAfter(thrown: unknown, repeats: number, random: () => number): number | undefined {
  if (!(thrown instanceof Fault) || !thrown.mayPass || !/^(PROVIDER|PORTAL)_/.test(thrown.code)) return undefined;
  const { retryAfterSeconds } = thrown.context;
  const spreadMs = Math.min(longestPauseMs, firstPauseMs * 2 ** repeats);
  if (thrown.code !== "PROVIDER_RATE_LIMITED") {
    // A fault that names a time, as an open breaker does, is not retried before that time.
    return retryAfterSeconds === undefined ? random() * spreadMs : undefined;
  }
  if (retryAfterSeconds === undefined) return spreadMs / 2 + (random() * spreadMs) / 2;
  if (retryAfterSeconds > longestThrottleSeconds) return undefined;
  // Jitter: calls that were limited together do not return together.
  return retryAfterSeconds * 1_000 + random() * firstPauseMs;
}
