import { readCalendarDate, type CalendarDate } from "../../../domain/calendarDate";
import { readRupees, type Rupees } from "../../../domain/rupees";
import { textOf } from "../../replies";

export function amountOf(value: unknown): Rupees | null {
  return readRupees(value) ?? null;
}

export function dateOf(value: unknown): CalendarDate | undefined {
  return readCalendarDate(textOf(value) ?? "");
}
