import { CallerLeft } from "../../src/kernel/deadline";
import { Fault } from "../../src/kernel/fault";
import { codeOf, hang, operationOf, repeat, staying, succeed, timeoutMs } from "./operationUnderTest";

describe("one call", () => {
  it("hands back what was answered", async () => {
    expect(await operationOf().run(staying, succeed)).toBe("one");
  });

  it("is told of with its duration", async () => {
    const { run, clock, calls } = operationOf();
    await run(staying, () => {
      clock.advance(250);
      return succeed();
    });
    expect(calls).toEqual([{ provider: "EKO", operation: "itr-compliance", outcome: "OK", durationMs: 250 }]);
  });

  it("throws the very fault that the contract found", async () => {
    const fault = new Fault("PAN_NOT_FOUND");
    await expect(operationOf().run(staying, () => Promise.reject(fault))).rejects.toBe(fault);
  });

  it("that takes too long ends as PROVIDER_TIMEOUT", async () => {
    const { run, clock, outcomes } = operationOf();
    const answer = codeOf(run(staying, hang));
    clock.advance(timeoutMs);
    expect(await answer).toBe("PROVIDER_TIMEOUT");
    expect(outcomes()).toEqual(["PROVIDER_TIMEOUT"]);
  });

  it("is not timed while it waits for a place", async () => {
    const { run, clock } = operationOf(1);
    const first = run(staying, hang).catch(() => undefined);
    const second = run(staying, succeed);
    clock.advance(timeoutMs);
    await first;
    expect(await second).toBe("one");
  });

  it("leaves no timer behind", async () => {
    const { run, clock } = operationOf();
    const seen: AbortSignal[] = [];
    await run(staying, (signal) => {
      seen.push(signal);
      return succeed();
    });
    clock.advance(timeoutMs);
    expect(seen.map(({ aborted }) => aborted)).toEqual([false]);
  });
});

describe("a caller who leaves", () => {
  it("ends the call with their own reason", async () => {
    const caller = new AbortController();
    const answer = operationOf().run(caller.signal, hang);
    caller.abort(new CallerLeft());
    await expect(answer).rejects.toThrow(CallerLeft);
  });

  it("is not counted against the vendor", async () => {
    const { run, outcomes, health } = operationOf();
    await repeat(10, () => {
      const caller = new AbortController();
      const answer = run(caller.signal, hang);
      caller.abort(new CallerLeft());
      return answer;
    });
    expect(outcomes()).toEqual([]);
    expect(health()).toMatchObject({ breaker: "CLOSED", calls: 0 });
  });

  it("ends with their own reason while waiting for a place", async () => {
    const { run, clock, outcomes } = operationOf(1);
    const first = run(staying, hang).catch(() => undefined);
    const caller = new AbortController();
    const second = expect(run(caller.signal, succeed)).rejects.toThrow(CallerLeft);
    caller.abort(new CallerLeft());
    clock.advance(timeoutMs);
    await Promise.all([first, second]);
    expect(outcomes()).toEqual(["PROVIDER_TIMEOUT"]);
  });

  it("costs no call when gone before asking", async () => {
    const { run } = operationOf();
    const call = jest.fn(succeed);
    await expect(run(AbortSignal.abort(new CallerLeft()), call)).rejects.toThrow(CallerLeft);
    expect(call).not.toHaveBeenCalled();
  });
});

describe("places in flight", () => {
  it("are never more than allowed", async () => {
    const { run } = operationOf(3);
    let inFlight = 0;
    let most = 0;
    const call = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise(setImmediate);
      inFlight -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => run(staying, call)));
    expect(most).toBe(3);
  });

  it("go to those who wait in the order in which they came", async () => {
    const { run } = operationOf(1);
    const order: number[] = [];
    const callers = Array.from({ length: 5 }, (_, place) =>
      run(staying, async () => {
        order.push(place);
        await new Promise(setImmediate);
      }),
    );
    await Promise.all(callers);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it("are refused at once when a thousand wait already", async () => {
    const { run, clock, health } = operationOf(1);
    const first = run(staying, hang).catch(() => undefined);
    const waiting = Array.from({ length: 1_000 }, () => run(staying, succeed));
    expect(await codeOf(run(staying, succeed))).toBe("PROVIDER_UNAVAILABLE");
    expect(health().breaker).toBe("CLOSED");
    clock.advance(timeoutMs);
    await first;
    expect(await Promise.all(waiting)).toHaveLength(1_000);
  });
});
