import type { CalendarDate } from "../calendarDate";
import type { ReturnForm } from "./filing";
import { rupees, zeroRupees, type Rupees } from "../rupees";
import type { IncomeYear } from "../taxPeriod";

/**
 * The groups with due dates of their own. BUSINESS has no audit, and no date of its own before the income of 2025-26.
 * AUDIT includes the partners of an audited firm. TRANSFER_PRICING reports under section 92E.
 */
export const filerGroups = ["INDIVIDUAL", "BUSINESS", "AUDIT", "TRANSFER_PRICING"] as const;
export type FilerGroup = (typeof filerGroups)[number];

interface ExtendedDates {
  readonly individual?: string;
  readonly audit?: string;
  readonly transferPricing?: string;
  /** Of belated and revised returns alike. */
  readonly late?: string;
}

/** Dates that circulars, notifications and older sections set instead of the usual ones, by income year. */
const extensions: Readonly<Record<number, ExtendedDates>> = {
  2017: { individual: "2018-08-31", audit: "2018-10-31", late: "2019-03-31" },
  2018: { individual: "2019-08-31", audit: "2019-10-31", late: "2020-11-30" },
  2019: { individual: "2021-01-10", audit: "2021-02-15", transferPricing: "2021-02-15", late: "2021-05-31" },
  2020: { individual: "2021-12-31", audit: "2022-03-15", transferPricing: "2022-03-15", late: "2022-03-31" },
  2021: { audit: "2022-11-07" },
  2023: { audit: "2024-11-15", transferPricing: "2024-12-15", late: "2025-01-15" },
  // Circular 15/2025 names clause (a) alone, so that reports under section 92E fell due before audited accounts.
  2024: { individual: "2025-09-16", audit: "2025-12-10" },
};

/** Extensions of earlier years are not in the table. */
export const firstYearHeld = 2017;
const firstYearWithBusinessDate = 2025;
const firstYearWithLongRevision = 2025;
const firstYearOfLongUpdate = 2020;

/** The last day for a return under section 139(1). */
export function dueDateOf(incomeYear: IncomeYear, group: FilerGroup): CalendarDate {
  const extended = extensions[incomeYear];
  const year = incomeYear + 1;
  if (group === "AUDIT") return (extended?.audit ?? `${year}-10-31`) as CalendarDate;
  if (group === "TRANSFER_PRICING") return (extended?.transferPricing ?? `${year}-11-30`) as CalendarDate;
  if (group === "BUSINESS" && incomeYear >= firstYearWithBusinessDate) return `${year}-08-31` as CalendarDate;
  return (extended?.individual ?? `${year}-07-31`) as CalendarDate;
}

/** The due date, if the form alone decides it. The form does not say whether a business is audited. */
export function dueDateOfForm(form: ReturnForm, incomeYear: IncomeYear): CalendarDate | undefined {
  if (incomeYear < firstYearHeld) return undefined;
  switch (form) {
    case "ITR_1":
    case "ITR_2":
      return dueDateOf(incomeYear, "INDIVIDUAL");
    case "ITR_4":
      return dueDateOf(incomeYear, "BUSINESS");
    case "ITR_3":
    case "ITR_5":
    case "ITR_6":
    case "ITR_7":
    case "UNKNOWN":
      return undefined;
  }
}

/** The last day for a belated, a revised or an updated return: section 139(4), 139(5) or 139(8A). */
export function lastDayFor(kind: "BELATED" | "REVISED" | "UPDATED", incomeYear: IncomeYear): CalendarDate {
  // 48 months after the assessment year, or 24 where those had passed before Finance Act, 2025.
  if (kind === "UPDATED") return `${incomeYear + (incomeYear >= firstYearOfLongUpdate ? 6 : 4)}-03-31` as CalendarDate;
  if (kind === "REVISED" && incomeYear >= firstYearWithLongRevision) return `${incomeYear + 2}-03-31` as CalendarDate;
  return (extensions[incomeYear]?.late ?? `${incomeYear + 1}-12-31`) as CalendarDate;
}

interface LateReturn {
  readonly incomeYear: IncomeYear;
  readonly filedOn: CalendarDate;
  readonly dueOn: CalendarDate;
  /** Gross total income. Above the exemption a return must be filed, also where deductions leave less. */
  readonly incomeBeforeDeductions: Rupees;
  readonly totalIncome: Rupees;
  readonly basicExemption: Rupees;
}

const lastYearWithDoubleFee = 2019;

/** The fee of section 234F. */
export function lateFilingFee(late: LateReturn): Rupees {
  const { incomeYear, filedOn, dueOn, incomeBeforeDeductions, totalIncome, basicExemption } = late;
  if (filedOn <= dueOn || incomeBeforeDeductions <= basicExemption) return zeroRupees;
  if (totalIncome <= rupees(500_000)) return rupees(1_000);
  const isAfterDecember = filedOn > `${incomeYear + 1}-12-31`;
  return isAfterDecember && incomeYear <= lastYearWithDoubleFee ? rupees(10_000) : rupees(5_000);
}
