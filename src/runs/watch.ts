import type { Clock } from "../kernel";
import type { Announcements } from "../sessions/ports";
import type { RunStore } from "./ports";
import { isOver, type Run } from "./run";

interface WatchTools {
  readonly store: Pick<RunStore, "byId">;
  readonly announcements: Announcements;
  readonly clock: Clock;
}

const leastMs = 1_000;

/** The run, then its newer states at most once a second. A state in between is left out, and the last one never is. */
export function watchRun(
  { store, announcements, clock }: WatchTools,
  { tenant, id }: Pick<Run, "tenant" | "id">,
): AsyncIterableIterator<Run> {
  let change = Promise.withResolvers<undefined>();
  let rest = Promise.withResolvers<undefined>();
  let hasLeft = false;
  let cancelRest = (): void => undefined;
  const unwatch = announcements.watch(id, () => {
    change.resolve(undefined);
  });

  function restFor(ms: number): Promise<undefined> {
    rest = Promise.withResolvers();
    cancelRest = clock.after(ms, () => {
      rest.resolve(undefined);
    });
    return rest.promise;
  }

  async function* states(): AsyncGenerator<Run> {
    try {
      while (!hasLeft) {
        // Armed before the read, so that a change meanwhile starts another round.
        change = Promise.withResolvers();
        const run = (await store.byId(tenant, [id])).get(id);
        if (run === undefined) return;
        yield run;
        if (isOver(run)) return;
        await restFor(leastMs);
        await change.promise;
      }
    } finally {
      unwatch();
      cancelRest();
    }
  }

  const generator = states();
  return {
    next: () => generator.next(),
    // `return` of a generator that awaits takes effect only once that await ends.
    return() {
      hasLeft = true;
      unwatch();
      cancelRest();
      rest.resolve(undefined);
      change.resolve(undefined);
      return generator.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
