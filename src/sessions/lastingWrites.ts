import { type Clock, Fault, pause } from "../kernel";
import type { Change, SessionStore } from "./ports";
import { phases, type Session } from "./session";
import type { SessionTools } from "./tools";
import { lostCallMs, type Transition } from "./transition";

/** For what follows a vendor's call. */
export interface AfterCall {
  readonly tools: SessionTools;
  readonly transition: Transition;
}

const firstPauseMs = 250;
const longestPauseMs = 4_000;
/** A little less than the sweep's, which takes a call for lost after that. */
const patienceMs = lostCallMs - 15_000;

interface LastingWrites {
  readonly tools: SessionTools;
  /** From now on nothing is waited for: the process stops. */
  giveUp(): void;
}

/**
 * A store that is away says nothing about a session, so each statement is repeated with back-off. Reads are repeated as well:
 * the writes need them. What throws in the end is STORE_UNAVAILABLE.
 */
export function createLastingWrites(tools: SessionTools): LastingWrites {
  const { store, consents, clock } = tools;
  const stopping = new AbortController();
  const lasting = <Result>(ask: () => Promise<Result>) => untilWritten(clock, stopping.signal, ask);
  return {
    tools: {
      ...tools,
      store: {
        ...store,
        byId: (tenant, ids) => lasting(() => store.byId(tenant, ids)),
        secretsOf: (session) => lasting(() => store.secretsOf(session)),
        isLoginOfAnother: (session, pan, nowMs) => lasting(() => store.isLoginOfAnother(session, pan, nowMs)),
        owesLogout: (session) => lasting(() => store.owesLogout(session)),
        loggedOut: (session, outcome) => lasting(() => store.loggedOut(session, outcome)),
        change: (session, change) => {
          let isUncertain = false;
          const write = async () => {
            try {
              return (
                (await store.change(session, change)) ??
                (isUncertain ? await ownChange(store, session, change) : undefined)
              );
            } catch (thrown) {
              isUncertain = true;
              throw thrown;
            }
          };
          return untilWritten(clock, stopping.signal, write, lostAtMs(session));
        },
      },
      consents: {
        ...consents,
        byId: (tenant, ids) => lasting(() => consents.byId(tenant, ids)),
        record: (tenant, records) => lasting(() => consents.record(tenant, records)),
      },
      keepReadings: (session, consent, readings) => lasting(() => tools.keepReadings(session, consent, readings)),
    },
    giveUp() {
      stopping.abort();
    },
  };
}

export function isStoreAway(thrown: unknown): boolean {
  return thrown instanceof Fault && thrown.code === "STORE_UNAVAILABLE";
}

/** When the sweep of any process takes the call of this session for lost. */
function lostAtMs({ progress: { phase }, updatedAtMs }: Session): number {
  return phases[phase].isCalling ? updatedAtMs + patienceMs : Infinity;
}

async function untilWritten<Result>(
  clock: Clock,
  signal: AbortSignal,
  write: () => Promise<Result>,
  lateAtMs = Infinity,
): Promise<Result> {
  const giveUpAtMs = Math.min(lateAtMs, clock.now() + patienceMs);
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    try {
      return await write();
    } catch (thrown) {
      if (!isStoreAway(thrown) || signal.aborted || clock.now() + pauseMs > giveUpAtMs) throw thrown;
      await pause(clock, pauseMs, signal).catch(() => undefined);
    }
  }
}

/** The change as an earlier attempt has made it, whose commit was not heard of. Others may have changed the session since. */
async function ownChange(
  store: SessionStore,
  before: Session,
  { progress, nowMs }: Change,
): Promise<Session | undefined> {
  const steps = await store.history(before.tenant, before.id, before.version);
  const own = steps.find(({ version, atMs }) => version === before.version + 1 && atMs === nowMs);
  if (own?.progress.phase !== progress.phase) return undefined;
  return { ...before, version: own.version, progress: own.progress, updatedAtMs: nowMs };
}
