import { manualClock } from "../../src/kernel/clock";
import { createRecent } from "../../src/kernel/lruCache";

function recentTexts(limits: { most?: number; mostSize?: number }, clock = manualClock(0)) {
  const usual = { most: 10, mostSize: 100, lifeMs: 1_000, sizeOf: ({ length }: string) => length };
  return createRecent<string>({ ...usual, ...limits }, clock);
}

describe("what was used recently", () => {
  it("is found by its key", () => {
    const recent = recentTexts({});
    recent.set("a", "apple");
    expect(recent.get("a")).toBe("apple");
  });

  it("gives way to what is used later when there are too many", () => {
    const recent = recentTexts({ most: 2 });
    for (const key of ["a", "b", "c"]) recent.set(key, key);
    expect(["a", "b", "c"].map((key) => recent.get(key))).toEqual([undefined, "b", "c"]);
  });

  it("gives way to what is used later when it is too much", () => {
    const recent = recentTexts({ mostSize: 8 });
    for (const key of ["a", "b", "c"]) recent.set(key, "four");
    expect(["a", "b", "c"].map((key) => recent.get(key))).toEqual([undefined, "four", "four"]);
  });

  it("stays when it has been asked for lately", () => {
    const recent = recentTexts({ most: 2 });
    recent.set("a", "a");
    recent.set("b", "b");
    recent.get("a");
    recent.set("c", "c");
    expect(["a", "b"].map((key) => recent.get(key))).toEqual(["a", undefined]);
  });

  it("counts for as much as it is after it has been replaced", () => {
    const recent = recentTexts({ mostSize: 8 });
    recent.set("a", "four");
    for (let time = 0; time < 5; time += 1) recent.set("b", "four");
    expect(recent.get("a")).toBe("four");
  });

  it("is not kept at all when it alone is too much", () => {
    const recent = recentTexts({ mostSize: 3 });
    recent.set("a", "four");
    expect(recent.get("a")).toBeUndefined();
  });

  it("is forgotten when nobody has used it for its life", () => {
    const clock = manualClock(0);
    const forgotten: string[] = [];
    const place = { most: 10, mostSize: 100, lifeMs: 1_000, sizeOf: () => 1 };
    const recent = createRecent<string>({ ...place, onForgotten: (value) => forgotten.push(value) }, clock);
    recent.set("a", "apple");
    recent.set("b", "pear");
    clock.advance(900);
    recent.get("a");
    clock.advance(100);
    expect(forgotten).toEqual(["pear"]);
    clock.advance(1_000);
    expect(forgotten).toEqual(["pear", "apple"]);
  });

  it("is gone when it is deleted", () => {
    const recent = recentTexts({});
    recent.set("a", "apple");
    recent.delete("a");
    expect(recent.get("a")).toBeUndefined();
  });
});
