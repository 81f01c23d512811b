import { manualClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { Fault } from "../../src/kernel/fault";
import { bucketOf } from "../../src/kernel/histogram";
import type { BreakerState, HealthPeriod, OperationHealth, Provider } from "../../src/providers/provider";
import { recordHealth } from "../../src/upstream/healthRecorder";
import { down, operationOf, repeat, staying, succeed } from "./operationUnderTest";

const noonMs = Date.UTC(2026, 7, 1, 12);
const minuteMs = 60_000;

function record({ breaker = "CLOSED", failures = 0 }: { breaker?: BreakerState; failures?: number } = {}) {
  const clock = manualClock(noonMs);
  const events = createEvents();
  const writes: HealthPeriod[][] = [];
  const complaints: string[] = [];
  let failuresLeft = failures;
  let state = breaker;
  events.on("background failed", ({ what }) => complaints.push(what));
  const recorder = recordHealth({
    connected: [
      { provider: { id: "EKO" } as Provider, health: () => [{ breaker: state } as OperationHealth] },
      { provider: { id: "KWIKID" } as Provider, health: () => [] },
    ],
    log: {
      write(minutes) {
        if (failuresLeft-- > 0) return Promise.reject(new Fault("STORE_UNAVAILABLE"));
        writes.push(minutes.map((minute) => ({ ...minute, countByBucket: new Map(minute.countByBucket) })));
        return Promise.resolve();
      },
    },
    clock,
    events,
  });
  return {
    ...{ clock, events, writes, complaints, recorder },
    become: (next: BreakerState) => (state = next),
    call: (durationMs = 10, hasAnswered = true, provider = "EKO") => {
      events.emit("call judged", { provider, hasAnswered, durationMs });
    },
    /** Time passes, and what was begun in it ends. */
    pass: async (ms: number) => {
      clock.advance(ms);
      await new Promise(setImmediate);
    },
  };
}

describe("what a process has seen of its vendors", () => {
  it("is written once for many calls", async () => {
    const { call, pass, writes } = record();
    for (const isAnswer of [true, true, false]) call(10, isAnswer);
    call(400, true, "KWIKID");
    await pass(2_000);
    expect(writes).toEqual([
      [
        expect.objectContaining({
          ...{ provider: "EKO", startsAtMs: noonMs, calls: 3, answered: 2, breaker: "CLOSED" },
          countByBucket: new Map([[bucketOf(10), 3]]),
        }),
        expect.objectContaining({ provider: "KWIKID", calls: 1, countByBucket: new Map([[bucketOf(400), 1]]) }),
      ],
    ]);
  });

  it("is not written while nothing happens", async () => {
    const { call, pass, writes } = record();
    call();
    await pass(2_000);
    await pass(10 * minuteMs);
    expect(writes).toHaveLength(1);
  });

  it("is written again, whole, when a minute goes on", async () => {
    const { call, pass, writes } = record();
    call();
    await pass(2_000);
    call();
    await pass(2_000);
    expect(writes.map(([minute]) => minute!.calls)).toEqual([1, 2]);
  });

  it("begins anew with each minute", async () => {
    const { call, pass, writes } = record();
    call();
    await pass(minuteMs);
    call();
    await pass(2_000);
    expect(writes.map(([minute]) => [minute!.startsAtMs, minute!.calls])).toEqual([
      [noonMs, 1],
      [noonMs + minuteMs, 1],
    ]);
  });

  it("tells of an open breaker in each minute, although nothing is called", async () => {
    const { call, become, pass, writes } = record();
    call();
    become("OPEN");
    for (let minute = 0; minute < 9; minute += 1) await pass(20_000);
    const openIn = new Set(writes.flat().map(({ breaker, startsAtMs }) => breaker === "OPEN" && startsAtMs));
    expect(openIn).toEqual(new Set([0, 1, 2, 3].map((minute) => noonMs + minute * minuteMs)));
  });

  it("keeps the worst state of a minute's breaker", async () => {
    const { call, become, pass, writes } = record({ breaker: "OPEN" });
    call();
    await pass(2_000);
    become("CLOSED");
    call();
    await pass(2_000);
    expect(writes.at(-1)).toMatchObject([{ breaker: "OPEN", calls: 2 }]);
  });

  it("outlives an outage of the store", async () => {
    const { call, pass, writes, complaints } = record({ failures: 2 });
    call();
    await pass(2_000);
    await pass(minuteMs);
    call();
    await pass(2_000);
    expect(writes.flat().map(({ startsAtMs, calls }) => [startsAtMs, calls])).toEqual([
      [noonMs, 1],
      [noonMs + minuteMs, 1],
    ]);
    expect(complaints).toEqual([]);
  });

  it("is written to its last call when the process ends", async () => {
    const { call, recorder, writes } = record();
    call();
    await recorder[Symbol.asyncDispose]();
    expect(writes).toMatchObject([[{ calls: 1 }]]);
  });
});

describe("a call that counts for health", () => {
  async function judged(...calls: (() => Promise<unknown>)[]) {
    const events = createEvents();
    const seen: boolean[] = [];
    events.on("call judged", ({ hasAnswered }) => seen.push(hasAnswered));
    const { run } = operationOf(8, { events });
    for (const call of calls) await repeat(1, () => run(staying, call));
    return seen;
  }

  it("has been answered, if only with the taxpayer's mistake", async () => {
    const wrong = () => Promise.reject(new Fault("INVALID_CREDENTIALS"));
    expect(await judged(succeed, wrong, down)).toEqual([true, true, false]);
  });

  it("is none that we have refused ourselves", async () => {
    const ours = () => Promise.reject(new Fault("PROVIDER_BAD_RESPONSE", { isOurRefusal: true }));
    expect(await judged(ours)).toEqual([]);
  });
});
