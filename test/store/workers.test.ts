import type { PgBoss } from "pg-boss";
import { outsideWorkerPlace } from "../../src/kernel/workerPlace";
import { startWorkers } from "../../src/store/queue/jobs";

/** A queue in memory that hands out jobs as pg-boss does. */
function queueOf(count: number): PgBoss {
  const waiting = Array.from({ length: count }, (_, number) => ({ id: String(number), data: {} }));
  const boss: Pick<PgBoss, "fetch" | "complete"> = {
    fetch: (_queue: string, { batchSize = 1 } = {}) => Promise.resolve(waiting.splice(0, batchSize) as never),
    complete: () => Promise.resolve({} as never),
  };
  return boss as PgBoss;
}

async function whatIsReadyIsDone(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}

describe("workers with more jobs than concurrency allows", () => {
  it("fetch again as soon as they are free", async () => {
    const underWay: (() => void)[] = [];
    const workers = startWorkers(queueOf(12), {
      queue: "sessions",
      concurrency: 4,
      doJob: () =>
        new Promise((resolve) =>
          underWay.push(() => {
            resolve();
          }),
        ),
      onFailure: fail,
    });
    const counts: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await whatIsReadyIsDone();
      counts.push(underWay.length);
      for (const finish of underWay.splice(0)) finish();
    }
    expect(counts).toEqual([4, 4, 4, 0]);
    await workers.stop();
  });
});

describe("workers whose jobs wait for a call slot", () => {
  it("do other jobs meanwhile", async () => {
    const slots = Promise.withResolvers<undefined>();
    let begun = 0;
    const workers = startWorkers(queueOf(12), {
      ...{ queue: "sessions", concurrency: 4, onFailure: fail },
      doJob: async () => {
        begun += 1;
        await outsideWorkerPlace(() => slots.promise);
      },
    });
    await whatIsReadyIsDone();
    expect(begun).toBe(12);
    slots.resolve(undefined);
    await workers.stop();
  });

  it("are held again once the slot has come", async () => {
    const slots = Promise.withResolvers<undefined>();
    const calls = Promise.withResolvers<undefined>();
    let begun = 0;
    const workers = startWorkers(queueOf(12), {
      ...{ queue: "sessions", concurrency: 4, onFailure: fail },
      doJob: async () => {
        begun += 1;
        // The first four wait for one slot each, and for another one at the same time.
        if (begun <= 4) await Promise.all([slots.promise, slots.promise].map((slot) => outsideWorkerPlace(() => slot)));
        await calls.promise;
      },
    });
    await whatIsReadyIsDone();
    expect(begun).toBe(8);
    slots.resolve(undefined);
    await whatIsReadyIsDone();
    workers.wake();
    await whatIsReadyIsDone();
    expect(begun).toBe(8);
    calls.resolve(undefined);
    await whatIsReadyIsDone();
    expect(begun).toBe(12);
    await workers.stop();
  });
});

function fail(error: unknown): never {
  throw error;
}
