import type { CalendarDate } from "./calendarDate";
import type { Rupees } from "./rupees";
import type { IncomeYear } from "./taxPeriod";

/** What third parties have reported about the taxpayer in one year (the statement called AIS). */
export interface InformationStatement {
  readonly incomeYear: IncomeYear;
  readonly entries: readonly InformationEntry[];
}

export const informationParts = [
  "TAX_DEDUCTED_OR_COLLECTED",
  "FINANCIAL_TRANSACTION",
  "TAX_PAYMENT",
  "DEMAND_OR_REFUND",
  "OTHER",
] as const;
export type InformationPart = (typeof informationParts)[number];

export interface InformationEntry {
  readonly part: InformationPart;
  /** The Department's code: "TDS-192", "SFT-016(SB)". */
  readonly code?: string | undefined;
  readonly description?: string | undefined;
  readonly category?: string | undefined;
  /** Who reported it, by name: their numbers are not kept. */
  readonly reportedBy?: string | undefined;
  readonly reportedOn?: CalendarDate | undefined;
  readonly count?: number | undefined;
  readonly amount: Rupees | null;
  /** After the taxpayer's own feedback, where there is one. */
  readonly derivedAmount: Rupees | null;
}
