import { readCalendarDate, type CalendarDate } from "../../../domain";
import { textOf } from "../../replies";

export function dateOf(value: unknown): CalendarDate | undefined {
  return readCalendarDate(textOf(value) ?? "");
}
