import { manualClock } from "../../src/kernel/clock";
import { createCallLog } from "../../src/upstream/policy";

const fiveMinutesMs = 300_000;

describe("a call log", () => {
  it("says nothing of rates before the first call", () => {
    const log = createCallLog(manualClock(0));
    expect(log.summary()).toEqual({ calls: 0, successRate: undefined, p50Ms: undefined, p95Ms: undefined });
  });

  it("tells the share of calls that succeeded", () => {
    const log = createCallLog(manualClock(1));
    for (const isSuccess of [true, true, true, false]) log.record(10, isSuccess);
    expect(log.summary()).toMatchObject({ calls: 4, successRate: 0.75 });
  });

  it("ranks calls by how long they took, not by when they ended", () => {
    const log = createCallLog(manualClock(1));
    for (let durationMs = 100; durationMs >= 1; durationMs -= 1) log.record(durationMs, true);
    expect(log.summary()).toMatchObject({ p50Ms: 50, p95Ms: 95 });
  });

  it("tells one call's own duration", () => {
    const log = createCallLog(manualClock(1));
    log.record(42, true);
    expect(log.summary()).toMatchObject({ p50Ms: 42, p95Ms: 42 });
  });

  it("forgets calls that ended five minutes ago", () => {
    const clock = manualClock(0);
    const log = createCallLog(clock);
    log.record(10, false);
    clock.advance(fiveMinutesMs - 1);
    log.record(20, true);
    expect(log.summary().calls).toBe(2);
    clock.advance(1);
    expect(log.summary()).toEqual({ calls: 1, successRate: 1, p50Ms: 20, p95Ms: 20 });
  });

  it("keeps the newest thousand calls of a busy time", () => {
    const log = createCallLog(manualClock(1));
    for (let call = 0; call < 1_500; call += 1) log.record(call < 500 ? 1 : 2, call >= 500);
    expect(log.summary()).toEqual({ calls: 1_000, successRate: 1, p50Ms: 2, p95Ms: 2 });
  });
});
