import { createEvents } from "../../src/kernel/events";
import { openDatabase } from "../../src/store/database";
import { openJobs } from "../../src/store/queue/jobs";
import { createTurns } from "../../src/store/queue/turns";
import { openListener } from "../../src/store/queue/listener";
import type { Store } from "../../src/store/store";
import { startScript } from "./serviceProcess";
import { change, opened, placesOnOneServer, signal } from "./sessionPlace";
import { masterKey, pan, sql, type StorePlace } from "./storePlace";

const newPlace = placesOnOneServer();

/** The ids of the sessions that this store has done a job for, and a way to wait for them. */
async function workOn(store: Store, doJob: (sessionId: string) => Promise<void> = () => Promise.resolve()) {
  const done: string[] = [];
  let onDone = signal();
  await store.jobs.work(async ({ sessionId }) => {
    await doJob(sessionId);
    done.push(sessionId);
    onDone.give();
    onDone = signal();
  });
  return {
    done,
    async until(count: number) {
      while (done.length < count) await onDone.given;
    },
  };
}

async function withJob(store: Store, jobAfterMs: number, number = 1): Promise<string> {
  const session = await store.sessions.change(await opened(store, { pan: pan(number) }), change({ jobAfterMs }));
  return session!.id;
}

async function waitingJobs(place: StorePlace): Promise<number> {
  const where = "where name = 'sessions' and state < 'active'";
  return (await sql(await place.url(), `select from aaygraph_jobs.job ${where}`)).length;
}

describe("a job for a session", () => {
  it("is done at once, by whichever process works", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const worker = await workOn(two);
    const sessions = await Promise.all([1, 2, 3, 4, 5].map((number) => opened(one, { pan: pan(number) })));
    const startedAtMs = performance.now();
    for (const [done, session] of sessions.entries()) {
      await one.sessions.change(session, change({ jobAfterMs: 0 }));
      await worker.until(done + 1);
    }
    expect(worker.done).toEqual(sessions.map(({ id }) => id));
    // Jobs that nobody tells of are looked for a few times a second: five, one after the other, would take two seconds.
    expect(performance.now() - startedAtMs).toBeLessThan(1_200);
  });

  it("is done once, however many processes work", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const workers = [await workOn(one), await workOn(two)];
    const ids = await Promise.all(Array.from({ length: 40 }, (_, number) => withJob(one, 0, number)));
    while (workers.flatMap(({ done }) => done).length < 40) await one.ready();
    expect(workers.flatMap(({ done }) => done).sort()).toEqual(ids.sort());
    expect(await waitingJobs(place)).toBe(0);
  });

  it("waits for its time", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const worker = await workOn(store);
    const sentAtMs = performance.now();
    await withJob(store, 700);
    await worker.until(1);
    const startedAfterMs = performance.now() - sentAtMs;
    expect(startedAfterMs).toBeGreaterThanOrEqual(700);
    expect(startedAfterMs).toBeLessThan(1_700);
  });

  it("is not sent when its transaction is rolled back", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    const url = await place.url();
    await using parts = new AsyncDisposableStack();
    const database = await openDatabase({ url, events: createEvents() });
    parts.defer(() => database.close());
    const events = createEvents();
    const listener = parts.use(await openListener({ url, events }));
    const jobs = parts.use(await openJobs({ database, listener, events, owner: 1, vendors: [] }));
    const changed = database.transaction(async (queries) => {
      await jobs.send(queries, session, 0);
      throw new Error("no, after all");
    });
    await expect(changed).rejects.toThrow("no, after all");
    expect(await waitingJobs(place)).toBe(0);
  });

  it("is not sent by a change that is refused", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await opened(store);
    await store.sessions.change(session, change());
    await store.sessions.change(session, change({ jobAfterMs: 0 }));
    expect(await waitingJobs(place)).toBe(0);
  });

  it("takes the place of the one that waits for this session", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const session = await store.sessions.change(await opened(store), change({ jobAfterMs: 3_600_000 }));
    await store.sessions.change(session!, change({ jobAfterMs: 0 }));
    expect(await waitingJobs(place)).toBe(1);
    const worker = await workOn(store);
    await worker.until(1);
    expect(await waitingJobs(place)).toBe(0);
  });

  it("is not lost when it is sent while another one for this session is being done", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    let session = await opened(store);
    session = (await store.sessions.change(session, change({ jobAfterMs: 0 })))!;
    const worker = await workOn(store, async () => {
      if (session.version === 2) session = (await store.sessions.change(session, change({ jobAfterMs: 0 })))!;
    });
    await worker.until(2);
    expect(worker.done).toEqual([session.id, session.id]);
  });

  it("is done again, a little later, when it throws", async () => {
    const told: unknown[] = [];
    const events = createEvents();
    events.on("background failed", ({ error }) => told.push(error));
    await using place = await newPlace();
    await using store = await place.open({ events });
    let tries = 0;
    const worker = await workOn(store, () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error("not today")) : Promise.resolve();
    });
    await withJob(store, 0);
    await worker.until(1);
    expect(tries).toBe(2);
    expect(told).toEqual([new Error("not today")]);
  });

  it("leaves no word of what it threw in the database", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const failed = signal();
    await store.jobs.work(() => {
      failed.give();
      return Promise.reject(new Error("canary-7f3a"));
    });
    await withJob(store, 0);
    await failed.given;
    const state = async () =>
      sql(await place.url(), "select state, output from aaygraph_jobs.job where retry_count = 0");
    let jobs = await state();
    while (jobs[0]?.state === "active") jobs = await state();
    expect(jobs).toEqual([{ state: "retry", output: null }]);
  });

  it("survives the process that sent it", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const url = (await place.url()).reveal();
    await using service = startScript("workingService.ts", url, masterKey.reveal().toString("base64"), "send a job");
    await service.printed(1);
    await service.kill();
    const worker = await workOn(store);
    await worker.until(1);
    expect(worker.done).toEqual(service.lines);
  });

  it("waits for no other job, up to sixteen at a time", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const started: string[] = [];
    const gate = signal();
    const worker = await workOn(store, (id) => {
      started.push(id);
      return gate.given;
    });
    for (let number = 0; number < 17; number += 1) await withJob(store, 0, number);
    while (started.length < 16) await store.ready();
    expect(await waitingJobs(place)).toBe(1);
    gate.give();
    await worker.until(17);
  });

  it("may finish when the store is closed", async () => {
    await using place = await newPlace();
    const begun = signal();
    let isDone = false;
    {
      await using store = await place.open();
      await store.jobs.work(async () => {
        begun.give();
        for (let times = 0; times < 5; times += 1) await store.ready();
        isDone = true;
      });
      await withJob(store, 0);
      await begun.given;
    }
    expect(isDone).toBe(true);
    expect(await sql(await place.url(), "select state from aaygraph_jobs.job")).toEqual([{ state: "completed" }]);
  });
});

async function databaseAt(place: StorePlace) {
  const database = await openDatabase({ url: await place.url(), events: createEvents() });
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}

describe("the sweep", () => {
  it("runs at once, and then again and again", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const startedAtMs = performance.now();
    const times: number[] = [];
    await store.jobs.sweep(1_000, () => {
      times.push(performance.now() - startedAtMs);
      return Promise.resolve();
    });
    while (times.length < 3) await store.ready();
    expect(times[0]).toBeLessThan(900);
    expect(times[2]).toBeGreaterThan(900);
  });

  it("does not run in one process while it runs in another", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    await using one = await databaseAt(place);
    await using two = await databaseAt(place);
    const gate = signal();
    const begun = signal();
    const sweeping = createTurns(one, 1).take("test", 0, () => {
      begun.give();
      return gate.given;
    });
    await begun.given;
    const second = jest.fn(() => store.ready().then(() => undefined));
    await createTurns(two, 2).take("test", 0, second);
    expect(second).not.toHaveBeenCalled();
    gate.give();
    await sweeping;
    await createTurns(two, 2).take("test", 0, second);
    expect(second).toHaveBeenCalledTimes(1);
  });

  it("passes to another process when one cannot do it", async () => {
    await using place = await newPlace();
    await using one = await place.open();
    await using two = await place.open();
    const swept = signal();
    let failures = 0;
    await one.jobs.sweep(100, () => {
      failures += 1;
      return Promise.reject(new Error("this process cannot sweep"));
    });
    while (failures === 0) await one.ready();
    await two.jobs.sweep(100, () => {
      swept.give();
      return Promise.resolve();
    });
    await swept.given;
    expect(failures).toBeGreaterThan(0);
  });

  it("is taken on when the process that was at it is killed", async () => {
    await using place = await newPlace();
    await using store = await place.open();
    const url = (await place.url()).reveal();
    await using service = startScript("workingService.ts", url, masterKey.reveal().toString("base64"), "sweep");
    await service.printed(1);
    await service.kill();
    const swept = signal();
    await store.jobs.sweep(1_000, () => {
      swept.give();
      return Promise.resolve();
    });
    await swept.given;
    expect(service.lines).toEqual(["sweeping"]);
  });
});
