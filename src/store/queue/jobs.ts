import { type Db, PgBoss, type Job } from "pg-boss";
import { setTimeout as wait } from "node:timers/promises";
import { asFault, type Events, inWorkerPlace, noTracer, type Tracer } from "../../kernel";
import type { Jobs, Session } from "../../sessions/ports";
import type { Database, PreparedSql, Queries } from "../database";
import type { ProviderId } from "../../domain";
import { notify, type Listener } from "./listener";
import { createTurns } from "./turns";

const patienceMs = 5_000;

interface WorkerOptions<Task extends object> {
  readonly queue: string;
  readonly concurrency: number;
  readonly doJob: (task: Task) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

interface Workers {
  /** Asks the queue at once. */
  wake(): void;
  /** Takes no more jobs, and waits a little for those under way. */
  stop(): Promise<void>;
}

/**
 * Does the jobs of a queue. One fetch serves all free workers, and no job waits for another. Errors go to our log and not
 * into pg-boss's table. Why not pg-boss's own workers: docs/decisions/8-workers-of-our-own.md.
 */
export function startWorkers<Task extends object>(boss: PgBoss, options: WorkerOptions<Task>): Workers {
  const { queue, concurrency, doJob, onFailure } = options;
  const underWay = new Set<Promise<void>>();
  /** Jobs under way that only wait. They hold no worker. */
  let outside = 0;
  let isFetching = false;
  let isWoken = false;
  /** The last fetch came back full, so each worker that becomes free fetches again. */
  let mayBeMore = false;
  let isStopped = false;
  let hasFailed = false;

  /** Below 0 where jobs have come back from a wait. */
  function freePlaces(): number {
    return concurrency - (underWay.size - outside);
  }

  async function fetch(): Promise<void> {
    isWoken = true;
    if (isFetching) return;
    isFetching = true;
    try {
      while (isWoken && !isStopped && freePlaces() > 0) {
        isWoken = false;
        const batchSize = freePlaces();
        const jobs = await boss.fetch<Task>(queue, { batchSize });
        mayBeMore = jobs.length === batchSize;
        for (const job of jobs) start(job);
        hasFailed = false;
      }
    } catch (error) {
      // The next fetch is soon. Only the first failure is logged while the database is away.
      if (!hasFailed) onFailure(error);
      hasFailed = true;
    } finally {
      isFetching = false;
    }
  }

  function start(job: Job<Task>): void {
    const done = inWorkerPlace(newPlace(), () => finish(job))
      .catch(onFailure)
      .finally(() => {
        underWay.delete(done);
        if (mayBeMore) void fetch();
      });
    underWay.add(done);
  }

  /** A job may wait for several things at once. */
  function newPlace() {
    let waits = 0;
    return {
      leave() {
        waits += 1;
        if (waits > 1) return;
        outside += 1;
        if (mayBeMore) void fetch();
      },
      enter() {
        waits -= 1;
        if (waits === 0) outside -= 1;
      },
    };
  }

  async function finish(job: Job<Task>): Promise<void> {
    try {
      await doJob(job.data);
    } catch (error) {
      onFailure(error);
      await boss.fail(queue, job);
      return;
    }
    await boss.complete(queue, job);
  }

  void fetch();
  return {
    wake: () => void fetch(),
    async stop() {
      isStopped = true;
      await Promise.race([Promise.all(underWay), wait(patienceMs, undefined, { ref: false })]);
    },
  };
}

const schema = "aaygraph_jobs";
const installLock = 4_711_008;
/** For vendors that are not connected. The release before sends all jobs here. */
const commonQueue = "sessions";
/** A delayed job starts this late at most. */
const pollMs = 400;
/** Of each vendor: one that is slow takes no other's workers. */
const concurrencyOfVendor = 16;

/** The payload of a job. The state is the session's own. */
interface SessionTask {
  readonly tenant: string;
  readonly sessionId: string;
  /** The trace that it continues. */
  readonly traceparent?: string | undefined;
}

export interface SessionJobs extends Jobs, AsyncDisposable {
  /** Sent with the transaction. A waiting job of this session takes the new time. */
  send(queries: Queries, session: Session, afterMs: number): Promise<void>;
}

interface JobParts {
  readonly database: Database;
  readonly listener: Pick<Listener, "subscribe">;
  readonly events: Events;
  readonly tracer?: Tracer | undefined;
  /** This process's number. */
  readonly owner: number;
  /** Each has a queue of its own. */
  readonly vendors: readonly ProviderId[];
}

/** pg-boss over our own connections. It says when a session is due; the session knows what is due. */
export async function openJobs({ tracer = noTracer, ...parts }: JobParts): Promise<SessionJobs> {
  const { database, listener, events, owner, vendors } = parts;
  const onFailure = (error: unknown) => {
    // An outage of the store is logged once, where it is noticed.
    if (asFault(error).code === "STORE_UNAVAILABLE") return;
    events.emit("background failed", { what: "jobs", error });
  };
  const queues = [...vendors.map(queueOf), commonQueue];
  const boss = await startBoss(database, queues, onFailure);
  const turns = createTurns(database, owner);
  const stops: (() => unknown)[] = [];

  async function stop(): Promise<void> {
    await Promise.all(stops.map((each) => each()));
  }

  /** One statement asks for all queues, so that a vendor more costs nothing while there is nothing to do. */
  async function queuesWithWork(): Promise<readonly string[]> {
    const { rows } = await database.run<{ name: string }>(dueQueues, [queues]);
    return rows.map(({ name }) => name);
  }

  return {
    async send(queries, { tenant, id, provider }, afterMs) {
      const task: SessionTask = { tenant, sessionId: id, traceparent: tracer.traceparent() };
      const queue = vendors.includes(provider) ? queueOf(provider) : commonQueue;
      await boss.upsert(queue, task, {
        singletonKey: id,
        startAfter: Math.max(0, afterMs) / 1_000,
        db: connectionOf(queries),
      });
      if (afterMs <= 0) await notify(queries, "aaygraph_jobs", queue);
    },

    work(doJob) {
      const startWorkersOf = (queue: string) =>
        startWorkers<SessionTask>(boss, {
          ...{ queue, concurrency: concurrencyOfVendor, onFailure },
          doJob: (task) => tracer.span({ kind: "JOB", name: queue }, () => doJob(task), task.traceparent),
        });
      const workersByQueue = new Map(queues.map((queue) => [queue, startWorkersOf(queue)]));
      const wakeAll = () => {
        for (const workers of workersByQueue.values()) workers.wake();
      };
      const look = onceAtATime(async () => {
        for (const queue of await queuesWithWork()) workersByQueue.get(queue)?.wake();
      });
      const polling = setInterval(look, pollMs);
      polling.unref();
      stops.push(async () => {
        clearInterval(polling);
        await Promise.all([...workersByQueue.values()].map((workers) => workers.stop()));
      });
      // A notification of the release before names no queue.
      const onNotification = (queue: string) => (workersByQueue.get(queue) ?? workersByQueue.get(commonQueue))?.wake();
      listener.subscribe("aaygraph_jobs", { onNotification, onReconnect: wakeAll });
      return Promise.resolve();
    },

    sweep(everyMs, sweep) {
      let restUntilMs = 0;
      const look = onceAtATime(async () => {
        if (performance.now() < restUntilMs) return;
        try {
          await turns.take("sweep", everyMs / 2, sweep);
        } catch (error) {
          // Another process may be able to sweep where this one cannot.
          restUntilMs = performance.now() + 3 * everyMs;
          throw error;
        }
      }, onFailure);
      // Random, so that no process is always the first.
      let timer: NodeJS.Timeout;
      const lookLater = () => {
        timer = setTimeout(
          () => {
            look();
            lookLater();
          },
          everyMs * (0.5 + Math.random()),
        );
        timer.unref();
      };
      look();
      lookLater();
      stops.push(() => {
        clearTimeout(timer);
      });
      return Promise.resolve();
    },

    stop,

    async [Symbol.asyncDispose]() {
      await stop();
      await boss.stop({ graceful: false, close: false });
    },
  };
}

function queueOf(provider: ProviderId): string {
  return `sessions-${provider.toLowerCase()}`;
}

const dueQueues: PreparedSql = {
  name: "due_queues",
  text: `select name from unnest($1::text[]) as queue (name) where exists (
      select from ${schema}.job where job.name = queue.name and job.state < 'active' and job.start_after <= now()
    )`,
};

/** Skips a turn while the one before is under way. */
function onceAtATime(work: () => Promise<void>, onFailure: (error: unknown) => void = () => undefined): () => void {
  let isUnderWay = false;
  return () => {
    if (isUnderWay) return;
    isUnderWay = true;
    work()
      .catch(onFailure)
      .finally(() => (isUnderWay = false));
  };
}

/** The lock serializes processes that start together: pg-boss creates or migrates its tables without one. */
async function startBoss(
  database: Database,
  queues: readonly string[],
  onFailure: (error: unknown) => void,
): Promise<PgBoss> {
  return database.transaction(
    async (queries) => {
      await queries.run("select pg_advisory_xact_lock($1)", [installLock]);
      const { rows: made } = await queries.run("select where to_regnamespace($1) is not null", [schema]);
      const boss = new PgBoss({
        db: connectionOf(database),
        schema,
        // The schema may be made by an administrator, without the right to create others.
        createSchema: made.length === 0,
        schedule: false,
        maintenanceIntervalSeconds: 3_600,
      });
      boss.on("error", onFailure);
      await boss.start();
      const brief = { deleteAfterSeconds: 3_600, expireInSeconds: 600 };
      for (const queue of queues) {
        await boss.createQueue(queue, { ...brief, retryLimit: 5, retryDelay: 1, retryBackoff: true });
      }
      return boss;
    },
    { isLong: true },
  );
}

function connectionOf(queries: Queries): Db {
  return { executeSql: async (text, values) => ({ rows: [...(await queries.run(text, values)).rows] }) };
}
