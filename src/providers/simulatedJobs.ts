import type { Clock } from "../kernel/clock";

/** What a vendor does by itself after a request: found again by its id until the vendor forgets it. */
export interface SimulatedJobs<Job> {
  start(job: Job): string;
  find(id: string): StartedJob<Job> | undefined;
}

export interface StartedJob<Job> {
  readonly id: string;
  readonly job: Job;
  readonly startedAtMs: number;
}

export const jobLifeMs = 24 * 3_600_000;

export function createSimulatedJobs<Job>(clock: Clock, newId: () => string): SimulatedJobs<Job> {
  const jobById = new Map<string, StartedJob<Job>>();
  const isForgotten = ({ startedAtMs }: StartedJob<Job>) => clock.now() - startedAtMs >= jobLifeMs;
  return {
    start(job) {
      for (const old of jobById.values()) if (isForgotten(old)) jobById.delete(old.id);
      const id = newId();
      jobById.set(id, { id, job, startedAtMs: clock.now() });
      return id;
    },
    find(id) {
      const started = jobById.get(id);
      return started === undefined || isForgotten(started) ? undefined : started;
    },
  };
}
