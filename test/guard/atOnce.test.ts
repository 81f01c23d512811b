import { createAtOnce } from "../../src/guard/requestRates";
import { Fault } from "../../src/kernel/fault";
import { untilOver } from "../../src/server/webSocket/untilOver";

const full = () => new Fault("RATE_LIMITED");

describe("places at once", () => {
  it("are as many as the limit", () => {
    const enter = createAtOnce(2, full);
    enter("lender");
    enter("lender");
    expect(() => enter("lender")).toThrow(Fault);
  });

  it("are free again for those who come later", () => {
    const enter = createAtOnce(1, full);
    enter("lender")();
    expect(() => enter("lender")).not.toThrow();
  });

  it("are given back once, however often they are left", () => {
    const enter = createAtOnce(2, full);
    const leave = enter("lender");
    enter("lender");
    leave();
    leave();
    enter("lender");
    expect(() => enter("lender")).toThrow(Fault);
  });

  it("of one tenant are no concern of another's", () => {
    const enter = createAtOnce(1, full);
    enter("lender");
    expect(() => enter("other")).not.toThrow();
  });
});

describe("the place of a subscription", () => {
  const listeningFor = (over: () => void) => ({ heard: () => undefined, over });

  async function* twoEvents() {
    yield await Promise.resolve({ data: { number: 1 } });
    yield { data: { number: 2 } };
  }

  async function* failing() {
    yield await Promise.resolve({ data: null });
    throw new Error("over");
  }

  it.each<[string, (leave: () => void, leaving: AbortController) => Promise<unknown>]>([
    [
      "all events have come",
      async (leave, leaving) => {
        const events = await untilOver(() => Promise.resolve(twoEvents()), listeningFor(leave), leaving.signal);
        while (!(await (events as AsyncIterator<unknown>).next()).done) continue;
      },
    ],
    [
      "its reader leaves",
      async (leave, leaving) => {
        const events = await untilOver(() => Promise.resolve(twoEvents()), listeningFor(leave), leaving.signal);
        await (events as AsyncIterator<unknown>).next();
        await (events as AsyncIterator<unknown>).return?.();
      },
    ],
    [
      "it fails on the way",
      async (leave, leaving) => {
        const events = await untilOver(() => Promise.resolve(failing()), listeningFor(leave), leaving.signal);
        const iterator = events as AsyncIterator<unknown>;
        await iterator.next();
        await expect(iterator.next()).rejects.toThrow("over");
      },
    ],
    [
      "it never begins",
      (leave, leaving) => untilOver(() => Promise.resolve({ errors: [] }), listeningFor(leave), leaving.signal),
    ],
    [
      "it cannot begin",
      (leave, leaving) => untilOver(() => Promise.reject(new Error("no")), listeningFor(leave), leaving.signal),
    ],
    [
      "the socket closes",
      async (leave, leaving) => {
        await untilOver(() => Promise.resolve(twoEvents()), listeningFor(leave), leaving.signal);
        leaving.abort();
      },
    ],
  ])("is given back when %s", async (_title, run) => {
    const leave = jest.fn();
    await run(leave, new AbortController());
    expect(leave).toHaveBeenCalled();
  });

  it("is held while it goes on", async () => {
    const leave = jest.fn();
    const events = await untilOver(
      () => Promise.resolve(twoEvents()),
      listeningFor(leave),
      new AbortController().signal,
    );
    await (events as AsyncIterator<unknown>).next();
    expect(leave).not.toHaveBeenCalled();
  });
});
