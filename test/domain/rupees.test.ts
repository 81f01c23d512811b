import fc, { runs } from "../support/fuzz";
import {
  addRupees,
  readAmount,
  fromPaise,
  largestRupees,
  negateRupees,
  printRupees,
  readRupees,
  rupees,
  subtractRupees,
  sumOfAll,
  sumOfReported,
  toWireNumber,
  UnreadableAmount,
  type Rupees,
} from "../../src/domain/rupees";

const anyRupees = fc.integer({ min: negateRupees(largestRupees), max: largestRupees }).map(fromPaise);
const householdRupees = fc.integer({ min: -1e13, max: 1e13 }).map(fromPaise);
const highestPaise = fc.integer({ min: largestRupees - 100_000, max: largestRupees }).map(fromPaise);

describe("reading an amount", () => {
  it.each([
    [0, 0],
    [-0, 0],
    [5450, 545_000],
    [0.1, 10],
    [1.15, 115],
    [-12.5, -1250],
    ["0", 0],
    ["-0.00", 0],
    ["12345.00", 1_234_500],
    ["12345.5", 1_234_550],
    ["0012", 1200],
    ["12.3400", 1234],
    ["1,25,000.50", 12_500_050],
    ["12,34,56,789", 12_345_678_900],
    ["1,000", 100_000],
    ["₹1,25,000", 12_500_000],
    ["₹ 500", 50_000],
    ["Rs. 500", 50_000],
    ["Rs.500.25", 50_025],
    ["rs 500", 50_000],
    ["-₹500", -50_000],
    ["₹-500", -50_000],
    ["(500.00)", -50_000],
    ["(₹1,500)", -150_000],
    ["−75", -7500],
    ["- 75", -7500],
    ["Rs. -75", -7500],
    [" 42 ", 4200],
    ["1,250,000", 125_000_000],
    ["100,000.00", 10_000_000],
    ["125,000", 12_500_000],
    ["(1,250,000)", -125_000_000],
    ["1,25,000/-", 12_500_000],
    ["Rs. 500/-", 50_000],
    [12_345.678, 1_234_568],
    ["12345.678", 1_234_568],
    [0.1 + 0.2, 30],
    ["0.30000000000000004", 30],
    [1.005, 101],
    [-2.675, -268],
    [1e-7, 0],
    [-1e-7, 0],
  ])("takes %p as %p paise", (value, paise) => {
    expect(readRupees(value)).toBe(paise);
  });

  it.each([
    NaN,
    Infinity,
    -Infinity,
    1e21,
    Number.MAX_SAFE_INTEGER,
    "1.005",
    "₹ 345.678",
    "1.",
    "500.00/-",
    "1,2500,000",
    "1,25,000,00",
    "1,250,00",
    ".5",
    "",
    " ",
    "-",
    "()",
    "(5",
    "5)",
    "(-5)",
    "--5",
    "-₹-5",
    "+5",
    "1e3",
    "0x10",
    "12,5000",
    "1,25,00",
    ",500",
    "1,,000",
    "5 00",
    "$5",
    "null",
    "NaN",
    "٥",
    "9".repeat(400),
    null,
    undefined,
    true,
    5n,
    [5],
    {},
  ])("refuses %p", (value) => {
    expect(readRupees(value)).toBeUndefined();
  });

  it.each([undefined, null, "", " ", "-", "--", "null", "NA", "N/A"])("takes %p for one that is not told", (value) => {
    expect(readAmount(value)).toBeNull();
  });

  it.each(["1.005", "many", "12,5000", "Nil", NaN, {}, true])("never takes %p for one that is not told", (value) => {
    expect(() => readAmount(value)).toThrow(UnreadableAmount);
  });

  it("answers any value at all without throwing", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = readRupees(value);
        expect(read === undefined || Number.isSafeInteger(read)).toBe(true);
      }),
    );
  });

  it("never takes a text of letters for money", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[^0-9]*$/), (text) => {
        expect(readRupees(text)).toBeUndefined();
      }),
    );
  });

  it("never invents a negative zero", () => {
    expect(["-0", "(0)", -0].map((value) => Object.is(readRupees(value), 0))).toEqual([true, true, true]);
  });
});

describe("an amount on the wire", () => {
  it.each([
    ["anywhere in its range", anyRupees],
    ["at the end of its range", highestPaise],
  ])("comes back to the paisa %s", (_, amounts) => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(readRupees(JSON.parse(JSON.stringify(toWireNumber(amount))))).toBe(amount);
      }),
      { numRuns: runs(1000) },
    );
  });

  it("has at most two decimals", () => {
    fc.assert(
      fc.property(anyRupees, (amount) => {
        expect(JSON.stringify(toWireNumber(amount))).toMatch(/^-?\d+(\.\d{1,2})?$/);
      }),
    );
  });

  it("is held no further than a JSON number can tell two paise apart", () => {
    expect((largestRupees + 1) / 100).toBe((largestRupees + 2) / 100);
  });
});

describe("an amount in print", () => {
  it.each([
    [0, "₹0.00"],
    [5, "₹0.05"],
    [100_000, "₹1,000.00"],
    [12_500_050, "₹1,25,000.50"],
    [-12_345_678_901, "-₹12,34,56,789.01"],
  ])("of %p paise is %s", (paise, text) => {
    expect(printRupees(fromPaise(paise))).toBe(text);
  });

  it("reads back to the paisa", () => {
    fc.assert(
      fc.property(anyRupees, (amount) => {
        expect(readRupees(printRupees(amount))).toBe(amount);
      }),
    );
  });
});

describe("sums of money", () => {
  const bigSum = (amounts: readonly Rupees[]) => amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);

  it("are exact to the paisa", () => {
    fc.assert(
      fc.property(fc.array(householdRupees, { maxLength: 100 }), (amounts) => {
        expect(BigInt(addRupees(...amounts))).toBe(bigSum(amounts));
      }),
    );
  });

  it("are exact to the paisa when the amounts came as decimal numbers", () => {
    const parts = Array.from({ length: 10 }, () => readRupees(0.1)!);
    expect(toWireNumber(addRupees(...parts))).toBe(1);
  });

  it("of nothing are zero", () => {
    expect(addRupees()).toBe(0);
  });

  it("lose what is subtracted", () => {
    fc.assert(
      fc.property(householdRupees, householdRupees, (from, amount) => {
        expect(BigInt(subtractRupees(from, amount))).toBe(BigInt(from) - BigInt(amount));
      }),
    );
  });

  it("vanish with their opposites", () => {
    fc.assert(
      fc.property(anyRupees, (amount) => {
        expect(addRupees(amount, negateRupees(amount))).toBe(0);
      }),
    );
  });

  it("throw rather than lose a paisa", () => {
    expect(() => addRupees(largestRupees, fromPaise(1))).toThrow(RangeError);
  });

  it("leave out what nobody reports", () => {
    expect(sumOfReported([null, rupees(5), null, rupees(7)])).toBe(rupees(12));
  });

  it("are unknown when nobody reports anything", () => {
    expect(sumOfReported([null, null])).toBeNull();
  });
});

describe("an amount from code", () => {
  it("is given in whole rupees", () => {
    expect(rupees(50_000)).toBe(5_000_000);
  });

  it("refuses a fraction of a rupee", () => {
    expect(() => rupees(0.5)).toThrow(RangeError);
  });

  it.each([0.5, NaN, largestRupees + 1])("refuses %p paise", (paise) => {
    expect(() => fromPaise(paise)).toThrow(RangeError);
  });
});

describe("a sum that must be whole", () => {
  it("is not possible where one amount is not told", () => {
    expect(sumOfAll([rupees(5), null])).toBeNull();
  });

  it("adds up all amounts", () => {
    expect(sumOfAll([rupees(5), rupees(-7)])).toBe(rupees(-2));
  });

  it("of nothing is zero", () => {
    expect(sumOfAll([])).toBe(0);
  });
});
