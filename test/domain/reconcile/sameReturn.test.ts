import type { CalendarDate } from "../../../src/domain/calendarDate";
import type { Filing } from "../../../src/domain/filing/filing";
import { reconcileFilings } from "../../../src/domain/reconcile";
import { rupees } from "../../../src/domain/rupees";
import { testFiling } from "../../support/persona";
import { numbered, only, revised, silent, reportedFilings } from "./reported";

describe("what two providers tell of a return", () => {
  it("is one filing where both tell its acknowledgement number", () => {
    const { provenance } = only([reportedFilings("KWIKID", [numbered()]), reportedFilings("DEEPVUE", [numbered()])]);
    expect(provenance.map(({ provider }) => provider)).toEqual(["DEEPVUE", "KWIKID"]);
  });

  it("is one filing where one of them tells no number", () => {
    only([reportedFilings("KWIKID", [testFiling(2024)]), reportedFilings("DEEPVUE", [numbered()])]);
  });

  it("is one filing where neither tells a number", () => {
    only([reportedFilings("KWIKID", [testFiling(2024)]), reportedFilings("DEEPVUE", [testFiling(2024)])]);
  });

  it("is two filings where the numbers differ", () => {
    const reported = [reportedFilings("KWIKID", [numbered()]), reportedFilings("DEEPVUE", [revised])];
    expect(reconcileFilings(reported)).toHaveLength(2);
  });

  it.each<[string, Partial<Filing>]>([
    ["the kinds", { kind: "REVISED" }],
    ["the forms", { form: "ITR_2" }],
    ["the filing dates", { filedOn: "2025-07-11" as CalendarDate }],
    ["the years", { incomeYear: testFiling(2023).incomeYear }],
  ])("is two filings where %s differ and a number is missing", (_what, changes) => {
    const reported = [reportedFilings("KWIKID", [testFiling(2024, changes)]), reportedFilings("DEEPVUE", [numbered()])];
    expect(reconcileFilings(reported)).toHaveLength(2);
  });

  it("is two filings where most figures differ and nothing else identifies them", () => {
    const other = { ...silent, grossTotalIncome: rupees(950_000), totalIncome: rupees(800_000) };
    expect(
      reconcileFilings([reportedFilings("KWIKID", [other]), reportedFilings("DEEPVUE", [numbered()])]),
    ).toHaveLength(2);
  });

  it("is two filings where all that agrees is what both do not have", () => {
    const zero = rupees(0);
    const none = {
      salary: null,
      houseProperty: zero,
      businessOrProfession: zero,
      capitalGains: zero,
      otherSources: null,
    };
    const one = { ...silent, incomeHeads: none, grossTotalIncome: rupees(950_000), totalIncome: rupees(800_000) };
    const other = { ...one, grossTotalIncome: rupees(750_000), totalIncome: rupees(600_000) };
    expect(reconcileFilings([reportedFilings("KWIKID", [one]), reportedFilings("DEEPVUE", [other])])).toHaveLength(2);
  });

  it.each<[string, number, Partial<Filing>]>([
    ["both are first returns of their year", 1, { kind: "ORIGINAL" }],
    ["both were filed on one day", 1, { filedOn: numbered().filedOn }],
    ["both are revised, which can be done twice", 2, { kind: "REVISED" }],
  ])("has other figures, and %s: that makes %d", (_which, returns, changes) => {
    const one = { ...silent, ...changes, grossTotalIncome: rupees(950_000), totalIncome: rupees(800_000) };
    const other = { ...one, grossTotalIncome: rupees(750_000), totalIncome: rupees(600_000) };
    expect(reconcileFilings([reportedFilings("KWIKID", [one]), reportedFilings("DEEPVUE", [other])])).toHaveLength(
      returns,
    );
  });

  it("is one filing where a first return is called belated by one of them", () => {
    const { disagreements } = only([
      reportedFilings("KWIKID", [testFiling(2024, { kind: "BELATED" })]),
      reportedFilings("DEEPVUE", [numbered()], { method: "PARSED" }),
    ]);
    expect(disagreements.map(({ path }) => path)).toEqual(["kind"]);
  });

  it("disagrees about the year where one number stands under two of them", () => {
    const { filing, disagreements } = only([
      reportedFilings("KWIKID", [numbered({ incomeYear: testFiling(2023).incomeYear })]),
      reportedFilings("DEEPVUE", [numbered()], { method: "PARSED" }),
    ]);
    expect(filing.incomeYear).toBe(2024);
    expect(disagreements).toMatchObject([
      { path: "incomeYear", severity: "SERIOUS", claims: [{ value: "2024-25" }, { value: "2023-24" }] },
    ]);
  });
});

describe("a return without a number", () => {
  const original = numbered();
  const withInterest = { ...revised, ...{ grossTotalIncome: rupees(950_000), totalIncome: rupees(800_000) } };
  const listed = reportedFilings("DEEPVUE", [withInterest, original]);

  it("belongs to the return of its kind", () => {
    const reported = [listed, reportedFilings("KWIKID", [{ ...silent, kind: "ORIGINAL" }])];
    expect(reconcileFilings(reported).map(({ provenance }) => provenance.length)).toEqual([1, 2]);
  });

  it("belongs to the return whose figures it has", () => {
    const { grossTotalIncome, totalIncome } = original;
    const reported = [listed, reportedFilings("KWIKID", [{ ...silent, grossTotalIncome, totalIncome }])];
    expect(reconcileFilings(reported).map(({ provenance }) => provenance.length)).toEqual([1, 2]);
  });

  it("belongs to the return with most of its figures, though a later one fits as well", () => {
    const { totalIncome } = original;
    const bare = { ...revised, totalIncome: null };
    const reported = [
      reportedFilings("DEEPVUE", [bare, original]),
      reportedFilings("KWIKID", [{ ...silent, totalIncome }]),
    ];
    expect(reconcileFilings(reported).map(({ provenance }) => provenance.length)).toEqual([1, 2]);
  });

  it("belongs to the last return where nothing tells which", () => {
    const reported = [listed, reportedFilings("KWIKID", [silent])];
    expect(reconcileFilings(reported).map(({ provenance }) => provenance.length)).toEqual([2, 1]);
  });

  it("is another one than the next of the same answer", () => {
    expect(reconcileFilings([reportedFilings("KWIKID", [silent, { ...silent, form: "ITR_1" }])])).toHaveLength(2);
  });
});
