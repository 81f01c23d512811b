declare const calendarDate: unique symbol;
declare const instant: unique symbol;

/** A day without a clock or a place: "2024-07-15". Two of them compare as text. */
export type CalendarDate = string & { readonly [calendarDate]: true };

/** A moment in UTC, as RFC 3339: "2024-07-15T09:30:00.000Z". Two of them compare as text. */
export type Instant = string & { readonly [instant]: true };

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

export function readCalendarDate(text: string): CalendarDate | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim()) ?? [];
  return calendarDateOf(Number(year), Number(month), Number(day));
}

/** "30-Jun-2025", as the tax portal prints it. */
export function readNamedMonthDate(text: string): CalendarDate | undefined {
  const [, day, month, year] = /^(\d{1,2})-([a-z]{3})-(\d{4})$/i.exec(text.trim()) ?? [];
  return month === undefined
    ? undefined
    : calendarDateOf(Number(year), months.indexOf(month.toLowerCase()) + 1, Number(day));
}

/** The day of these numbers, if the calendar has it. 30 February is undefined. */
export function calendarDateOf(year: number, month: number, day: number): CalendarDate | undefined {
  if (!(year >= 1000 && year <= 9999)) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? (date.toISOString().slice(0, 10) as CalendarDate) : undefined;
}

export function instantAt(ms: number): Instant {
  return new Date(ms).toISOString() as Instant;
}

const dayMs = 86_400_000;
/** India has one time zone and no summer time. */
const aheadOfUtcMs = 5.5 * 3_600_000;

/** The day in India, which decides the tax year. */
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
