import { Fault } from "../../src/kernel/fault";
import { manualClock } from "../../src/kernel/clock";
import { CallerLeft } from "../../src/kernel/deadline";
import { inWorkerPlace } from "../../src/kernel/workerPlace";
import { createCallLimiter } from "../../src/upstream/callLimiter";
import type { CallSlotStore } from "../../src/upstream/ports";
import { down, operationOf, repeat, staying, succeed } from "./operationUnderTest";

const limits = [{ windowMs: 1_000, mostCalls: 2 }];

function limiterWhoseSlotIsIn(waitMs: number, mostCalls = 2) {
  const clock = manualClock(50_000);
  const taken: Parameters<CallSlotStore["take"]>[] = [];
  const slots: Pick<CallSlotStore, "take"> = {
    take(account, slot) {
      taken.push([account, slot]);
      return Promise.resolve(slot.nowMs + waitMs);
    },
  };
  const published = limits.map((limit) => ({ ...limit, mostCalls }));
  const of = { provider: "DEEPVUE", account: "DEEPVUE at home" };
  const limiter = createCallLimiter({ ...of, limits: published, slots, clock });
  return { clock, taken, limiter };
}

describe("a limited call", () => {
  it("goes at once when a slot is free", async () => {
    await expect(limiterWhoseSlotIsIn(0).limiter.wait(staying)).resolves.toBeUndefined();
  });

  it("keeps a little more distance than the vendor publishes", async () => {
    const { limiter, taken } = limiterWhoseSlotIsIn(0);
    await limiter.wait(staying);
    expect(taken).toEqual([
      ["DEEPVUE at home", { nowMs: 50_000, mostWaitMs: 5_000, limits: [{ windowMs: 1_100, mostCalls: 2 }] }],
    ]);
  });

  it("waits for a slot that is at most five seconds away", async () => {
    const { limiter, clock } = limiterWhoseSlotIsIn(5_000);
    let hasGone = false;
    const waiting = limiter.wait(staying).then(() => (hasGone = true));
    await new Promise(setImmediate);
    clock.advance(4_999);
    await new Promise(setImmediate);
    expect(hasGone).toBe(false);
    clock.advance(1);
    await waiting;
  });

  it("holds no worker while it waits", async () => {
    const { limiter, clock } = limiterWhoseSlotIsIn(5_000);
    const moves: string[] = [];
    const place = { leave: () => moves.push("leaves"), enter: () => moves.push("enters") };
    const waiting = inWorkerPlace(place, () => limiter.wait(staying));
    await new Promise(setImmediate);
    expect(moves).toEqual(["leaves"]);
    clock.advance(5_000);
    await waiting;
    expect(moves).toEqual(["leaves", "enters"]);
  });

  it("is told when to come again for a slot further off", async () => {
    await expect(limiterWhoseSlotIsIn(5_001).limiter.wait(staying)).rejects.toMatchObject({
      code: "PROVIDER_RATE_LIMITED",
      context: { provider: "DEEPVUE", retryAfterSeconds: 6 },
    });
  });

  it("is dropped when its caller leaves meanwhile", async () => {
    const caller = new AbortController();
    const waiting = limiterWhoseSlotIsIn(3_000).limiter.wait(caller.signal);
    await new Promise(setImmediate);
    caller.abort(new CallerLeft());
    await expect(waiting).rejects.toThrow(CallerLeft);
  });

  it("holds no place while it waits for its slot", async () => {
    const slot = Promise.withResolvers<undefined>();
    const limiter = jest.fn(() => Promise.resolve()).mockImplementationOnce(() => slot.promise);
    const { run } = operationOf(1, { limiter });
    const waiting = run(staying, succeed);
    expect(await run(staying, () => Promise.resolve("two"))).toBe("two");
    slot.resolve(undefined);
    expect(await waiting).toBe("one");
  });

  it("takes no slot while the breaker is open", async () => {
    const limiter = jest.fn(() => Promise.resolve());
    const { run } = operationOf(8, { limiter });
    await repeat(5, () => run(staying, down));
    await repeat(3, () => run(staying, succeed));
    expect(limiter).toHaveBeenCalledTimes(5);
  });
});

describe("a slot for background work", () => {
  it("is taken only where one is free now, of four fifths of each window", async () => {
    const { limiter, taken } = limiterWhoseSlotIsIn(0, 10);
    expect(await limiter.takeSpare()).toBe(0);
    expect(taken).toEqual([
      ["DEEPVUE at home", { nowMs: 50_000, mostWaitMs: 0, limits: [{ windowMs: 1_100, mostCalls: 8 }] }],
    ]);
  });

  it("says when one may be free", async () => {
    expect(await limiterWhoseSlotIsIn(700).limiter.takeSpare()).toBe(700);
  });
});

describe("a limited call while the store is away", () => {
  it("keeps the limits within its own process", async () => {
    const clock = manualClock(50_000);
    const slots = { take: () => Promise.reject(new Fault("STORE_UNAVAILABLE")) };
    const limiter = createCallLimiter({ provider: "DEEPVUE", account: "DEEPVUE at home", limits, slots, clock });
    let gone = 0;
    const calls = Array.from({ length: 3 }, () => limiter.wait(staying).then(() => (gone += 1)));
    await new Promise(setImmediate);
    expect(gone).toBe(2);
    clock.advance(1_100);
    await Promise.all(calls);
    expect(gone).toBe(3);
  });
});
