import type { Word } from "./vocabulary";
import type { CalendarDate, Instant } from "./calendarDate";
import type { FilingStatus } from "./filing";
import type { AcknowledgementNumber } from "./identifiers";
import type { IncomeYear } from "./taxPeriod";
import type { Rupees } from "./rupees";

/** Whether the taxpayer has filed as the law asks, as one provider reports it. */
export interface ComplianceStatus {
  readonly itrFiled: boolean;
  readonly standing: Word<"ComplianceStanding">;
  /** The provider's own word. */
  readonly standingLabel: string;
  readonly filingStatus: FilingStatus;
  readonly filingStatusLabel?: string | undefined;
  readonly incomeYear?: IncomeYear | undefined;
  readonly filedOn?: CalendarDate | undefined;
  readonly acknowledgementNumber?: AcknowledgementNumber | undefined;
  readonly checkedAt: Instant;
}

/** Only the exact label "Compliant" counts as compliant. Any other label about compliance does not. */
export function standingFromLabel(label: string): Word<"ComplianceStanding"> {
  const word = label.toLowerCase().replace(/[\s._‐-―-]/g, "");
  if (word === "compliant") return "COMPLIANT";
  if (/(non|not|un|in)compli/.test(word)) return "NON_COMPLIANT";
  return word.includes("pending") ? "PENDING" : "UNKNOWN";
}

/** Tax that the Department says is still owed. */
export interface Demand {
  readonly incomeYear?: IncomeYear | undefined;
  readonly raisedOn?: CalendarDate | undefined;
  readonly section?: string | undefined;
  readonly amount: Rupees | null;
  /** The provider's own word. */
  readonly statusLabel?: string | undefined;
}
