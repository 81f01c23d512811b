import { Fault } from "../kernel";

const mostWaiting = 1_000;
const retryAfterSeconds = 10;

/** Places in flight at one vendor: those who find none wait in line, and whoever leaves the line makes room at once. */
export interface Places {
  hold<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createPlaces(provider: string, most: number): Places {
  let free = most;
  const line = new Set<() => void>();

  function turnOf(signal: AbortSignal): Promise<undefined> {
    if (line.size >= mostWaiting) {
      throw new Fault("PROVIDER_UNAVAILABLE", { provider, retryAfterSeconds, note: "too many wait" });
    }
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const enter = () => {
      signal.removeEventListener("abort", leave);
      resolve(undefined);
    };
    const leave = () => {
      line.delete(enter);
      reject(signal.reason as Error);
    };
    line.add(enter);
    signal.addEventListener("abort", leave, { once: true });
    return promise;
  }

  function handOn(): void {
    const [next] = line;
    if (next === undefined) {
      free += 1;
      return;
    }
    line.delete(next);
    next();
  }

  return {
    async hold(signal, work) {
      signal.throwIfAborted();
      if (free > 0) free -= 1;
      else await turnOf(signal);
      try {
        // Somebody may leave between being let in and coming in.
        signal.throwIfAborted();
        return await work();
      } finally {
        handOn();
      }
    },
  };
}
