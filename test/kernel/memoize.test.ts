import { attached, once, remembered } from "../../src/kernel/memoize";

describe("what is remembered", () => {
  it("is not reckoned before it is asked for", () => {
    const reckon = jest.fn(() => 1);
    once(reckon);
    expect(reckon).not.toHaveBeenCalled();
  });

  it("is reckoned once", () => {
    const reckon = jest.fn(() => 1);
    const value = once(reckon);
    expect([value(), value()]).toEqual([1, 1]);
    expect(reckon).toHaveBeenCalledTimes(1);
  });

  it("is reckoned once even where it is nothing", () => {
    const reckon = jest.fn(() => undefined);
    const value = once(reckon);
    value();
    value();
    expect(reckon).toHaveBeenCalledTimes(1);
  });

  it("is reckoned for each key by itself", () => {
    const double = remembered((key: number) => key * 2);
    expect([double(1), double(2), double(1)]).toEqual([2, 4, 2]);
  });

  it("belongs to its owner alone", () => {
    const reckon = jest.fn(({ name }: { name: string }) => name.length);
    const lengthOf = attached(reckon);
    const [one, other] = [{ name: "one" }, { name: "other" }];
    expect([lengthOf(one), lengthOf(other), lengthOf(one)]).toEqual([3, 5, 3]);
    expect(reckon).toHaveBeenCalledTimes(2);
  });
});
