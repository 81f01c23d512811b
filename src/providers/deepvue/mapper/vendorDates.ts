import { calendarDateOf, readCalendarDate, readNamedMonthDate, type CalendarDate } from "../../../domain";

/** The vendor names no format: "2024-07-15", with a time or without, "15-Jul-2024" and "15/07/2024" are all met. */
export function readVendorDate(text: string | undefined): CalendarDate | undefined {
  if (text === undefined) return undefined;
  const [, day, month, year] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text) ?? [];
  return (
    readCalendarDate(/^[\d-]{10}(?=[T ])/.exec(text)?.[0] ?? text) ??
    readNamedMonthDate(text) ??
    calendarDateOf(Number(year), Number(month), Number(day))
  );
}
