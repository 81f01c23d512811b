import { CallerLeft } from "../../src/kernel/deadline";
import { Fault, type FaultCode } from "../../src/kernel/fault";
import { codeOf, down, hang, operationOf, repeat, staying, succeed, timeoutMs } from "./operationUnderTest";

const restMs = 10_000;

describe("the breaker", () => {
  it.each<FaultCode>(["PROVIDER_UNAVAILABLE", "PROVIDER_TIMEOUT", "PROVIDER_BAD_RESPONSE", "PORTAL_UNAVAILABLE"])(
    "opens after five in a row of %s",
    async (code) => {
      const { run, health } = operationOf();
      const fail = () => run(staying, () => Promise.reject(new Fault(code)));
      await repeat(4, fail);
      expect(health().breaker).toBe("CLOSED");
      await repeat(1, fail);
      expect(health().breaker).toBe("OPEN");
    },
  );

  it.each<FaultCode>(["BAD_INPUT", "PAN_NOT_FOUND", "PROVIDER_REJECTED_US", "PROVIDER_RATE_LIMITED", "INTERNAL"])(
    "stays closed however often a call ends as %s",
    async (code) => {
      const { run, health } = operationOf();
      await repeat(20, () => run(staying, () => Promise.reject(new Fault(code))));
      expect(health().breaker).toBe("CLOSED");
    },
  );

  it("stays closed however often a rule of ours refuses what the vendor sends", async () => {
    const { run, health } = operationOf();
    const refused = new Fault("PROVIDER_BAD_RESPONSE", { isOurRefusal: true });
    await repeat(20, () => run(staying, () => Promise.reject(refused)));
    expect(health()).toMatchObject({ breaker: "CLOSED", calls: 0 });
  });

  it("stays closed however often the vendor tells that a job has failed", async () => {
    const { run, health } = operationOf();
    const final = new Fault("PORTAL_UNAVAILABLE", { isFinal: true });
    await repeat(20, () => run(staying, () => Promise.reject(final)));
    expect(health().breaker).toBe("CLOSED");
  });

  it("stays closed when a success comes between failures", async () => {
    const { run, health } = operationOf();
    await repeat(4, () => run(staying, down));
    await run(staying, succeed);
    await repeat(4, () => run(staying, down));
    expect(health().breaker).toBe("CLOSED");
  });

  it("spares the vendor all calls while it is open", async () => {
    const { run } = operationOf();
    await repeat(5, () => run(staying, down));
    const call = jest.fn(succeed);
    await expect(run(staying, call)).rejects.toMatchObject({
      code: "PROVIDER_UNAVAILABLE",
      context: { provider: "EKO", retryAfterSeconds: 10 },
    });
    expect(call).not.toHaveBeenCalled();
  });

  it("lets one call try again after its rest", async () => {
    const { run, health, clock } = operationOf();
    await repeat(5, () => run(staying, down));
    clock.advance(restMs);
    const trial = Promise.withResolvers<string>();
    const answer = run(staying, () => trial.promise);
    await Promise.resolve();
    expect(health().breaker).toBe("HALF_OPEN");
    const second = jest.fn(succeed);
    const waiting = run(staying, second);
    expect(second).not.toHaveBeenCalled();
    trial.resolve("back");
    expect(await Promise.all([answer, waiting])).toEqual(["back", "one"]);
    expect(health().breaker).toBe("CLOSED");
  });

  it("opens again when the trial fails", async () => {
    const { run, health, clock } = operationOf();
    await repeat(5, () => run(staying, down));
    clock.advance(restMs);
    await repeat(1, () => run(staying, down));
    expect(health().breaker).toBe("OPEN");
  });

  it("tells how much of its rest is left", async () => {
    const { run, clock } = operationOf();
    await repeat(5, () => run(staying, down));
    clock.advance(restMs - 2_500);
    await expect(run(staying, succeed)).rejects.toMatchObject({ context: { retryAfterSeconds: 3 } });
  });

  it("learns nothing from a trial whose caller left", async () => {
    const { run, health, clock } = operationOf();
    await repeat(5, () => run(staying, down));
    clock.advance(restMs);
    const caller = new AbortController();
    const trial = expect(run(caller.signal, hang)).rejects.toThrow(CallerLeft);
    caller.abort(new CallerLeft());
    await trial;
    expect(health().breaker).toBe("OPEN");
  });

  it("hands the trial to one who waits when its caller leaves", async () => {
    const { run, health, clock } = operationOf();
    await repeat(5, () => run(staying, down));
    clock.advance(restMs);
    const caller = new AbortController();
    const trial = expect(run(caller.signal, hang)).rejects.toThrow(CallerLeft);
    const waiting = run(staying, succeed);
    caller.abort(new CallerLeft());
    await trial;
    expect(await waiting).toBe("one");
    expect(health().breaker).toBe("CLOSED");
  });

  it("lets go of one who waits for the trial and leaves", async () => {
    const { run, clock } = operationOf();
    await repeat(5, () => run(staying, down));
    clock.advance(restMs);
    const trial = run(staying, hang).catch(() => undefined);
    const caller = new AbortController();
    const waiting = expect(run(caller.signal, succeed)).rejects.toThrow(CallerLeft);
    caller.abort(new CallerLeft());
    await waiting;
    clock.advance(timeoutMs);
    await trial;
  });

  it("is not closed by a call that began before it opened", async () => {
    const { run, health } = operationOf();
    const late = Promise.withResolvers<string>();
    const slow = run(staying, () => late.promise);
    await repeat(5, () => run(staying, down));
    late.resolve("late");
    await slow;
    expect(health().breaker).toBe("OPEN");
  });

  it("turns away whoever waited for a place while it opened", async () => {
    const { run } = operationOf(1);
    const call = jest.fn(succeed);
    const failing = Array.from({ length: 5 }, () => codeOf(run(staying, down)));
    const last = codeOf(run(staying, call));
    await Promise.all(failing);
    expect(await last).toBe("PROVIDER_UNAVAILABLE");
    expect(call).not.toHaveBeenCalled();
  });
});

describe("health", () => {
  it.each<[FaultCode, number]>([
    ["PAN_NOT_FOUND", 1],
    ["BAD_INPUT", 1],
    ["PROVIDER_REJECTED_US", 0],
    ["PROVIDER_RATE_LIMITED", 0],
    ["PORTAL_UNAVAILABLE", 0],
  ])("counts %s as a success rate of %d", async (code, successRate) => {
    const { run, health } = operationOf();
    await repeat(1, () => run(staying, () => Promise.reject(new Fault(code))));
    expect(health()).toMatchObject({ operation: "itr-compliance", calls: 1, successRate });
  });
});
