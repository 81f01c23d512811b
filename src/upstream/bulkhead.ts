import { Fault } from "../kernel";

const mostWaiting = 1_000;
const retryAfterSeconds = 10;

/** Limits the calls in flight at one vendor. Further calls wait in a queue; one that is aborted leaves the queue at once. */
export interface Bulkhead {
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createBulkhead(provider: string, maxInFlight: number): Bulkhead {
  let free = maxInFlight;
  const queue = new Set<() => void>();

  function waitInQueue(signal: AbortSignal): Promise<undefined> {
    if (queue.size >= mostWaiting) {
      throw new Fault("PROVIDER_UNAVAILABLE", { provider, retryAfterSeconds, note: "too many wait" });
    }
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const enter = () => {
      signal.removeEventListener("abort", leave);
      resolve(undefined);
    };
    const leave = () => {
      queue.delete(enter);
      reject(signal.reason as Error);
    };
    queue.add(enter);
    signal.addEventListener("abort", leave, { once: true });
    return promise;
  }

  function releaseSlot(): void {
    const [next] = queue;
    if (next === undefined) {
      free += 1;
      return;
    }
    queue.delete(next);
    next();
  }

  return {
    async run(signal, work) {
      signal.throwIfAborted();
      if (free > 0) free -= 1;
      else await waitInQueue(signal);
      try {
        // The signal may abort between the resolution of the wait and this line.
        signal.throwIfAborted();
        return await work();
      } finally {
        releaseSlot();
      }
    },
  };
}
