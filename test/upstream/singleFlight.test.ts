import { manualClock } from "../../src/kernel/clock";
import { CallerLeft } from "../../src/kernel/deadline";
import { Fault } from "../../src/kernel/fault";
import type { FlightCaller } from "../../src/reading/ports";
import { SingleFlight } from "../../src/upstream/singleFlight";

const key = "lender|one|EKO|COMPLIANCE";
const staying = new AbortController().signal;

function airport() {
  const clock = manualClock(1_000);
  const flights = new SingleFlight(clock);
  const signals: AbortSignal[] = [];
  const outcomes: PromiseWithResolvers<string>[] = [];
  return {
    clock,
    flights,
    /** One for each call made. */
    signals,
    outcomes,
    ask: (boarder: Partial<FlightCaller> = {}, at = key): Promise<string> => {
      const whole: FlightCaller = { askedAtMs: clock.now(), signal: staying, ...boarder };
      const answer =
        flights.join<string>(at, whole) ??
        flights.start(at, whole, (signal) => {
          signals.push(signal);
          const outcome = Promise.withResolvers<string>();
          outcomes.push(outcome);
          return outcome.promise;
        });
      // A test that looks at the calls alone leaves the answer unread.
      answer.catch(() => undefined);
      return answer;
    },
  };
}

describe("those who ask the same at the same time", () => {
  it("share one call", async () => {
    const { ask, outcomes } = airport();
    const answers = [ask(), ask(), ask()];
    outcomes[0]?.resolve("one");
    expect(await Promise.all(answers)).toEqual(["one", "one", "one"]);
    expect(outcomes).toHaveLength(1);
  });

  it("share its failure", async () => {
    const { ask, outcomes } = airport();
    const answers = [ask(), ask(), ask()];
    const fault = new Fault("PROVIDER_UNAVAILABLE");
    outcomes[0]?.reject(fault);
    const settled = await Promise.allSettled(answers);
    expect(settled.map((each) => each.status === "rejected" && (each.reason as unknown))).toEqual([
      fault,
      fault,
      fault,
    ]);
    expect(outcomes).toHaveLength(1);
  });

  it("do not share with those who ask something else", () => {
    const { ask, outcomes } = airport();
    void ask();
    void ask({}, "another tenant's");
    expect(outcomes).toHaveLength(2);
  });
});

describe("a flight that has landed", () => {
  it("is still shared by one who had asked before it landed", async () => {
    const { ask, clock, outcomes } = airport();
    const first = ask();
    clock.advance(100);
    outcomes[0]?.resolve("one");
    await first;
    clock.advance(1_000);
    expect(await ask({ askedAtMs: 1_050 })).toBe("one");
    expect(outcomes).toHaveLength(1);
  });

  it.each([1_100, 1_101])("is not shared by one who asked when it was over: %d", async (askedAtMs) => {
    const { ask, clock, outcomes } = airport();
    const first = ask();
    clock.advance(100);
    outcomes[0]?.resolve("one");
    await first;
    clock.advance(500);
    void ask({ askedAtMs });
    expect(outcomes).toHaveLength(2);
  });

  it("is forgotten after a while", async () => {
    const { ask, clock, outcomes } = airport();
    const first = ask();
    clock.advance(100);
    outcomes[0]?.resolve("one");
    await first;
    clock.advance(2_000);
    void ask({ askedAtMs: 1_050 });
    expect(outcomes).toHaveLength(2);
  });

  it("does not take a newer flight with it when it is forgotten", async () => {
    const { ask, clock, outcomes } = airport();
    const first = ask();
    outcomes[0]?.resolve("one");
    await first;
    clock.advance(1_500);
    const second = ask();
    clock.advance(1_000);
    const third = ask();
    outcomes[1]?.resolve("two");
    expect(await Promise.all([second, third])).toEqual(["two", "two"]);
    expect(outcomes).toHaveLength(2);
  });

  it("is shared by one who had asked before, even when it failed", async () => {
    const { ask, clock, outcomes } = airport();
    const first = ask();
    clock.advance(100);
    outcomes[0]?.reject(new Fault("PROVIDER_UNAVAILABLE"));
    await expect(first).rejects.toThrow(Fault);
    await expect(ask({ askedAtMs: 1_050 })).rejects.toThrow(Fault);
    expect(outcomes).toHaveLength(1);
  });

  it("is not shared by one who asks after it failed", async () => {
    const { ask, clock, outcomes } = airport();
    const first = ask();
    clock.advance(100);
    outcomes[0]?.reject(new Fault("PROVIDER_UNAVAILABLE"));
    await expect(first).rejects.toThrow(Fault);
    void ask();
    expect(outcomes).toHaveLength(2);
  });

  it("is not called off by a caller who leaves later", async () => {
    const { ask, outcomes, signals } = airport();
    const caller = new AbortController();
    const first = ask({ signal: caller.signal });
    outcomes[0]?.resolve("one");
    await first;
    caller.abort(new CallerLeft());
    expect(signals[0]?.aborted).toBe(false);
  });
});

describe("a caller who leaves", () => {
  it("hears of it at once", async () => {
    const { ask } = airport();
    const caller = new AbortController();
    const answer = ask({ signal: caller.signal });
    caller.abort(new CallerLeft());
    await expect(answer).rejects.toThrow(CallerLeft);
  });

  it("does not fail the others", async () => {
    const { ask, outcomes, signals } = airport();
    const caller = new AbortController();
    const gone = ask({ signal: caller.signal });
    const other = ask();
    caller.abort(new CallerLeft());
    await expect(gone).rejects.toThrow(CallerLeft);
    expect(signals[0]?.aborted).toBe(false);
    outcomes[0]?.resolve("one");
    expect(await other).toBe("one");
  });

  it("calls the flight off when nobody else is aboard", async () => {
    const { ask, signals } = airport();
    const [first, second] = [new AbortController(), new AbortController()];
    const answers = [ask({ signal: first.signal }), ask({ signal: second.signal })];
    first.abort(new CallerLeft());
    expect(signals[0]?.aborted).toBe(false);
    second.abort(new CallerLeft());
    expect(signals[0]?.reason).toBeInstanceOf(CallerLeft);
    await Promise.allSettled(answers);
  });

  it("leaves no abandoned flight for newcomers to board", async () => {
    const { ask, outcomes } = airport();
    const caller = new AbortController();
    const gone = ask({ signal: caller.signal });
    caller.abort(new CallerLeft());
    await expect(gone).rejects.toThrow(CallerLeft);
    const newcomer = ask();
    outcomes[0]?.reject(new CallerLeft());
    outcomes[1]?.resolve("two");
    expect(await newcomer).toBe("two");
  });

  it("costs no call when gone before asking", async () => {
    const { ask, outcomes } = airport();
    await expect(ask({ signal: AbortSignal.abort(new CallerLeft()) })).rejects.toThrow(CallerLeft);
    expect(outcomes).toHaveLength(0);
  });
});
