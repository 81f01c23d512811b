import { batchByKey } from "../../src/kernel/batch";

/** Lets everything run that waits for nothing. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

function slowRun() {
  const batches: (readonly string[])[] = [];
  const ends: PromiseWithResolvers<string>[] = [];
  const run = batchByKey((_key, asked: readonly string[]) => {
    batches.push(asked);
    const end = Promise.withResolvers<string>();
    ends.push(end);
    return end.promise;
  });
  return { run, batches, ends };
}

describe("what is done together", () => {
  it("is what was asked for while the run before was under way", async () => {
    const { run, batches, ends } = slowRun();
    const first = run("key", ["a"]);
    await turn();
    const others = [run("key", ["b"]), run("key", ["c", "d"])];
    await turn();
    ends[0]!.resolve("first");
    await first;
    await turn();
    ends[1]!.resolve("second");
    expect(await Promise.all([first, ...others])).toEqual(["first", "second", "second"]);
    expect(batches).toEqual([["a"], ["b", "c", "d"]]);
  });

  it("never begins before it was asked for", async () => {
    const { run, batches, ends } = slowRun();
    void run("key", ["a"]);
    await turn();
    void run("key", ["b"]);
    expect(batches).toEqual([["a"]]);
    ends[0]!.resolve("done");
  });

  it("goes on after a run that failed", async () => {
    const { run, ends } = slowRun();
    const failing = run("key", ["a"]);
    await turn();
    const next = run("key", ["b"]);
    ends[0]!.reject(new Error("broken"));
    await expect(failing).rejects.toThrow("broken");
    await turn();
    ends[1]!.resolve("well");
    await expect(next).resolves.toBe("well");
  });

  it("waits for no run of another key", async () => {
    const { run, batches, ends } = slowRun();
    void run("slow", ["a"]);
    await turn();
    const other = run("quick", ["b"]);
    await turn();
    ends[1]!.resolve("done");
    await expect(other).resolves.toBe("done");
    expect(batches).toEqual([["a"], ["b"]]);
    ends[0]!.resolve("done");
  });
});
