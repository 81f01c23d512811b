import type { ManualClock } from "../../src/kernel/clock";
import type { Jobs, SessionStore } from "../../src/sessions/ports";
import type { Session } from "../../src/sessions/session";

/** Jobs that fall due by the test's own clock, and a sweep that runs when the test says so, over its own sessions. */
export function jobsOnClock(real: SessionStore, clock: ManualClock, failures: unknown[], tenant: string) {
  let doJob: Parameters<Jobs["work"]>[0];
  let sweep: () => Promise<void>;
  const cancelById = new Map<string, () => void>();
  const underWay = new Set<Promise<unknown>>();

  function send({ tenant: of, id }: Session, afterMs: number): void {
    const run = () => {
      const done = doJob({ tenant: of, sessionId: id })
        .catch((error: unknown) => failures.push(error))
        .finally(() => underWay.delete(done));
      underWay.add(done);
    };
    cancelById.get(id)?.();
    if (afterMs > 0) cancelById.set(id, clock.after(afterMs, run));
    else run();
  }

  const sessions: SessionStore = {
    ...real,
    async change(session, change) {
      const { jobAfterMs } = change;
      // The test may move time on as soon as it hears of the change, which is before this continues.
      const atMs = clock.now();
      const changed = await real.change(session, change);
      if (changed && jobAfterMs !== undefined) send(changed, atMs + jobAfterMs - clock.now());
      return changed;
    },
    overdue: async (nowMs) => (await real.overdue(nowMs)).filter((session) => session.tenant.startsWith(tenant)),
  };

  return {
    sessions,
    runSweep: () => sweep(),
    lose() {
      for (const cancel of cancelById.values()) cancel();
      doJob = () => Promise.resolve();
    },
    async done() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    work: (work: typeof doJob) => Promise.resolve(void (doJob = work)),
    sweep: (_everyMs: number, work: typeof sweep) => Promise.resolve(void (sweep = work)),
    stop: () => Promise.resolve(),
  };
}
