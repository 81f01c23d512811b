import { memoizeWeak, lazy, memoize } from "../../src/kernel/memoize";

describe("what is remembered", () => {
  it("is not reckoned before it is asked for", () => {
    const reckon = jest.fn(() => 1);
    lazy(reckon);
    expect(reckon).not.toHaveBeenCalled();
  });

  it("is reckoned once", () => {
    const reckon = jest.fn(() => 1);
    const value = lazy(reckon);
    expect([value(), value()]).toEqual([1, 1]);
    expect(reckon).toHaveBeenCalledTimes(1);
  });

  it("is reckoned once even where it is nothing", () => {
    const reckon = jest.fn(() => undefined);
    const value = lazy(reckon);
    value();
    value();
    expect(reckon).toHaveBeenCalledTimes(1);
  });

  it("is reckoned for each key by itself", () => {
    const double = memoize((key: number) => key * 2);
    expect([double(1), double(2), double(1)]).toEqual([2, 4, 2]);
  });

  it("belongs to its owner alone", () => {
    const reckon = jest.fn(({ name }: { name: string }) => name.length);
    const lengthOf = memoizeWeak(reckon);
    const [one, other] = [{ name: "one" }, { name: "other" }];
    expect([lengthOf(one), lengthOf(other), lengthOf(one)]).toEqual([3, 5, 3]);
    expect(reckon).toHaveBeenCalledTimes(2);
  });
});
