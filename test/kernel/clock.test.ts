import { manualClock, systemClock } from "../../src/kernel/clock";

describe("a manual clock", () => {
  it("stands still by itself", () => {
    const clock = manualClock(1_000);
    clock.after(0, () => undefined);
    expect(clock.now()).toBe(1_000);
  });

  it("runs a timer at the very millisecond it falls due", () => {
    const clock = manualClock(0);
    const ran = jest.fn();
    clock.after(10, ran);
    clock.advance(9);
    expect(ran).not.toHaveBeenCalled();
    clock.advance(1);
    expect(ran).toHaveBeenCalledTimes(1);
  });

  it("runs timers in the order in which they fall due", () => {
    const clock = manualClock(0);
    const order: string[] = [];
    clock.after(20, () => order.push("late"));
    clock.after(10, () => order.push("early"));
    clock.after(10, () => order.push("early, set second"));
    clock.advance(30);
    expect(order).toEqual(["early", "early, set second", "late"]);
  });

  it("shows each timer the time at which it falls due", () => {
    const clock = manualClock(100);
    const seen: number[] = [];
    for (const delayMs of [5, 10]) clock.after(delayMs, () => seen.push(clock.now()));
    clock.advance(50);
    expect(seen).toEqual([105, 110]);
    expect(clock.now()).toBe(150);
  });

  it("runs a timer that another one sets on the way", () => {
    const clock = manualClock(0);
    const ran = jest.fn();
    clock.after(10, () => {
      clock.after(10, ran);
    });
    clock.advance(20);
    expect(ran).toHaveBeenCalledTimes(1);
  });

  it("forgets a cancelled timer", () => {
    const clock = manualClock(0);
    const ran = jest.fn();
    clock.after(10, ran)();
    clock.advance(20);
    expect(ran).not.toHaveBeenCalled();
  });

  it("runs a timer once only", () => {
    const clock = manualClock(0);
    const ran = jest.fn();
    clock.after(10, ran);
    clock.advance(10);
    clock.advance(10);
    expect(ran).toHaveBeenCalledTimes(1);
  });
});

describe("the system's clock", () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 5_000 });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it("tells milliseconds since 1970", () => {
    expect(systemClock.now()).toBe(5_000);
  });

  it("calls back after the delay", () => {
    const ran = jest.fn();
    systemClock.after(10, ran);
    jest.advanceTimersByTime(10);
    expect(ran).toHaveBeenCalledTimes(1);
  });

  it("does not call back once cancelled", () => {
    const ran = jest.fn();
    systemClock.after(10, ran)();
    jest.advanceTimersByTime(10);
    expect(ran).not.toHaveBeenCalled();
  });

  it("does not keep a process alive for a timer", () => {
    const timer = jest.spyOn(global, "setTimeout");
    systemClock.after(10, () => undefined);
    expect((timer.mock.results[0]?.value as NodeJS.Timeout).hasRef()).toBe(false);
    timer.mockRestore();
  });
});
