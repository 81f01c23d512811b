import { beliefsOf, reconcileFilings, type ReportedFilings } from "../../../src/domain/reconcile";
import type { Filing } from "../../../src/domain/filing/filing";
import type { Instant } from "../../../src/domain/calendarDate";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { rupees } from "../../../src/domain/rupees";
import { testFiling } from "../../support/persona";

const latest = { provider: "KWIKID", method: "PARSED", fetchedAt: "2026-11-10T09:00:00.000Z" as Instant } as const;

function reported(filings: readonly Filing[], fetchedAt = latest.fetchedAt): ReportedFilings {
  return { incomeYear: 2024 as IncomeYear, filings, provenance: { ...latest, fetchedAt } };
}

const filings: Readonly<Record<string, Filing>> = {
  "a whole return": testFiling(2024),
  "a return without a due date": testFiling(2024, { dueOn: undefined }),
  "a return of an unknown status": testFiling(2024, { status: "UNKNOWN", statusHistory: [] }),
  "a return without heads": testFiling(2024, { incomeHeads: undefined }),
  "a return that is told in two ways": testFiling(2024, {
    contradictions: [{ path: "totalIncome", believed: rupees(1), alsoTold: rupees(20_000) }],
  }),
  "a discarded return": testFiling(2024, { status: "DISCARDED" }),
  "a return with an empty list": testFiling(2024, { bankAccounts: [], deductionsBySection: [] }),
};

describe.each(Object.entries(filings))("%s of one source", (_name, filing) => {
  /** An older report of the same makes two, which are merged. */
  const older = reported([filing], "2026-10-01T09:00:00.000Z" as Instant);
  const [shown] = reconcileFilings([reported([filing])]);
  const [merged] = reconcileFilings([reported([filing]), older]);

  it("is shown as a merge would show it", () => {
    expect(shown!.filing).toEqual(merged!.filing);
    expect(shown!.effective).toBe(merged!.effective);
    expect(shown!.provenance).toEqual(merged!.provenance);
    expect(shown!.disagreements).toEqual(merged!.disagreements);
  });

  it("is believed for the same reasons", () => {
    expect(beliefsOf(shown!)).toEqual(beliefsOf(merged!));
  });
});

describe("returns of several years from one source", () => {
  it("come newest first", () => {
    const years = [2022, 2024, 2023].map((year) => reported([testFiling(year)]));
    expect(reconcileFilings(years).map(({ filing }) => filing.incomeYear)).toEqual([2024, 2023, 2022]);
  });

  it("are two where two of them are of one year", () => {
    const revised = testFiling(2024, { kind: "REVISED", filedOn: "2025-11-20" } as Partial<Filing>);
    const shown = reconcileFilings([reported([testFiling(2024), revised])]);
    expect(shown.map(({ filing, effective }) => [filing.kind, effective])).toEqual([
      ["REVISED", true],
      ["ORIGINAL", false],
    ]);
  });
});
