import { Fault } from "../kernel";

const mostWaiting = 1_000;
const retryAfterSeconds = 10;

/** Calls that somebody waits for go before those of background work. */
export type Lane = "CALLER" | "BACKGROUND";

/** Limits the calls in flight at one vendor. Further calls wait in a queue; one that is aborted leaves the queue at once. */
export interface Bulkhead {
  run<T>(signal: AbortSignal, work: () => Promise<T>, lane?: Lane): Promise<T>;
}

/** Background work may have three quarters of the places, and none that a caller waits for. */
export function shareOfBackground(maxInFlight: number): number {
  return Math.max(1, Math.floor((maxInFlight * 3) / 4));
}

export function createBulkhead(provider: string, maxInFlight: number): Bulkhead {
  const most: Readonly<Record<Lane, number>> = { CALLER: maxInFlight, BACKGROUND: shareOfBackground(maxInFlight) };
  const inFlight: Record<Lane, number> = { CALLER: 0, BACKGROUND: 0 };
  const queues: Readonly<Record<Lane, Set<() => void>>> = { CALLER: new Set(), BACKGROUND: new Set() };

  function hasPlace(lane: Lane): boolean {
    return inFlight.CALLER + inFlight.BACKGROUND < maxInFlight && inFlight[lane] < most[lane];
  }

  function waitInQueue(signal: AbortSignal, queue: Set<() => void>): Promise<undefined> {
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

  function admitNext(): void {
    for (const lane of ["CALLER", "BACKGROUND"] as const) {
      const [next] = queues[lane];
      if (next === undefined || !hasPlace(lane)) continue;
      queues[lane].delete(next);
      inFlight[lane] += 1;
      next();
      return;
    }
  }

  return {
    async run(signal, work, lane = "CALLER") {
      signal.throwIfAborted();
      const isFree = queues.CALLER.size === 0 && queues[lane].size === 0 && hasPlace(lane);
      if (isFree) inFlight[lane] += 1;
      else await waitInQueue(signal, queues[lane]);
      try {
        // The signal may abort between the resolution of the wait and this line.
        signal.throwIfAborted();
        return await work();
      } finally {
        inFlight[lane] -= 1;
        admitNext();
      }
    },
  };
}
