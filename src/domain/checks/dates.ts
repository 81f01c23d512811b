import type { CalendarDate } from "../calendarDate";
import {
  type Filing,
  type ReturnForm,
  belatedUntil,
  dueDateOf,
  filerGroups,
  firstYearHeld,
  revisedUntil,
  updatedUntil,
  type FilerGroup,
} from "../filing";
import { filingDateHint } from "../identifiers";
import { taxPeriodOf } from "../taxPeriod";
import { failed, notPossible, passed, type Finding } from "./check";

/** Whether a business is audited or reports under section 92E, its form does not tell. */
const groupsByForm: Record<ReturnForm, readonly FilerGroup[]> = {
  ITR_1: ["INDIVIDUAL"],
  ITR_2: ["INDIVIDUAL"],
  ITR_3: ["BUSINESS", "AUDIT", "TRANSFER_PRICING"],
  ITR_4: ["BUSINESS"],
  ITR_5: ["BUSINESS", "AUDIT", "TRANSFER_PRICING"],
  ITR_6: ["AUDIT", "TRANSFER_PRICING"],
  ITR_7: ["BUSINESS", "AUDIT", "TRANSFER_PRICING"],
  UNKNOWN: filerGroups,
};

/** Whether a return was filed within the time that its section allows. */
export function filedInTime(filing: Filing): Finding {
  const { filedOn, kind, incomeYear } = filing;
  if (filedOn === undefined) return notPossible("The filing date is not told.");
  if (incomeYear < firstYearHeld) return notPossible("The last days of this year are not held.");
  if (filedOn <= taxPeriodOf(incomeYear).endsOn) return failed("The return is dated before its year had ended.");
  switch (kind) {
    case "ORIGINAL":
      return byDueDate(filedOn, dueDates(filing));
    case "BELATED":
      return dueDates(filing).every((dueOn) => filedOn <= dueOn)
        ? failed("The return is called belated, and was filed by the due date.")
        : by(filedOn, belatedUntil(incomeYear), "a belated return");
    case "REVISED":
      return by(filedOn, revisedUntil(incomeYear), "a revised return");
    case "UPDATED":
      return by(filedOn, updatedUntil(incomeYear), "an updated return");
    case "DEFECTIVE_RESPONSE":
    case "OTHER":
      return notPossible("A return of this kind has no last day of its own, or its kind is not told.");
  }
}

function dueDates({ dueOn, form, incomeYear }: Filing): readonly CalendarDate[] {
  return dueOn === undefined ? groupsByForm[form].map((group) => dueDateOf(incomeYear, group)) : [dueOn];
}

function byDueDate(filedOn: CalendarDate, dueOn: readonly CalendarDate[]): Finding {
  if (dueOn.every((date) => filedOn <= date)) return passed("The return was filed by the due date.");
  if (dueOn.every((date) => filedOn > date)) return failed("The return was filed after the due date.");
  return notPossible("Whether the accounts are audited, on which the due date depends, is not told.");
}

function by(filedOn: CalendarDate, lastDay: CalendarDate, what: string): Finding {
  return filedOn <= lastDay
    ? passed(`The return was filed within the time for ${what}.`)
    : failed(`The return was filed after the last day for ${what}.`);
}

/** No rule says that a number ends with the day of filing, though most do: this can only raise a question. */
export function acknowledgementDated({ acknowledgementNumber, filedOn }: Filing): Finding {
  const hint = acknowledgementNumber && filingDateHint(acknowledgementNumber);
  if (hint === undefined || filedOn === undefined) {
    return notPossible("The filing date is not told, or the acknowledgement number does not end with a date.");
  }
  return hint === filedOn
    ? passed("The acknowledgement number ends with the filing date.")
    : failed("The acknowledgement number ends with another date than the filing date.");
}
