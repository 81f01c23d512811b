import type { Clock } from "../kernel/clock";
import type { Events } from "../kernel/events";
import type { Store } from "./store";

const everyMs = 10 * 60_000;

/** What has outlived its time is destroyed, not merely passed over, until the returned function ends it. */
export function sweepExpired(store: Pick<Store, "deleteExpired">, clock: Clock, events: Events): () => void {
  let cancel: (() => void) | undefined;
  const sweepLater = () => {
    cancel = clock.after(everyMs, () => {
      store
        .deleteExpired()
        .catch((error: unknown) => {
          events.emit("background failed", { what: "deleting what has expired", error });
        })
        .finally(sweepLater);
    });
  };
  sweepLater();
  return () => cancel?.();
}
