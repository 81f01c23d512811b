import { type Db, PgBoss, type Job } from "pg-boss";
import { setTimeout as wait } from "node:timers/promises";
import type { Events } from "../../kernel";
import type { Jobs, Session } from "../../sessions/ports";
import type { Database, Queries } from "../database";
import { say, type Listener } from "./listener";

const patienceMs = 5_000;

interface Assignment<Task extends object> {
  readonly queue: string;
  /** How many jobs are done at once. */
  readonly most: number;
  /** How often a job is looked for that nobody has woken us for. */
  readonly pollMs: number;
  readonly doJob: (task: Task) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

export interface Workers {
  /** There may be a job. */
  wake(): void;
  /** Takes no more jobs, and waits a little for those under way. */
  stop(): Promise<void>;
}

/**
 * Does the jobs of a queue. pg-boss has workers of its own: each asks for jobs by itself, even when idle, and writes the
 * error that a job ends with into its table. Here one question brings as many jobs as there are free hands, and what went
 * wrong is told to nobody but our own log.
 */
export function startWorkers<Task extends object>(boss: PgBoss, assignment: Assignment<Task>): Workers {
  const { queue, most, doJob, onFailure } = assignment;
  const underWay = new Set<Promise<void>>();
  let isLooking = false;
  let isWoken = false;
  /** The last look found work for every free hand, so that each hand that becomes free looks again. */
  let mayBeMore = false;
  let isStopped = false;
  let isInTrouble = false;

  async function look(): Promise<void> {
    isWoken = true;
    if (isLooking) return;
    isLooking = true;
    try {
      while (isWoken && !isStopped && underWay.size < most) {
        isWoken = false;
        const hands = most - underWay.size;
        const jobs = await boss.fetch<Task>(queue, { batchSize: hands });
        mayBeMore = jobs.length === hands;
        for (const job of jobs) start(job);
        isInTrouble = false;
      }
    } catch (error) {
      // It is tried again soon, and again: told once, a database that is away does not fill the log.
      if (!isInTrouble) onFailure(error);
      isInTrouble = true;
    } finally {
      isLooking = false;
    }
  }

  function start(job: Job<Task>): void {
    const done = settle(job)
      .catch(onFailure)
      .finally(() => {
        underWay.delete(done);
        if (mayBeMore) void look();
      });
    underWay.add(done);
  }

  async function settle(job: Job<Task>): Promise<void> {
    try {
      await doJob(job.data);
    } catch (error) {
      onFailure(error);
      await boss.fail(queue, job);
      return;
    }
    await boss.complete(queue, job);
  }

  const polling = setInterval(() => void look(), assignment.pollMs);
  polling.unref();
  void look();
  return {
    wake: () => void look(),
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
/** A job that is to wait starts so much late at most. */
const pollMs = 400;
const mostSessionJobs = 16;

/** All that a job knows. */
interface SessionTask {
  readonly tenant: string;
  readonly sessionId: string;
}

export interface SessionJobs extends Jobs, AsyncDisposable {
  /** Sent when the transaction commits. A job that waits for this session already takes the new time. */
  send(queries: Queries, session: Session, afterMs: number): Promise<void>;
}

/** pg-boss on our own connections. It says when; what there is to do, and whether it is time, the session itself knows. */
export async function openJobs(database: Database, listener: Listener, events: Events): Promise<SessionJobs> {
  const onFailure = (error: unknown) => {
    events.emit("background failed", { what: "jobs", error });
  };
  const boss = await startBoss(database, onFailure);
  const stops: (() => unknown)[] = [];
  const employ = (workers: Workers): Workers => {
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
      if (afterMs <= 0) await say(queries, "aaygraph_jobs", "");
    },

    work(doJob) {
      const assignment = { queue: sessionQueue, most: mostSessionJobs, pollMs, doJob, onFailure };
      const workers = employ(startWorkers<SessionTask>(boss, assignment));
      const wake = () => {
        workers.wake();
      };
      listener.hear("aaygraph_jobs", { onHeard: wake, onMissed: wake });
      return Promise.resolve();
    },

    async sweep(everyMs, sweep) {
      // A process that dies while it sweeps leaves its job behind, but not its lock.
      const doJob = () => listener.unlessDoneElsewhere(sweepLock, sweep);
      const workers = employ(startWorkers(boss, { queue: sweepQueue, most: 1, pollMs: everyMs, doJob, onFailure }));
      const slot = { singletonSeconds: Math.ceil(everyMs / 1_000) };
      const timer = setInterval(() => {
        // Of all processes, one sends a job into each slot of time.
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

/** Processes that start together queue up: pg-boss makes its tables, or brings them up to its release, without a look. */
async function startBoss(database: Database, onFailure: (error: unknown) => void): Promise<PgBoss> {
  return database.transaction(async (queries) => {
    await queries.run("set local statement_timeout = 0");
    await queries.run("select pg_advisory_xact_lock($1)", [installLock]);
    const { rows: made } = await queries.run("select where to_regnamespace($1) is not null", [schema]);
    const boss = new PgBoss({
      db: connectionOf(database),
      schema,
      // An administrator may have made it, without the right to make others.
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
