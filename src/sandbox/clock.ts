import type { Clock } from "../kernel";

/** A clock that can jump to another day. Its timers stay real: a second still takes a second. */
export interface JumpingClock extends Clock {
  readonly aheadMs: number;
  /** A jump is done once all who follow this clock have made it too. */
  jumpBy(ms: number): Promise<void>;
  jumpTo(ms: number): Promise<void>;
}

/** `onJump` has other processes follow. */
export function jumpingClock(
  real: Clock,
  onJump: (aheadMs: number) => Promise<void> = () => Promise.resolve(),
): JumpingClock {
  let aheadMs = 0;
  return {
    now: () => real.now() + aheadMs,
    after: (delayMs, callback) => real.after(delayMs, callback),
    get aheadMs() {
      return aheadMs;
    },
    jumpBy(ms) {
      aheadMs += ms;
      return onJump(aheadMs);
    },
    jumpTo(ms) {
      aheadMs = ms - real.now();
      return onJump(aheadMs);
    },
  };
}
