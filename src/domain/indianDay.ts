import { calendarDateOf, type CalendarDate, type Instant } from "./calendarDate";

const dayMs = 86_400_000;
/** India has one time zone and no summer time. */
const aheadOfUtcMs = 5.5 * 3_600_000;

/** The day it is in India, where the tax year turns. */
export function indianDayAt(ms: number): CalendarDate {
  return new Date(ms + aheadOfUtcMs).toISOString().slice(0, 10) as CalendarDate;
}

/** The day in India at that moment. The date inside an instant is the UTC day, which begins 5.5 hours later. */
export function indianDayOf(instant: Instant): CalendarDate {
  return indianDayAt(Date.parse(instant));
}

export function daysAfter(day: CalendarDate, days: number): CalendarDate {
  const moved = new Date(Date.parse(day) + days * dayMs);
  const date = calendarDateOf(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate());
  if (date === undefined) throw new RangeError("No calendar date.");
  return date;
}
