import { type Clock, Fault, pause } from "../kernel";

const earnedPerCall = 1;
const costOfRepeat = 10;
const mostSaved = 100;

/** What one vendor's operations may spend on repeats: however much fails, they are at most one for each ten calls begun. */
export interface RetryBudget {
  earn(): void;
  spend(): boolean;
}

export function createRetryBudget(): RetryBudget {
  // The first call of all may be repeated, and then one in ten.
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
  /** How long a caller may be kept: no repeat begins later than this after the first try. */
  readonly patienceMs: number;
  /** From 0 to 1, as Math.random has it. */
  readonly random: () => number;
}

type Retry = <T>(signal: AbortSignal, attempt: () => Promise<T>) => Promise<T>;

/** Repeats what may succeed a moment later. The pause listens to the caller, who may leave meanwhile. */
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

/** Undefined: to ask again would not help, or not soon. */
function pauseAfter(thrown: unknown, repeats: number, random: () => number): number | undefined {
  if (!(thrown instanceof Fault) || !thrown.mayPass || !/^(PROVIDER|PORTAL)_/.test(thrown.code)) return undefined;
  const { retryAfterSeconds } = thrown.context;
  const spreadMs = Math.min(longestPauseMs, firstPauseMs * 2 ** repeats);
  if (thrown.code !== "PROVIDER_RATE_LIMITED") {
    // Whoever names a time without being asked, as an open breaker does, is not to be hurried.
    return retryAfterSeconds === undefined ? random() * spreadMs : undefined;
  }
  if (retryAfterSeconds === undefined) return spreadMs / 2 + (random() * spreadMs) / 2;
  if (retryAfterSeconds > longestThrottleSeconds) return undefined;
  // Those who were throttled together do not come back together.
  return retryAfterSeconds * 1_000 + random() * firstPauseMs;
}
