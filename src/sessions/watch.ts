import { isOver, phases, type Session } from "./session";
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

const patienceMs = 4_000;

/** The session once we have done what we can for now; as it is, when that takes longer than a caller likes to wait. */
export async function settled(
  { store, announcements, clock }: Pick<SessionTools, "store" | "announcements" | "clock">,
  { tenant, id }: Session,
): Promise<Session> {
  let wake = Promise.withResolvers<undefined>();
  const patience = new AbortController();
  const unwatch = announcements.watch(id, () => {
    wake.resolve(undefined);
  });
  const cancel = clock.after(patienceMs, () => {
    patience.abort();
    wake.resolve(undefined);
  });
  try {
    for (;;) {
      const session = (await store.byId(tenant, [id])).get(id);
      if (session === undefined) throw new Error("a session is gone that was there a moment ago");
      if (patience.signal.aborted || !phases[session.progress.phase].isBusy) return session;
      await wake.promise;
      wake = Promise.withResolvers();
    }
  } finally {
    unwatch();
    cancel();
  }
}

/** Whoever works on it may have died, which nobody announces. */
const lookAgainMs = 1_000;

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
  const cancel = clock.after(lookAgainMs, wake);
  try {
    // Looked at once it is watched: what changed before was announced to nobody here.
    const now = (await store.byId(tenant, [id])).get(id);
    if (now?.version === version) await promise;
  } finally {
    unwatch();
    cancel();
  }
}
