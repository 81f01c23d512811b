import { manualClock } from "../../src/kernel/clock";
import { CallerLeft, deadlineAfter, DeadlineExpired } from "../../src/kernel/deadline";

describe("a deadline", () => {
  it("says when it expires", () => {
    using deadline = deadlineAfter(manualClock(1_000), 500);
    expect(deadline.expiresAtMs).toBe(1_500);
  });

  it("leaves work alone until its moment", () => {
    const clock = manualClock(0);
    using deadline = deadlineAfter(clock, 500);
    clock.advance(499);
    expect(deadline.signal.aborted).toBe(false);
  });

  it("ends work at its moment", () => {
    const clock = manualClock(0);
    using deadline = deadlineAfter(clock, 500);
    clock.advance(500);
    expect(deadline.signal.reason).toBeInstanceOf(DeadlineExpired);
  });

  it("ends work early when the caller leaves", () => {
    const caller = new AbortController();
    using deadline = deadlineAfter(manualClock(0), 500, caller.signal);
    caller.abort(new CallerLeft());
    expect(deadline.signal.reason).toBeInstanceOf(CallerLeft);
  });

  it("never lets work start for a caller who has left already", () => {
    using deadline = deadlineAfter(manualClock(0), 500, AbortSignal.abort(new CallerLeft()));
    expect(deadline.signal.reason).toBeInstanceOf(CallerLeft);
  });

  it("keeps its first reason when the moment comes after the caller has left", () => {
    const clock = manualClock(0);
    const caller = new AbortController();
    using deadline = deadlineAfter(clock, 500, caller.signal);
    caller.abort(new CallerLeft());
    clock.advance(500);
    expect(deadline.signal.reason).toBeInstanceOf(CallerLeft);
  });

  it("travels down: an inner deadline ends when an outer one expires", () => {
    const clock = manualClock(0);
    using outer = deadlineAfter(clock, 100);
    using inner = deadlineAfter(clock, 500, outer.signal);
    clock.advance(100);
    expect(inner.signal.reason).toBeInstanceOf(DeadlineExpired);
  });

  it("does not travel up: an outer deadline outlives an inner one", () => {
    const clock = manualClock(0);
    using outer = deadlineAfter(clock, 500);
    using inner = deadlineAfter(clock, 100, outer.signal);
    clock.advance(100);
    expect(inner.signal.aborted).toBe(true);
    expect(outer.signal.aborted).toBe(false);
  });

  it("stops its timer once the work is done", () => {
    const clock = manualClock(0);
    const deadline = deadlineAfter(clock, 500);
    deadline[Symbol.dispose]();
    clock.advance(500);
    expect(deadline.signal.aborted).toBe(false);
  });

  it("lets go of the caller once the work is done", () => {
    const caller = new AbortController();
    const deadline = deadlineAfter(manualClock(0), 500, caller.signal);
    deadline[Symbol.dispose]();
    caller.abort(new CallerLeft());
    expect(deadline.signal.aborted).toBe(false);
  });
});
