import { CallerLeft } from "../../src/kernel/deadline";
import { Fault, type FaultCode } from "../../src/kernel/fault";
import { createBulkhead } from "../../src/upstream/bulkhead";
import { createRetryBudget } from "../../src/upstream/retry";
import { codeOf, down, operationOf, repeat, staying, succeed } from "./operationUnderTest";

/** Microtasks, and nothing else: time stands still meanwhile. */
const settle = () => new Promise(setImmediate);
const throttled = (retryAfterSeconds?: number) => () =>
  Promise.reject(new Fault("PROVIDER_RATE_LIMITED", retryAfterSeconds === undefined ? {} : { retryAfterSeconds }));
const plenty = { earn: () => undefined, spend: () => true };
const patient = { repeat: "SAFE", timeoutMs: 60_000, budget: plenty, random: () => 0.5 } as const;

describe("a call that is safe to repeat", () => {
  it("is answered by its second try", async () => {
    const { run, clock } = operationOf(8, patient);
    const call = jest.fn(succeed).mockImplementationOnce(down);
    const answer = run(staying, call);
    await settle();
    clock.advance(100);
    expect(await answer).toBe("one");
  });

  it("is tried three times at most", async () => {
    const { run, clock } = operationOf(8, patient);
    const call = jest.fn(down);
    const answer = codeOf(run(staying, call));
    for (const pauseMs of [100, 200, 10_000]) {
      await settle();
      clock.advance(pauseMs);
    }
    expect(await answer).toBe("PROVIDER_UNAVAILABLE");
    expect(call).toHaveBeenCalledTimes(3);
  });

  it.each<FaultCode>([
    "PAN_NOT_FOUND",
    "OTP_INVALID",
    "INVALID_CREDENTIALS",
    "PROVIDER_BAD_RESPONSE",
    "PROVIDER_REJECTED_US",
    "INTERNAL",
  ])("is not repeated after %s", async (code) => {
    const call = jest.fn(() => Promise.reject(new Fault(code)));
    expect(await codeOf(operationOf(8, patient).run(staying, call))).toBe(code);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it("is not repeated after the end of a vendor's job", async () => {
    const final = new Fault("PORTAL_UNAVAILABLE", { isFinal: true });
    const call = jest.fn(() => Promise.reject(final));
    expect(await codeOf(operationOf(8, patient).run(staying, call))).toBe("PORTAL_UNAVAILABLE");
    expect(call).toHaveBeenCalledTimes(1);
  });

  it("is not repeated after an open breaker", async () => {
    const { run } = operationOf(8, { ...patient, budget: { earn: () => undefined, spend: () => false } });
    await repeat(5, () => run(staying, down));
    expect(await codeOf(run(staying, succeed))).toBe("PROVIDER_UNAVAILABLE");
  });

  it("is not repeated once a caller has waited as long as one call may take", async () => {
    const { run, clock } = operationOf(8, { ...patient, timeoutMs: 1_000 });
    const call = jest.fn(() => {
      clock.advance(950);
      return down();
    });
    expect(await codeOf(run(staying, call))).toBe("PROVIDER_UNAVAILABLE");
    expect(call).toHaveBeenCalledTimes(1);
  });
});

describe("a call that is not safe to repeat", () => {
  it.each<FaultCode>(["PROVIDER_UNAVAILABLE", "PROVIDER_RATE_LIMITED", "PORTAL_UNAVAILABLE"])(
    "is made once, whatever comes of it: %s",
    async (code) => {
      const call = jest.fn(() => Promise.reject(new Fault(code)));
      expect(await codeOf(operationOf(8, { ...patient, repeat: "NEVER" }).run(staying, call))).toBe(code);
      expect(call).toHaveBeenCalledTimes(1);
    },
  );
});

describe("the pause before a repeat", () => {
  async function pauseOf(failing: () => Promise<never>, random: number): Promise<number> {
    const { run, clock } = operationOf(8, { ...patient, random: () => random });
    let repeatedAtMs = NaN;
    const call = jest
      .fn(failing)
      .mockImplementationOnce(failing)
      .mockImplementation(() => {
        repeatedAtMs = clock.now();
        return Promise.reject(new Fault("BAD_INPUT"));
      });
    const answer = codeOf(run(staying, call));
    await settle();
    while (Number.isNaN(repeatedAtMs) && clock.now() < 10_000) {
      clock.advance(25);
      await settle();
    }
    await answer;
    return repeatedAtMs;
  }

  it.each([
    ["nothing", 0, 25],
    ["half of 200 ms", 0.5, 100],
    ["nearly all of 200 ms", 0.999, 200],
  ])("after a fault may be %s", async (_share, random, expectedMs) => {
    expect(await pauseOf(down, random)).toBe(expectedMs);
  });

  it.each([
    ["half of 200 ms at least", 0, 100],
    ["all of 200 ms at most", 0.999, 200],
  ])("after a throttle that names no time is %s", async (_share, random, expectedMs) => {
    expect(await pauseOf(throttled(), random)).toBe(expectedMs);
  });

  it("after a throttle is what the vendor asked for", async () => {
    expect(await pauseOf(throttled(3), 0)).toBe(3_000);
  });

  it("after a throttle is never longer than a few seconds", async () => {
    const call = jest.fn(throttled(6));
    expect(await codeOf(operationOf(8, patient).run(staying, call))).toBe("PROVIDER_RATE_LIMITED");
    expect(call).toHaveBeenCalledTimes(1);
  });

  it("ends when its caller leaves", async () => {
    const caller = new AbortController();
    const answer = operationOf(8, patient).run(caller.signal, down);
    await settle();
    caller.abort(new CallerLeft());
    await expect(answer).rejects.toThrow(CallerLeft);
  });

  it("holds no place", async () => {
    const { run } = operationOf(1, patient);
    const pausing = run(staying, down).catch(() => undefined);
    await settle();
    expect(await run(staying, succeed)).toBe("one");
    void pausing;
  });
});

describe("a vendor's budget of repeats", () => {
  /** Throttles do not open the breaker, so that nothing but the budget spares the vendor here. */
  async function outage(calls: number, operations: readonly ReturnType<typeof operationOf>[]): Promise<number> {
    const call = jest.fn(throttled());
    for (let made = 0; made < calls; made += 1) {
      const { run, clock } = operations[made % operations.length]!;
      const answer = codeOf(run(staying, call));
      for (let turn = 0; turn < 3; turn += 1) {
        await settle();
        clock.advance(1_000);
      }
      await answer;
    }
    return call.mock.calls.length;
  }

  it("allows at most a tenth more calls in an outage of a thousand", async () => {
    const operation = operationOf(8, { repeat: "SAFE", timeoutMs: 60_000 });
    expect(await outage(1_000, [operation])).toBe(1_100);
  });

  it("is shared by its operations", async () => {
    const shared = { repeat: "SAFE", timeoutMs: 60_000, budget: createRetryBudget() } as const;
    const operations = ["one", "two"].map((name) => operationOf(8, { ...shared, name }));
    expect(await outage(100, operations)).toBe(110);
  });

  it("saves no more than ten repeats in good times", () => {
    const budget = createRetryBudget();
    for (let call = 0; call < 5_000; call += 1) budget.earn();
    expect(Array.from({ length: 50 }, () => budget.spend()).filter(Boolean)).toHaveLength(10);
  });

  it("is not spent by calls that are not repeated", async () => {
    const budget = createRetryBudget();
    const { run } = operationOf(8, { repeat: "NEVER", budget });
    await repeat(1, () => run(staying, down));
    expect(budget.spend()).toBe(true);
  });
});

describe("the bulkhead of a vendor", () => {
  it("is shared by its operations", async () => {
    const bulkhead = createBulkhead("EKO", 1);
    const [one, two] = ["one", "two"].map((name) => operationOf(1, { name, bulkhead }));
    const gate = Promise.withResolvers<string>();
    const first = one!.run(staying, () => gate.promise);
    const call = jest.fn(succeed);
    const second = two!.run(staying, call);
    await settle();
    expect(call).not.toHaveBeenCalled();
    gate.resolve("done");
    expect(await Promise.all([first, second])).toEqual(["done", "one"]);
  });

  it("lets a caller in before background work that has waited longer", async () => {
    const bulkhead = createBulkhead("EKO", 2);
    const gates = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const running = gates.map(({ promise }) => bulkhead.run(staying, () => promise));
    const order: string[] = [];
    const enter = (who: string) => () => Promise.resolve(order.push(who));
    const waiting = [bulkhead.run(staying, enter("background"), "BACKGROUND"), bulkhead.run(staying, enter("caller"))];
    gates[0]!.resolve("done");
    await Promise.all(waiting);
    expect(order).toEqual(["caller", "background"]);
    gates[1]!.resolve("done");
    await Promise.all(running);
  });

  it("gives background work three quarters of its places", async () => {
    const bulkhead = createBulkhead("EKO", 4);
    const gate = Promise.withResolvers<undefined>();
    let inFlight = 0;
    const hold = () => {
      inFlight += 1;
      return gate.promise;
    };
    const background = Array.from({ length: 4 }, () => bulkhead.run(staying, hold, "BACKGROUND"));
    await settle();
    expect(inFlight).toBe(3);
    expect(await bulkhead.run(staying, succeed)).toBe("one");
    gate.resolve(undefined);
    await Promise.all(background);
    expect(inFlight).toBe(4);
  });

  it("has room in its queue as soon as a waiting call leaves", async () => {
    const bulkhead = createBulkhead("EKO", 1);
    const gate = Promise.withResolvers<string>();
    const first = bulkhead.run(staying, () => gate.promise);
    const leaving = new AbortController();
    const left = expect(bulkhead.run(leaving.signal, succeed)).rejects.toThrow(CallerLeft);
    const others = Array.from({ length: 999 }, () => bulkhead.run(staying, succeed));
    leaving.abort(new CallerLeft());
    const late = bulkhead.run(staying, succeed);
    gate.resolve("done");
    expect(await late).toBe("one");
    await Promise.all([first, left, ...others]);
  });
});
