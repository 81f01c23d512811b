import type { Clock } from "./clock";

/** When the caller stops waiting: at a moment, or earlier if it disconnects. The signal ends upstream work. */
interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  readonly expiresAtMs: number;
}

export class DeadlineExpired extends Error {
  override readonly name = "DeadlineExpired";
}

export class CallerLeft extends Error {
  override readonly name = "CallerLeft";
}

export function deadlineAfter(clock: Clock, delayMs: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  const cancelTimer = clock.after(delayMs, () => {
    controller.abort(new DeadlineExpired());
  });
  const leave = () => {
    controller.abort(parent?.reason);
  };
  if (parent?.aborted) leave();
  else parent?.addEventListener("abort", leave, { once: true });
  return {
    signal: controller.signal,
    expiresAtMs: clock.now() + delayMs,
    [Symbol.dispose]() {
      cancelTimer();
      parent?.removeEventListener("abort", leave);
    },
  };
}
