import type { CalendarDate } from "./calendarDate";
import type { Rupees } from "./rupees";
import type { IncomeYear } from "./taxPeriod";

/** Tax that the Department says is still owed. */
export interface Demand {
  readonly incomeYear?: IncomeYear | undefined;
  readonly raisedOn?: CalendarDate | undefined;
  readonly section?: string | undefined;
  readonly amount: Rupees | null;
  /** The provider's own word. */
  readonly statusLabel?: string | undefined;
}
