import type { CalendarDate, Instant } from "../../../src/domain/calendarDate";
import type { ComplianceStatus } from "../../../src/domain/compliance";
import type { Filing } from "../../../src/domain/filing/filing";
import { agreesWithFilings, reconcileFilings } from "../../../src/domain/reconcile";
import { testFiling } from "../../support/persona";
import { number, numbered, otherNumber, reportedFilings } from "./reported";

const filed: ComplianceStatus = {
  itrFiled: true,
  standing: "COMPLIANT",
  standingLabel: "Compliant",
  filingStatus: "FILED",
  incomeYear: numbered().incomeYear,
  filedOn: "2025-07-10" as CalendarDate,
  acknowledgementNumber: number,
  checkedAt: "2026-11-10T09:00:00.000Z" as Instant,
};
const notFiled: ComplianceStatus = {
  ...filed,
  itrFiled: false,
  filingStatus: "NOT_FILED",
  filedOn: undefined,
  acknowledgementNumber: undefined,
};

function agrees(compliance: ComplianceStatus, ...filings: readonly Filing[]): boolean | undefined {
  return agreesWithFilings(compliance, reconcileFilings([reportedFilings("KWIKID", filings)]));
}

describe("a compliance check", () => {
  it("agrees with the return that it names", () => {
    expect(agrees(filed, numbered())).toBe(true);
  });

  it("agrees with a return whose number nobody tells", () => {
    expect(agrees(filed, testFiling(2024))).toBe(true);
  });

  it("agrees with one of two returns of the year", () => {
    expect(agrees(filed, numbered({ acknowledgementNumber: otherNumber, kind: "REVISED" }), numbered())).toBe(true);
  });

  it("does not agree with a return of another number", () => {
    expect(agrees(filed, numbered({ acknowledgementNumber: otherNumber }))).toBe(false);
  });

  it("does not agree with a return of another date", () => {
    expect(agrees(filed, numbered({ filedOn: "2025-07-11" as CalendarDate }))).toBe(false);
  });

  it("made in the first hours of an Indian day does not agree with a return of that day that it misses", () => {
    // 1 o'clock on the 11th in India, while it is still the 10th in Greenwich.
    const atNight = { ...notFiled, checkedAt: "2026-11-10T19:30:00.000Z" as Instant };
    expect(agrees(atNight, numbered({ filedOn: "2026-11-11" as CalendarDate }))).toBe(false);
  });

  it("does not agree with a return that it misses", () => {
    expect(agrees(notFiled, numbered())).toBe(false);
  });

  it("does not count a return without effect as filed", () => {
    expect(agrees(notFiled, numbered({ status: "INVALID" }))).toBe(true);
  });

  it("misses nothing that was filed after it", () => {
    expect(agrees(notFiled, numbered({ filedOn: "2026-11-11" as CalendarDate }))).toBe(true);
  });

  it("says nothing of years of which no return is held", () => {
    expect(agrees(filed, testFiling(2023))).toBeUndefined();
  });

  it("says nothing where it does not tell its year", () => {
    expect(agrees({ ...filed, incomeYear: undefined }, numbered())).toBeUndefined();
  });
});
