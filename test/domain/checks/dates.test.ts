import type { CalendarDate } from "../../../src/domain/calendarDate";
import type { Filing, FilingKind, ReturnForm } from "../../../src/domain/filing/filing";
import type { AcknowledgementNumber } from "../../../src/domain/identifiers";
import { testFiling } from "../../support/persona";
import { checked } from "./finding";

function filed(kind: FilingKind, on: string, changes: Partial<Filing> = {}): Filing {
  return { ...testFiling(2024), kind, filedOn: on as CalendarDate, dueOn: undefined, ...changes };
}

describe("the filing date", () => {
  it.each<[FilingKind, string, string]>([
    ["ORIGINAL", "2025-09-16", "PASSED"],
    ["ORIGINAL", "2025-09-17", "FAILED"],
    ["BELATED", "2025-09-16", "FAILED"],
    ["BELATED", "2025-12-31", "PASSED"],
    ["BELATED", "2026-01-01", "FAILED"],
    ["REVISED", "2025-12-31", "PASSED"],
    ["REVISED", "2026-01-01", "FAILED"],
    ["UPDATED", "2030-03-31", "PASSED"],
    ["UPDATED", "2030-04-01", "FAILED"],
    ["OTHER", "2025-07-10", "NOT_POSSIBLE"],
    ["DEFECTIVE_RESPONSE", "2025-07-10", "NOT_POSSIBLE"],
    ["ORIGINAL", "2025-03-31", "FAILED"],
  ])("of the return of 2024-25 that is %s, %s: %s", (kind, on, outcome) => {
    expect(checked("FILED_IN_TIME", filed(kind, on)).outcome).toBe(outcome);
  });

  it.each<[number, FilingKind, string, string]>([
    [2019, "ORIGINAL", "2021-01-08", "PASSED"],
    [2019, "ORIGINAL", "2021-01-11", "FAILED"],
    [2019, "BELATED", "2021-05-20", "PASSED"],
    [2019, "BELATED", "2021-06-01", "FAILED"],
    [2018, "ORIGINAL", "2019-08-25", "PASSED"],
    [2018, "BELATED", "2020-11-20", "PASSED"],
    [2018, "REVISED", "2020-11-20", "PASSED"],
    [2017, "ORIGINAL", "2018-08-30", "PASSED"],
    [2016, "ORIGINAL", "2017-08-30", "NOT_POSSIBLE"],
    [2016, "BELATED", "2019-08-30", "NOT_POSSIBLE"],
  ])("of the return of the income of %d that is %s, %s: %s", (incomeYear, kind, on, outcome) => {
    const { incomeYear: year } = testFiling(incomeYear);
    expect(checked("FILED_IN_TIME", filed(kind, on, { incomeYear: year })).outcome).toBe(outcome);
  });

  it("of a company may be that of transfer pricing", () => {
    const incomeYear = testFiling(2022).incomeYear;
    const filing = filed("ORIGINAL", "2023-11-30", { form: "ITR_6", incomeYear });
    expect(checked("FILED_IN_TIME", filing).outcome).toBe("NOT_POSSIBLE");
  });

  it("is compared with the due date that a provider tells", () => {
    const filing = filed("ORIGINAL", "2025-09-16", { dueOn: "2025-07-31" as CalendarDate });
    expect(checked("FILED_IN_TIME", filing).outcome).toBe("FAILED");
  });

  it.each<[ReturnForm, string]>([
    ["ITR_3", "NOT_POSSIBLE"],
    ["ITR_6", "PASSED"],
    ["ITR_4", "FAILED"],
  ])("of %s in November: %s", (form, outcome) => {
    expect(checked("FILED_IN_TIME", filed("ORIGINAL", "2025-11-20", { form })).outcome).toBe(outcome);
  });

  it("cannot be checked where it is not told", () => {
    const filing = { ...filed("ORIGINAL", ""), filedOn: undefined };
    expect(checked("FILED_IN_TIME", filing).outcome).toBe("NOT_POSSIBLE");
  });
});

describe("the end of the acknowledgement number", () => {
  it.each([
    ["219853550300625", "PASSED"],
    ["219853550290625", "FAILED"],
    ["550701280025728", "NOT_POSSIBLE"],
  ])("of %s beside 30 June 2025: %s", (number, outcome) => {
    const acknowledgementNumber = number as AcknowledgementNumber;
    const filing = filed("ORIGINAL", "2025-06-30", { acknowledgementNumber });
    expect(checked("ACKNOWLEDGEMENT_DATED", filing)).toMatchObject({ outcome, severity: "INFO" });
  });

  it("cannot be checked without a number", () => {
    expect(checked("ACKNOWLEDGEMENT_DATED", filed("ORIGINAL", "2025-06-30")).outcome).toBe("NOT_POSSIBLE");
  });
});
