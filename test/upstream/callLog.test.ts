import { Fault } from "../../src/kernel/fault";
import { operationOf, staying } from "./operationUnderTest";

const fiveMinutesMs = 300_000;

/** A rate limit is a failure that leaves the breaker closed. */
function callsOf(operation: ReturnType<typeof operationOf>) {
  return (durationMs: number, isSuccess: boolean) =>
    operation
      .run(staying, () => {
        operation.clock.advance(durationMs);
        return isSuccess ? Promise.resolve("one") : Promise.reject(new Fault("PROVIDER_RATE_LIMITED"));
      })
      .catch(() => undefined);
}

describe("the health of an operation", () => {
  it("has no rates before the first call", () => {
    expect(operationOf().health()).toEqual({
      operation: "itr-compliance",
      breaker: "CLOSED",
      calls: 0,
      successRate: undefined,
      p50Ms: undefined,
      p95Ms: undefined,
    });
  });

  it("shows the share of calls that succeeded", async () => {
    const operation = operationOf();
    const call = callsOf(operation);
    for (const isSuccess of [true, true, true, false]) await call(10, isSuccess);
    expect(operation.health()).toMatchObject({ calls: 4, successRate: 0.75 });
  });

  it("ranks calls by how long they took, not by when they ended", async () => {
    const operation = operationOf();
    const call = callsOf(operation);
    for (let durationMs = 100; durationMs >= 1; durationMs -= 1) await call(durationMs, true);
    expect(operation.health()).toMatchObject({ p50Ms: 50, p95Ms: 95 });
  });

  it("shows the duration of a single call", async () => {
    const operation = operationOf();
    await callsOf(operation)(42, true);
    expect(operation.health()).toMatchObject({ p50Ms: 42, p95Ms: 42 });
  });

  it("forgets calls that ended five minutes ago", async () => {
    const operation = operationOf();
    const call = callsOf(operation);
    await call(10, false);
    operation.clock.advance(fiveMinutesMs - 21);
    await call(20, true);
    expect(operation.health().calls).toBe(2);
    operation.clock.advance(1);
    expect(operation.health()).toMatchObject({ calls: 1, successRate: 1, p50Ms: 20, p95Ms: 20 });
  });

  it("keeps the newest thousand calls of a busy time", async () => {
    const operation = operationOf();
    const call = callsOf(operation);
    for (let count = 0; count < 1_500; count += 1) await call(count < 500 ? 1 : 2, count >= 500);
    expect(operation.health()).toMatchObject({ calls: 1_000, successRate: 1, p50Ms: 2, p95Ms: 2 });
  });
});
