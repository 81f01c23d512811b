import type { Clock } from "./clock";

/** For work that no caller can cancel, because it is paid for or because others wait for it. */
export const neverAborted: AbortSignal = new AbortController().signal;

/** Waits for the promise until the signal aborts; then rejects with the signal's reason. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const left = Promise.withResolvers<never>();
  const leave = () => {
    left.reject(signal.reason as Error);
  };
  signal.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([promise, left.promise]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

export async function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const cancel = clock.after(delayMs, () => {
    resolve(undefined);
  });
  try {
    await unlessAborted(promise, signal);
  } finally {
    cancel();
  }
}
