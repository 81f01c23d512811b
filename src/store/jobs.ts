import { type Db, PgBoss } from "pg-boss";
import type { Events } from "../kernel/events";
import type { Jobs } from "../sessions/ports";
import type { Session } from "../sessions/session";
import type { Database, Queries } from "./database";
import { say, type Listener } from "./listener";
import { startWorkers, type Workers } from "./workers";

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
