import type { Clock } from "../kernel";

/** A clock whose day can be changed. Its timers stay real: whoever waits a second waits a second. */
export interface JumpingClock extends Clock {
  readonly aheadMs: number;
  jumpBy(ms: number): void;
  jumpTo(ms: number): void;
}

export function jumpingClock(real: Clock): JumpingClock {
  let aheadMs = 0;
  return {
    now: () => real.now() + aheadMs,
    after: (delayMs, callback) => real.after(delayMs, callback),
    get aheadMs() {
      return aheadMs;
    },
    jumpBy(ms) {
      aheadMs += ms;
    },
    jumpTo(ms) {
      aheadMs = ms - real.now();
    },
  };
}
