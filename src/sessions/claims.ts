import { type Clock, pause } from "../kernel";
import type { SessionStore } from "./ports";
import type { Session } from "./session";

/**
 * Lets one process at a time work on a session. Work that throws gives its claim up, so that no session sticks to a process
 * that lives but cannot write.
 */
export interface Claims {
  /** NOT_OURS: another living process works on it. `isTakenOver`: earlier work was left unfinished. */
  hold<Result>(session: Session, work: (isTakenOver: boolean) => Promise<Result>): Promise<Result | "NOT_OURS">;
}

const abandonAgainMs = 1_000;

export function createClaims(store: SessionStore, clock: Clock): Claims {
  /** By session id: stops the attempts to abandon a claim. */
  const stopById = new Map<string, () => Promise<void>>();

  /** The store may be away, so it is tried until it is written, or until this process claims the session again. */
  function abandon(session: Session): void {
    const stopping = new AbortController();
    const attempt = async (): Promise<void> => {
      try {
        await store.abandon(session);
      } catch {
        await pause(clock, abandonAgainMs, stopping.signal);
        return attempt();
      }
      stopById.delete(session.id);
    };
    const done = attempt().catch(() => undefined);
    stopById.set(session.id, () => {
      stopping.abort();
      return done;
    });
  }

  async function claim(session: Session): Promise<Awaited<ReturnType<SessionStore["claim"]>>> {
    const stop = stopById.get(session.id);
    if (stop === undefined) return store.claim(session);
    await stop();
    stopById.delete(session.id);
    try {
      const claimed = await store.claim(session);
      return claimed === "CLAIMED" ? "TAKEN_OVER" : claimed;
    } catch (thrown) {
      abandon(session);
      throw thrown;
    }
  }

  return {
    async hold(session, work) {
      const claimed = await claim(session);
      if (claimed === "NOT_OURS") return claimed;
      try {
        return await work(claimed === "TAKEN_OVER");
      } catch (thrown) {
        abandon(session);
        throw thrown;
      }
    },
  };
}
