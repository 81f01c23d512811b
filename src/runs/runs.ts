import type { AuditedCaller, Pan } from "../domain";
import { Fault, neverAborted, pause } from "../kernel";
import type { OpenRunFile } from "../reading";
import type { Announcements } from "../sessions/ports";
import { createOpenRunFile } from "./file";
import type { ResultPage, UploadStore } from "./ports";
import { createReadResults, type ReadPage, type ResultReader, type ResultTools } from "./results";
import { isOver, type Run, statesBefore } from "./run";
import { createReceiveUpload, type Upload } from "./upload";
import { watchRun } from "./watch";
import { createWork, type WorkTools } from "./work";

/** A request for a run, after its input is checked. */
export interface RunRequest {
  readonly tenant: string;
  readonly by: AuditedCaller;
  readonly list: { readonly pans: readonly Pan[] } | { readonly upload: string };
  readonly mostPaise: number;
  readonly maxAgeMs: number | undefined;
  readonly reference: string | undefined;
  readonly idempotencyKey: string;
}

export interface RunOutcome {
  readonly run?: Run | undefined;
  readonly problem?: Fault | undefined;
  /** The run was there before, and nothing was started. */
  readonly replayed: boolean;
}

/** The face of this folder. Another tenant's id is NOT_FOUND. */
export interface Runs {
  start(request: RunRequest): Promise<RunOutcome>;
  find(tenant: string, id: string): Promise<Run>;
  cancel(tenant: string, id: string, by: AuditedCaller): Promise<RunOutcome>;
  /** Consent is judged now, and the reading is on record before it is shown. Erased people are left out. */
  results(run: Run, page: ResultPage, reader: ResultReader): Promise<ReadPage>;
  /** The run as it is now, then as it changes, at most once a second. It completes when the run is over. */
  watch(tenant: string, id: string): Promise<AsyncIterableIterator<Run>>;
  /** Keeps the lines of a file as a list for runs. */
  readonly receiveUpload: (tenant: string, pieces: AsyncIterable<Buffer>) => Promise<Upload>;
  /** The file of a run that is over. */
  readonly openFile: OpenRunFile;
  /** Works on runs, until it is stopped. */
  work(): void;
  /** Takes no more work, and waits a little for the calls under way. */
  stop(): Promise<void>;
}

interface RunTools extends WorkTools, Pick<ResultTools, "append"> {
  readonly announcements: Announcements;
  readonly uploads: UploadStore;
  /** Refuses PANs whose fourth letter names no holder type. */
  readonly strictHolder: boolean;
}

const lookEveryMs = 500;
/** Runs that one process works on side by side. */
const mostAtOnce = 4;
const stopMs = 5_000;

export function createRuns(tools: RunTools): Runs {
  const { store, checks, clock, events, announcements } = tools;
  const work = createWork(tools);
  const results = createReadResults(tools);
  const stopping = new AbortController();
  const stopById = new Map<string, AbortController>();
  const underWay = new Set<Promise<void>>();
  let isLooking = false;

  async function find(tenant: string, id: string): Promise<Run> {
    const run = (await store.byId(tenant, [id])).get(id);
    if (run === undefined) throw new Fault("NOT_FOUND", { field: "id" });
    return run;
  }

  /** Cancelled in any process, it stops here: the announcement is a hint, and each call is counted under the run's lock. */
  async function workOn(run: Run): Promise<void> {
    const cancelling = new AbortController();
    stopById.set(run.id, cancelling);
    const unwatch = announcements.watch(run.id, () => {
      find(run.tenant, run.id).then(
        (now) => {
          if (isOver(now)) cancelling.abort();
        },
        () => undefined,
      );
    });
    try {
      await work(run, AbortSignal.any([cancelling.signal, stopping.signal]));
    } finally {
      unwatch();
      // In hand until then, so that this process does not claim it again in between.
      await store.release(run).finally(() => stopById.delete(run.id));
    }
  }

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      while (underWay.size < mostAtOnce && !stopping.signal.aborted) {
        const run = await store.claim(clock.now(), [...stopById.keys()]);
        if (run === undefined) return;
        const working = workOn(run)
          .catch((error: unknown) => {
            events.emit("background failed", { what: "a run", error });
          })
          .finally(() => {
            underWay.delete(working);
            void look();
          });
        underWay.add(working);
      }
    } catch {
      // An outage of the store is logged where it is noticed. The next look is soon.
    } finally {
      isLooking = false;
    }
  }

  return {
    async start(request) {
      try {
        checks.source();
      } catch (thrown) {
        return { problem: thrown as Fault, replayed: false };
      }
      const { list, mostPaise, maxAgeMs, reference } = request;
      const asked = JSON.stringify([list, mostPaise, maxAgeMs, reference]);
      const started = await store.start({ ...request, request: asked, nowMs: clock.now() });
      switch (started.outcome) {
        case "CONFLICT":
          return { problem: new Fault("CONFLICT", { field: "idempotencyKey" }), replayed: false };
        case "NO_SUCH_UPLOAD":
          throw new Fault("NOT_FOUND", { field: "input.upload" });
        case "STARTED":
        case "REPLAYED":
          void look();
          return { run: started.run, replayed: started.outcome === "REPLAYED" };
      }
    },

    find,

    async cancel(tenant, id, by) {
      const run = await find(tenant, id);
      const cancelled = await store.move(run, {
        from: statesBefore.CANCELLED,
        to: "CANCELLED",
        nowMs: clock.now(),
        by,
      });
      stopById.get(id)?.abort();
      return { run: cancelled ?? (await find(tenant, id)), replayed: cancelled === undefined };
    },

    results,
    receiveUpload: createReceiveUpload(tools),
    openFile: createOpenRunFile(store, results),

    async watch(tenant, id) {
      await find(tenant, id);
      return watchRun({ store, announcements, clock }, { tenant, id });
    },

    work() {
      const again = () => {
        if (stopping.signal.aborted) return;
        void look();
        clock.after(lookEveryMs, again);
      };
      again();
    },

    async stop() {
      stopping.abort();
      await Promise.race([Promise.all(underWay), pause(clock, stopMs, neverAborted)]);
    },
  };
}
