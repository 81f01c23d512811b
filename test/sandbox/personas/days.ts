import type { CalendarDate } from "../../../src/domain";

/** Days around due dates and turns of the year. */
export const days = [
  "2026-07-31",
  "2026-08-01",
  "2026-11-10",
  "2027-03-31",
  "2027-04-01",
  "2028-09-15",
] as CalendarDate[];

/** An unknown amount counts as zero. */
export const n = (amount: number | null | undefined) => amount ?? 0;
