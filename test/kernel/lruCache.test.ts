import { manualClock } from "../../src/kernel/clock";
import { createLruCache } from "../../src/kernel/lruCache";

function recentTexts(limits: { max?: number; maxSize?: number }, clock = manualClock(1)) {
  const usual = { max: 10, maxSize: 100, ttlMs: 1_000, sizeOf: ({ length }: string) => length };
  return createLruCache<string>({ ...usual, ...limits }, clock);
}

describe("an entry of the LRU cache", () => {
  it("is found by its key", () => {
    const recent = recentTexts({});
    recent.set("a", "apple");
    expect(recent.get("a")).toBe("apple");
  });

  it("gives way to what is used later when there are too many", () => {
    const recent = recentTexts({ max: 2 });
    for (const key of ["a", "b", "c"]) recent.set(key, key);
    expect(["a", "b", "c"].map((key) => recent.get(key))).toEqual([undefined, "b", "c"]);
  });

  it("gives way to what is used later when it is too much", () => {
    const recent = recentTexts({ maxSize: 8 });
    for (const key of ["a", "b", "c"]) recent.set(key, "four");
    expect(["a", "b", "c"].map((key) => recent.get(key))).toEqual([undefined, "four", "four"]);
  });

  it("stays when it has been asked for lately", () => {
    const recent = recentTexts({ max: 2 });
    recent.set("a", "a");
    recent.set("b", "b");
    recent.get("a");
    recent.set("c", "c");
    expect(["a", "b"].map((key) => recent.get(key))).toEqual(["a", undefined]);
  });

  it("counts for as much as it is after it has been replaced", () => {
    const recent = recentTexts({ maxSize: 8 });
    recent.set("a", "four");
    for (let time = 0; time < 5; time += 1) recent.set("b", "four");
    expect(recent.get("a")).toBe("four");
  });

  it("is not kept at all when it alone is too much", () => {
    const recent = recentTexts({ maxSize: 3 });
    recent.set("a", "four");
    expect(recent.get("a")).toBeUndefined();
  });

  it("is forgotten when nobody has used it for its life", () => {
    const clock = manualClock(1);
    const forgotten: string[] = [];
    const place = { max: 10, maxSize: 100, ttlMs: 1_000, sizeOf: () => 1 };
    const recent = createLruCache<string>({ ...place, onRemoved: (value) => forgotten.push(value) }, clock);
    recent.set("a", "apple");
    recent.set("b", "pear");
    clock.advance(900);
    recent.get("a");
    clock.advance(101);
    expect(forgotten).toEqual(["pear"]);
    clock.advance(1_001);
    expect(forgotten).toEqual(["pear", "apple"]);
  });

  it("is gone when it is deleted", () => {
    const recent = recentTexts({});
    recent.set("a", "apple");
    recent.delete("a");
    expect(recent.get("a")).toBeUndefined();
  });
});
