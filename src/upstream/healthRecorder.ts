import { asFault, bucketOf, type Clock, type Events } from "../kernel";
import type { BreakerState, ConnectedProvider, HealthPeriod } from "../providers";
import type { HealthLog } from "./ports";

const minuteMs = 60_000;
/** After the first call, so that many calls are one write. */
const writeAfterMs = 2_000;
/** Without calls a breaker that is not closed is still told. */
const lookAgainAfterMs = 20_000;
/** While the store is away: four hours of four vendors. */
const mostKept = 1_000;

interface Minute extends HealthPeriod {
  calls: number;
  answered: number;
  breaker: BreakerState;
  readonly countByBucket: Map<number, number>;
  isWritten: boolean;
}

interface RecorderSettings {
  readonly connected: readonly Pick<ConnectedProvider, "provider" | "health">[];
  readonly log: HealthLog;
  readonly clock: Clock;
  readonly events: Events;
}

/** Counts each vendor's calls in memory, and writes what has changed a moment later: no call waits for it. */
export function recordHealth({ connected, log, clock, events }: RecorderSettings): AsyncDisposable {
  const minuteByName = new Map<string, Minute>();
  const idByName = new Map<string, ConnectedProvider["provider"]["id"]>(
    connected.map(({ provider: { id } }) => [id, id]),
  );
  let next: { readonly dueMs: number; readonly cancel: () => void } | undefined;
  let writing: Promise<void> | undefined;
  let isOver = false;

  function minuteOf(provider: HealthPeriod["provider"]): Minute {
    const startsAtMs = Math.floor(clock.now() / minuteMs) * minuteMs;
    const name = `${provider} ${startsAtMs}`;
    const known = minuteByName.get(name);
    if (known) return known;
    const minute: Minute = {
      ...{ provider, startsAtMs, calls: 0, answered: 0, breaker: "CLOSED" },
      ...{ countByBucket: new Map(), isWritten: true },
    };
    minuteByName.set(name, minute);
    return minute;
  }

  /** Returns whether some breaker is not closed. */
  function noteBreakers(): boolean {
    let isAnyLoose = false;
    for (const each of connected) {
      const worst = worstOf(each.health().map(({ breaker }) => breaker));
      if (worst === "CLOSED") continue;
      isAnyLoose = true;
      const minute = minuteOf(each.provider.id);
      if (worstOf([worst, minute.breaker]) === minute.breaker) continue;
      minute.breaker = worst;
      minute.isWritten = false;
    }
    return isAnyLoose;
  }

  async function write(): Promise<void> {
    const isAnyLoose = noteBreakers();
    const changed = [...minuteByName.values()].filter(({ isWritten }) => !isWritten);
    // What changes during the write is written by the next one.
    for (const minute of changed) minute.isWritten = true;
    try {
      if (changed.length > 0) await log.write(changed);
    } catch (thrown) {
      for (const minute of changed) minute.isWritten = false;
      const isOutage = asFault(thrown).code === "STORE_UNAVAILABLE";
      if (!isOutage) events.emit("background failed", { what: "writing the vendors' health", error: thrown });
    }
    forgetOld();
    if ([...minuteByName.values()].some(({ isWritten }) => !isWritten)) writeLater(writeAfterMs);
    else if (isAnyLoose) writeLater(lookAgainAfterMs);
  }

  /** A minute that is over does not change any more. */
  function forgetOld(): void {
    const oldest = [...minuteByName].slice(0, Math.max(0, minuteByName.size - mostKept));
    for (const [name] of oldest) minuteByName.delete(name);
    for (const [name, { startsAtMs, isWritten }] of minuteByName) {
      if (isWritten && startsAtMs + minuteMs <= clock.now()) minuteByName.delete(name);
    }
  }

  function writeLater(afterMs: number): void {
    const dueMs = clock.now() + afterMs;
    if (isOver || (next && next.dueMs <= dueMs)) return;
    next?.cancel();
    const cancel = clock.after(afterMs, () => {
      next = undefined;
      writing = write();
    });
    next = { dueMs, cancel };
  }

  events.on("call judged", ({ provider, hasAnswered, durationMs }) => {
    const id = idByName.get(provider);
    if (isOver || id === undefined) return;
    const minute = minuteOf(id);
    const bucket = bucketOf(durationMs);
    minute.calls += 1;
    if (hasAnswered) minute.answered += 1;
    minute.countByBucket.set(bucket, (minute.countByBucket.get(bucket) ?? 0) + 1);
    minute.isWritten = false;
    writeLater(writeAfterMs);
  });

  return {
    async [Symbol.asyncDispose]() {
      isOver = true;
      next?.cancel();
      await writing;
      await write();
    },
  };
}

function worstOf(states: readonly BreakerState[]): BreakerState {
  if (states.includes("OPEN")) return "OPEN";
  return states.includes("HALF_OPEN") ? "HALF_OPEN" : "CLOSED";
}
