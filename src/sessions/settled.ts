import type { Phase, Session } from "./session";
import type { SessionTools } from "./tools";

/** The next thing to happen is ours to do, and it is being done: it is worth a moment's wait. */
const busyPhases: readonly Phase[] = ["OPENING", "CHECKING_OTP", "BRINGING"];

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
      if (patience.signal.aborted || !busyPhases.includes(session.progress.phase)) return session;
      await wake.promise;
      wake = Promise.withResolvers();
    }
  } finally {
    unwatch();
    cancel();
  }
}
