import type { Clock } from "../kernel/clock";
import type { Events } from "../kernel/events";

/** Work that goes on when the caller who asked for it has left. */
export type Background = (work: Promise<void>) => void;

export interface BackgroundWork {
  readonly run: Background;
  /** When all of it has ended, or when nobody waits any longer. */
  settled(mostMs: number): Promise<void>;
}

export function createBackground(clock: Clock, events: Events): BackgroundWork {
  const underWay = new Set<Promise<void>>();
  return {
    run(work) {
      const watched = work
        .catch((error: unknown) => {
          events.emit("background failed", { what: "a step of a session", error });
        })
        .finally(() => underWay.delete(watched));
      underWay.add(watched);
    },
    async settled(mostMs) {
      const patience = Promise.withResolvers<undefined>();
      const cancel = clock.after(mostMs, () => {
        patience.resolve(undefined);
      });
      await Promise.race([Promise.all(underWay), patience.promise]);
      cancel();
    },
  };
}
