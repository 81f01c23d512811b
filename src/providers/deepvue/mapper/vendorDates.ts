import { calendarDateOf, readCalendarDate, readNamedMonthDate, type CalendarDate } from "../../../domain";

/** The vendor documents no format. It sends "2024-07-15", also with a time, "15-Jul-2024" and "15/07/2024". */
export function readVendorDate(text: string | undefined): CalendarDate | undefined {
  if (text === undefined) return undefined;
  const [, day, month, year] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text) ?? [];
  return (
    readCalendarDate(/^[\d-]{10}(?=[T ])/.exec(text)?.[0] ?? text) ??
    readNamedMonthDate(text) ??
    calendarDateOf(Number(year), Number(month), Number(day))
  );
}
