import { readCalendarDate, type CalendarDate, readRupees, type Rupees } from "../../../domain";
import { textOf } from "../../replies";

export function amountOf(value: unknown): Rupees | null {
  return readRupees(value) ?? null;
}

export function dateOf(value: unknown): CalendarDate | undefined {
  return readCalendarDate(textOf(value) ?? "");
}
