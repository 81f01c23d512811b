import type { CalendarDate } from "../../src/domain/calendarDate";
import { dueDateOf, lateFilingFee, lastDayFor, type FilerGroup } from "../../src/domain/filing/filingDeadlines";
import { rupees } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";

describe("the due date", () => {
  it.each<[number, FilerGroup, string]>([
    [2017, "INDIVIDUAL", "2018-08-31"],
    [2017, "AUDIT", "2018-10-31"],
    [2018, "INDIVIDUAL", "2019-08-31"],
    [2018, "BUSINESS", "2019-08-31"],
    [2018, "AUDIT", "2019-10-31"],
    [2018, "TRANSFER_PRICING", "2019-11-30"],
    [2019, "INDIVIDUAL", "2021-01-10"],
    [2019, "AUDIT", "2021-02-15"],
    [2019, "TRANSFER_PRICING", "2021-02-15"],
    [2020, "INDIVIDUAL", "2021-12-31"],
    [2020, "TRANSFER_PRICING", "2022-03-15"],
    [2022, "TRANSFER_PRICING", "2023-11-30"],
    [2023, "TRANSFER_PRICING", "2024-12-15"],
    [2024, "TRANSFER_PRICING", "2025-11-30"],
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
    [2017, "2019-03-31", "2019-03-31"],
    [2018, "2020-11-30", "2020-11-30"],
    [2019, "2021-05-31", "2021-05-31"],
    [2020, "2022-03-31", "2022-03-31"],
    [2022, "2023-12-31", "2023-12-31"],
    [2023, "2025-01-15", "2025-01-15"],
    [2025, "2026-12-31", "2027-03-31"],
  ])("of the income of %d is %s for a belated return, and %s for a revised one", (incomeYear, belated, revised) => {
    const year = incomeYear as IncomeYear;
    expect([lastDayFor("BELATED", year), lastDayFor("REVISED", year)]).toEqual([belated, revised]);
  });

  it.each([
    [2019, "2023-03-31"],
    [2020, "2026-03-31"],
    [2025, "2031-03-31"],
  ])("for an updated return of the income of %d is %s", (incomeYear, day) => {
    expect(lastDayFor("UPDATED", incomeYear as IncomeYear)).toBe(day);
  });
});

describe("the fee for filing late", () => {
  const feeOf = (incomeYear: number, filedOn: string, before: number, totalIncome: number) =>
    lateFilingFee({
      incomeYear: incomeYear as IncomeYear,
      filedOn: filedOn as CalendarDate,
      dueOn: dueDateOf(incomeYear as IncomeYear, "INDIVIDUAL"),
      incomeBeforeDeductions: rupees(before),
      totalIncome: rupees(totalIncome),
      basicExemption: rupees(250_000),
    });

  it.each([
    [2025, "2026-07-31", 2_000_000, 0],
    [2025, "2026-08-01", 2_000_000, 5_000],
    [2025, "2026-08-01", 500_000, 1_000],
    [2025, "2026-08-01", 250_000, 0],
    [2018, "2019-12-31", 2_000_000, 5_000],
    [2018, "2020-01-01", 2_000_000, 10_000],
    [2018, "2020-01-01", 500_000, 1_000],
    [2020, "2022-03-31", 2_000_000, 5_000],
  ])("for the income of %d on %s with an income of %d is %d", (incomeYear, filedOn, totalIncome, fee) => {
    expect(feeOf(incomeYear, filedOn, totalIncome, totalIncome)).toBe(rupees(fee));
  });

  it("is due where deductions alone bring the income below the exemption", () => {
    expect(feeOf(2025, "2026-08-01", 390_000, 240_000)).toBe(rupees(1_000));
  });
});
