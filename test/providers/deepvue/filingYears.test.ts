import type { CalendarDate } from "../../../src/domain/calendarDate";
import { incomeYearsOfList } from "../../../src/providers/deepvue/mapper/filingYears";

const entry = (label: string, filedOn?: string, isOriginal = true) => ({
  label,
  filedOn: filedOn as CalendarDate | undefined,
  isOriginal,
});

describe("the label of a filing year", () => {
  it("alone leaves both years open", () => {
    expect(incomeYearsOfList([entry("2024-2025")])[0]).toEqual([2024, 2023]);
  });

  it("is an assessment year where its own year had not ended when the return was filed", () => {
    expect(incomeYearsOfList([entry("2024-2025", "2024-07-15")])[0]).toEqual([2023]);
  });

  it("is a financial year where an original was filed after it", () => {
    expect(incomeYearsOfList([entry("2024-2025", "2025-07-15")])[0]).toEqual([2024]);
  });

  it("leaves both years open where a return may come years later", () => {
    expect(incomeYearsOfList([entry("2024-2025", "2026-01-15", false)])[0]).toEqual([2024, 2023]);
  });

  it("names no year where the return was filed before either had ended", () => {
    expect(incomeYearsOfList([entry("2024-2025", "2023-07-15")])[0]).toEqual([]);
  });

  it.each(["", "2024", "2024-2026", "null"])("names no year as %j", (label) => {
    expect(incomeYearsOfList([entry(label, "2025-07-15")])[0]).toEqual([]);
  });
});

describe("the labels of a list", () => {
  it("are read alike where one of them leaves no doubt", () => {
    const updated = entry("2023-2024", "2026-01-15", false);
    expect(incomeYearsOfList([updated, entry("2024-2025", "2024-07-15")])).toEqual([[2022], [2023]]);
    expect(incomeYearsOfList([updated, entry("2024-2025", "2025-07-15")])).toEqual([[2023], [2024]]);
  });

  it("stay open where the certain ones contradict each other", () => {
    const entries = [
      entry("2021-2022", "2026-01-15", false),
      entry("2024-2025", "2024-07-15"),
      entry("2024-2025", "2025-07-15"),
    ];
    expect(incomeYearsOfList(entries)[0]).toEqual([2021, 2020]);
  });
});
