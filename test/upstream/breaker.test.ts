import { Fault, type FaultCode } from "../../src/kernel/fault";
import { codeOf, down, operationOf, repeat, staying, succeed } from "./operationUnderTest";

// The breaker reckons its rest by Date; nothing else is replaced here.
beforeEach(() => {
  jest.useFakeTimers({
    now: 0,
    doNotFake: [
      "hrtime",
      "nextTick",
      "performance",
      "queueMicrotask",
      "setImmediate",
      "clearImmediate",
      "setInterval",
      "clearInterval",
      "setTimeout",
      "clearTimeout",
    ],
  });
});
afterEach(() => {
  jest.useRealTimers();
});

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
    const { run, health } = operationOf();
    await repeat(5, () => run(staying, down));
    jest.setSystemTime(10_000);
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
    const { run, health } = operationOf();
    await repeat(5, () => run(staying, down));
    jest.setSystemTime(10_000);
    await repeat(1, () => run(staying, down));
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
