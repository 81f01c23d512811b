import { manualClock } from "../../src/kernel/clock";
import { CallerLeft } from "../../src/kernel/deadline";
import { pause, unlessAborted } from "../../src/kernel/abort";

const staying = new AbortController().signal;

describe("a promise that is wanted until a signal", () => {
  it("brings its value", async () => {
    expect(await unlessAborted(Promise.resolve("one"), staying)).toBe("one");
  });

  it("brings its failure", async () => {
    await expect(unlessAborted(Promise.reject(new Error("no")), staying)).rejects.toThrow("no");
  });

  it("is not waited for once the signal has gone", async () => {
    const caller = new AbortController();
    const waiting = unlessAborted(Promise.withResolvers<never>().promise, caller.signal);
    caller.abort(new CallerLeft());
    await expect(waiting).rejects.toThrow(CallerLeft);
  });
});

describe("a pause", () => {
  it("ends at its moment", async () => {
    const clock = manualClock(0);
    let isOver = false;
    const pausing = pause(clock, 500, staying).then(() => (isOver = true));
    clock.advance(499);
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    clock.advance(1);
    await pausing;
  });

  it("ends with the reason of whoever leaves", async () => {
    const caller = new AbortController();
    const pausing = pause(manualClock(0), 500, caller.signal);
    caller.abort(new CallerLeft());
    await expect(pausing).rejects.toThrow(CallerLeft);
  });
});
