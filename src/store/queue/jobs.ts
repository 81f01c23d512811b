import { type Db, PgBoss, type Job } from "pg-boss";
import { setTimeout as wait } from "node:timers/promises";
import type { Events } from "../../kernel";
import type { Jobs, Session } from "../../sessions/ports";
import type { Database, Queries } from "../database";
import { notify, type Listener } from "./listener";

const patienceMs = 5_000;

interface WorkerOptions<Task extends object> {
  readonly queue: string;
  readonly concurrency: number;
  /** How often the queue is asked without a notification: a job that was to wait becomes due in silence. */
  readonly pollMs: number;
  readonly doJob: (task: Task) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

export interface Workers {
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
  let isFetching = false;
  let isWoken = false;
  /** The last fetch came back full, so each worker that becomes free fetches again. */
  let mayBeMore = false;
  let isStopped = false;
  let hasFailed = false;

  async function fetch(): Promise<void> {
    isWoken = true;
    if (isFetching) return;
    isFetching = true;
    try {
      while (isWoken && !isStopped && underWay.size < concurrency) {
        isWoken = false;
        const batchSize = concurrency - underWay.size;
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
    const done = finish(job)
      .catch(onFailure)
      .finally(() => {
        underWay.delete(done);
        if (mayBeMore) void fetch();
      });
    underWay.add(done);
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

  const polling = setInterval(() => void fetch(), options.pollMs);
  polling.unref();
  void fetch();
  return {
    wake: () => void fetch(),
    async stop() {
      isStopped = true;
      clearInterval(polling);
      await Promise.race([Promise.all(underWay), wait(patienceMs, undefined, { ref: false })]);
    },
  };
}

const schema = "aaygraph_jobs";
const installLock = 4_711_008;
const sweepLock = 4_711_009;
const sessionQueue = "sessions";
const sweepQueue = "sweeps";
/** A delayed job starts this late at most. */
const pollMs = 400;
const sessionConcurrency = 16;

/** The payload of a job. The state is the session's own. */
interface SessionTask {
  readonly tenant: string;
  readonly sessionId: string;
}

export interface SessionJobs extends Jobs, AsyncDisposable {
  /** Sent with the transaction. A waiting job of this session takes the new time. */
  send(queries: Queries, session: Session, afterMs: number): Promise<void>;
}

/** pg-boss over our own connections. It says when a session is due; the session knows what is due. */
export async function openJobs(database: Database, listener: Listener, events: Events): Promise<SessionJobs> {
  const onFailure = (error: unknown) => {
    events.emit("background failed", { what: "jobs", error });
  };
  const boss = await startBoss(database, onFailure);
  const stops: (() => unknown)[] = [];
  const started = (workers: Workers): Workers => {
    stops.push(() => workers.stop());
    return workers;
  };

  async function stop(): Promise<void> {
    await Promise.all(stops.map((each) => each()));
  }

  return {
    async send(queries, { tenant, id }, afterMs) {
      const task: SessionTask = { tenant, sessionId: id };
      await boss.upsert(sessionQueue, task, {
        singletonKey: id,
        startAfter: Math.max(0, afterMs) / 1_000,
        db: connectionOf(queries),
      });
      if (afterMs <= 0) await notify(queries, "aaygraph_jobs", "");
    },

    work(doJob) {
      const options = { queue: sessionQueue, concurrency: sessionConcurrency, pollMs, doJob, onFailure };
      const workers = started(startWorkers<SessionTask>(boss, options));
      const wake = () => {
        workers.wake();
      };
      listener.subscribe("aaygraph_jobs", { onNotification: wake, onReconnect: wake });
      return Promise.resolve();
    },

    async sweep(everyMs, sweep) {
      // A process that dies at a sweep leaves its job active, but not its lock.
      const doJob = () => listener.withLock(sweepLock, sweep);
      const workers = started(
        startWorkers(boss, { queue: sweepQueue, concurrency: 1, pollMs: everyMs, doJob, onFailure }),
      );
      const slot = { singletonSeconds: Math.ceil(everyMs / 1_000) };
      const timer = setInterval(() => {
        // One job for each slot of time, among all processes.
        boss.send(sweepQueue, {}, slot).then(() => {
          workers.wake();
        }, onFailure);
      }, everyMs);
      timer.unref();
      stops.push(() => {
        clearInterval(timer);
      });
      await boss.send(sweepQueue, {});
      workers.wake();
    },

    stop,

    async [Symbol.asyncDispose]() {
      await stop();
      await boss.stop({ graceful: false, close: false });
    },
  };
}

/** The lock serializes processes that start together: pg-boss creates or migrates its tables without one. */
async function startBoss(database: Database, onFailure: (error: unknown) => void): Promise<PgBoss> {
  return database.transaction(async (queries) => {
    await queries.run("set local statement_timeout = 0");
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
    await boss.createQueue(sessionQueue, { ...brief, retryLimit: 5, retryDelay: 1, retryBackoff: true });
    await boss.createQueue(sweepQueue, { ...brief, retryLimit: 0 });
    return boss;
  });
}

function connectionOf(queries: Queries): Db {
  return { executeSql: async (text, values) => ({ rows: [...(await queries.run(text, values)).rows] }) };
}
