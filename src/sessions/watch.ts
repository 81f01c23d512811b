import { isOver, phases, type Session } from "./session";
import type { SessionTools } from "./tools";

/** The session, then each change of any process in order. It completes when the session is over. */
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
        // Armed before the read, so that a change meanwhile starts another round.
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
    // `return` of a generator that awaits a change takes effect only once that await ends.
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

/** The session once it leaves the busy phases, or as it is after the time that a caller waits. */
export async function whenIdle(
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

/** The death of a process is not announced. */
const lookAgainMs = 1_000;

/** Resolves when the session has another version, or when it is time to look again. */
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
    // Read after the watch has begun, so that no change falls between.
    const now = (await store.byId(tenant, [id])).get(id);
    if (now?.version === version) await promise;
  } finally {
    unwatch();
    cancel();
  }
}
