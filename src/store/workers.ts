import { setTimeout as wait } from "node:timers/promises";
import type { Job, PgBoss } from "pg-boss";

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
