import type { CalendarDate } from "./calendarDate";
import type { ReturnForm } from "./filing";
import { rupees, zeroRupees, type Rupees } from "./rupees";
import type { IncomeYear } from "./taxPeriod";

/**
 * Who must file by when: business means one without an audit, which had no day of its own before the income of 2025-26.
 * Transfer pricing means a report under section 92E on deals with one's own people abroad.
 */
export type FilerGroup = "INDIVIDUAL" | "BUSINESS" | "AUDIT" | "TRANSFER_PRICING";

interface ExtendedDates {
  readonly individual?: string;
  readonly audit?: string;
  readonly transferPricing?: string;
  readonly belated?: string;
}

/** The days that circulars set in place of the ordinary ones, by income year. */
const extensions: Readonly<Record<number, ExtendedDates>> = {
  2020: { individual: "2021-12-31", audit: "2022-03-15", transferPricing: "2022-03-15", belated: "2022-03-31" },
  2021: { audit: "2022-11-07" },
  2023: { audit: "2024-11-15", transferPricing: "2024-12-15", belated: "2025-01-15" },
  2024: { individual: "2025-09-16", audit: "2025-12-10" },
};

/** Earlier extensions are not held. */
export const firstYearHeld = 2020;
const firstYearWithBusinessDate = 2025;
const firstYearWithLongRevision = 2025;

/** The last day for a return under section 139(1). */
export function dueDateOf(incomeYear: IncomeYear, group: FilerGroup): CalendarDate {
  const extended = extensions[incomeYear];
  const year = incomeYear + 1;
  if (group === "AUDIT") return (extended?.audit ?? `${year}-10-31`) as CalendarDate;
  if (group === "TRANSFER_PRICING") return (extended?.transferPricing ?? `${year}-11-30`) as CalendarDate;
  if (group === "BUSINESS" && incomeYear >= firstYearWithBusinessDate) return `${year}-08-31` as CalendarDate;
  return (extended?.individual ?? `${year}-07-31`) as CalendarDate;
}

/** Where the form alone says who files by when. Whether a business is audited, its form does not tell. */
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

/** The last day for a belated return, section 139(4). */
export function belatedUntil(incomeYear: IncomeYear): CalendarDate {
  return (extensions[incomeYear]?.belated ?? `${incomeYear + 1}-12-31`) as CalendarDate;
}

/** The last day for a revised return, section 139(5). */
export function revisedUntil(incomeYear: IncomeYear): CalendarDate {
  return incomeYear >= firstYearWithLongRevision
    ? (`${incomeYear + 2}-03-31` as CalendarDate)
    : belatedUntil(incomeYear);
}

/** The last day for an updated return, section 139(8A): 48 months after the assessment year. */
export function updatedUntil(incomeYear: IncomeYear): CalendarDate {
  return `${incomeYear + 6}-03-31` as CalendarDate;
}

interface LateReturn {
  readonly filedOn: CalendarDate;
  readonly dueOn: CalendarDate;
  readonly totalIncome: Rupees;
  readonly basicExemption: Rupees;
}

/** The fee of section 234F. */
export function lateFilingFee({ filedOn, dueOn, totalIncome, basicExemption }: LateReturn): Rupees {
  if (filedOn <= dueOn || totalIncome <= basicExemption) return zeroRupees;
  return totalIncome <= rupees(500_000) ? rupees(1_000) : rupees(5_000);
}
