import type { Access } from "../../graph";
import type { Clock } from "../../kernel";

/** Timers cannot wait for longer than 25 days, and those of a machine that sleeps come late. */
const longestWaitMs = 3_600_000;

export function hasEnded({ expiresAtMs }: Pick<Access, "expiresAtMs">, clock: Pick<Clock, "now">): boolean {
  return expiresAtMs <= clock.now();
}

/** Calls back when the token ends; the returned function cancels it. */
export function atTokenEnd(access: Pick<Access, "expiresAtMs">, clock: Clock, callback: () => void): () => void {
  let cancel: () => void;
  function wait(): void {
    if (hasEnded(access, clock)) callback();
    else cancel = clock.after(Math.min(access.expiresAtMs - clock.now(), longestWaitMs), wait);
  }
  cancel = () => undefined;
  wait();
  return () => {
    cancel();
  };
}
