import { isOver, type Session } from "./session";
import type { SessionTools } from "./tools";

/** The session as it is, then every change of it in order, from whichever process; it completes when the session is over. */
export function watchSession(
  { store, announcements }: Pick<SessionTools, "store" | "announcements">,
  current: Session,
): AsyncIterableIterator<Session> {
  const { tenant, id } = current;
  let change = Promise.withResolvers<undefined>();
  let hasLeft = false;
  const unwatch = announcements.watch(id, () => {
    change.resolve(undefined);
  });

  async function* states(): AsyncGenerator<Session> {
    try {
      let session = current;
      yield session;
      while (!isOver(session) && !hasLeft) {
        // Armed before it is read, so that what changes meanwhile is read in the next round.
        change = Promise.withResolvers();
        const steps = await store.history(tenant, id, session.version);
        for (const { version, progress, atMs } of steps) {
          session = { ...session, version, progress, updatedAtMs: atMs };
          if (isOver(session)) session = { ...session, endedAtMs: atMs };
          yield session;
        }
        if (steps.length === 0) await change.promise;
      }
    } finally {
      unwatch();
    }
  }

  const generator = states();
  return {
    next: () => generator.next(),
    // A generator that waits for a change cannot be returned from until it is woken.
    return() {
      hasLeft = true;
      unwatch();
      change.resolve(undefined);
      return generator.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
