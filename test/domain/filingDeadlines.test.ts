import type { CalendarDate } from "../../src/domain/calendarDate";
import {
  belatedUntil,
  dueDateOf,
  lateFilingFee,
  revisedUntil,
  updatedUntil,
  type FilerGroup,
} from "../../src/domain/filingDeadlines";
import { rupees } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";

describe("the due date", () => {
  it.each<[number, FilerGroup, string]>([
    [2020, "INDIVIDUAL", "2021-12-31"],
    [2020, "AUDIT", "2022-03-15"],
    [2021, "INDIVIDUAL", "2022-07-31"],
    [2021, "AUDIT", "2022-11-07"],
    [2022, "AUDIT", "2023-10-31"],
    [2023, "AUDIT", "2024-11-15"],
    [2024, "INDIVIDUAL", "2025-09-16"],
    [2024, "BUSINESS", "2025-09-16"],
    [2024, "AUDIT", "2025-12-10"],
    [2025, "INDIVIDUAL", "2026-07-31"],
    [2025, "BUSINESS", "2026-08-31"],
    [2025, "AUDIT", "2026-10-31"],
    [2026, "INDIVIDUAL", "2027-07-31"],
  ])("for the income of %d, %s, is %s", (incomeYear, group, day) => {
    expect(dueDateOf(incomeYear as IncomeYear, group)).toBe(day);
  });
});

describe("the last day", () => {
  it.each([
    [2020, "2022-03-31", "2022-03-31"],
    [2022, "2023-12-31", "2023-12-31"],
    [2023, "2025-01-15", "2025-01-15"],
    [2025, "2026-12-31", "2027-03-31"],
  ])("of the income of %d is %s for a belated return, and %s for a revised one", (incomeYear, belated, revised) => {
    const year = incomeYear as IncomeYear;
    expect([belatedUntil(year), revisedUntil(year)]).toEqual([belated, revised]);
  });

  it("for an updated return comes four years after the assessment year", () => {
    expect(updatedUntil(2025 as IncomeYear)).toBe("2031-03-31");
  });
});

describe("the fee for filing late", () => {
  const dueOn = "2026-07-31" as CalendarDate;
  const basicExemption = rupees(400_000);

  it.each([
    ["2026-07-31", 2_000_000, 0],
    ["2026-08-01", 2_000_000, 5_000],
    ["2026-08-01", 500_000, 1_000],
    ["2026-08-01", 400_000, 0],
  ])("on %s with an income of %d is %d", (filedOn, totalIncome, fee) => {
    const late = { filedOn: filedOn as CalendarDate, dueOn, totalIncome: rupees(totalIncome), basicExemption };
    expect(lateFilingFee(late)).toBe(rupees(fee));
  });
});
