import type { Clock } from "../kernel";

/** A clock that can jump to another day. Its timers stay real: a second still takes a second. */
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
