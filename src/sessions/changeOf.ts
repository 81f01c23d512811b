import type { Session } from "./session";
import type { SessionTools } from "./tools";

/** Whoever works on it may have died, which nobody announces. */
const patienceMs = 1_000;

/** When the session has changed from what is known of it, or when it is time to look whether somebody is at it still. */
export async function changeOf(
  { store, announcements, clock }: Pick<SessionTools, "store" | "announcements" | "clock">,
  { tenant, id, version }: Session,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const wake = () => {
    resolve(undefined);
  };
  const unwatch = announcements.watch(id, wake);
  const cancel = clock.after(patienceMs, wake);
  try {
    // Looked at once it is watched: what changed before was announced to nobody here.
    const now = (await store.byId(tenant, [id])).get(id);
    if (now?.version === version) await promise;
  } finally {
    unwatch();
    cancel();
  }
}
