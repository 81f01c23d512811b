import fc from "../support/fuzz";
import { calendarDateOf, instantAt, readCalendarDate, readNamedMonthDate } from "../../src/domain/calendarDate";

const anyDay = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("a calendar date", () => {
  it("reads back every day as it is printed", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(readCalendarDate(day)).toBe(day);
      }),
    );
  });

  it.each([
    "2023-02-29",
    "2024-02-30",
    "2024-13-01",
    "2024-00-10",
    "2024-06-31",
    "2024-7-15",
    "15-07-2024",
    "0000-01-01",
  ])("refuses %s", (text) => {
    expect(readCalendarDate(text)).toBeUndefined();
  });

  it("knows the leap day", () => {
    expect(readCalendarDate("2024-02-29")).toBe("2024-02-29");
  });

  it("drops the blanks around it", () => {
    expect(readCalendarDate(" 2024-07-15\n")).toBe("2024-07-15");
  });

  it("refuses a time of day", () => {
    expect(readCalendarDate("2024-07-15T00:00:00Z")).toBeUndefined();
  });

  it("is not made of fractions", () => {
    expect(calendarDateOf(2024, 7, 1.5)).toBeUndefined();
  });

  it("answers any text at all without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readCalendarDate(text)).toBeUndefined();
        expect(readNamedMonthDate(text)).toBeUndefined();
      }),
    );
  });
});

describe("a date with a named month", () => {
  it.each([
    ["30-Jun-2025", "2025-06-30"],
    ["01-JAN-2024", "2024-01-01"],
    ["5-dec-2023", "2023-12-05"],
  ])("reads %s as %s", (text, day) => {
    expect(readNamedMonthDate(text)).toBe(day);
  });

  it.each(["31-Jun-2025", "30-Juin-2025", "30-Abc-2025", "30-06-2025", "Jun-30-2025"])("refuses %s", (text) => {
    expect(readNamedMonthDate(text)).toBeUndefined();
  });
});

describe("an instant", () => {
  it("is printed in UTC", () => {
    expect(instantAt(1_721_036_400_000)).toBe("2024-07-15T09:40:00.000Z");
  });

  it("reads back to the same millisecond", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
        expect(Date.parse(instantAt(ms))).toBe(ms);
      }),
    );
  });
});
