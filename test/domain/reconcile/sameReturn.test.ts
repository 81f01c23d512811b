import type { CalendarDate } from "../../../src/domain/calendarDate";
import type { Filing } from "../../../src/domain/filing/filing";
import { reconcileFilings } from "../../../src/domain/reconcile";
import { rupees } from "../../../src/domain/rupees";
import { testFiling } from "../../support/persona";
import { numbered, only, revised, silent, toldFilings } from "./telling";

describe("what two providers tell of a return", () => {
  it("is one filing where both tell its acknowledgement number", () => {
    const { provenance } = only([toldFilings("KWIKID", [numbered()]), toldFilings("DEEPVUE", [numbered()])]);
    expect(provenance.map(({ provider }) => provider)).toEqual(["DEEPVUE", "KWIKID"]);
  });

  it("is one filing where one of them tells no number", () => {
    only([toldFilings("KWIKID", [testFiling(2024)]), toldFilings("DEEPVUE", [numbered()])]);
  });

  it("is one filing where neither tells a number", () => {
    only([toldFilings("KWIKID", [testFiling(2024)]), toldFilings("DEEPVUE", [testFiling(2024)])]);
  });

  it("is two filings where the numbers differ", () => {
    const told = [toldFilings("KWIKID", [numbered()]), toldFilings("DEEPVUE", [revised])];
    expect(reconcileFilings(told)).toHaveLength(2);
  });

  it.each<[string, Partial<Filing>]>([
    ["the kinds", { kind: "REVISED" }],
    ["the forms", { form: "ITR_2" }],
    ["the filing dates", { filedOn: "2025-07-11" as CalendarDate }],
    ["the years", { incomeYear: testFiling(2023).incomeYear }],
  ])("is two filings where %s differ and a number is missing", (_what, changes) => {
    const told = [toldFilings("KWIKID", [testFiling(2024, changes)]), toldFilings("DEEPVUE", [numbered()])];
    expect(reconcileFilings(told)).toHaveLength(2);
  });

  it("is two filings where most figures differ and nothing else identifies them", () => {
    const other = { ...silent, grossTotalIncome: rupees(950_000), totalIncome: rupees(800_000) };
    expect(reconcileFilings([toldFilings("KWIKID", [other]), toldFilings("DEEPVUE", [numbered()])])).toHaveLength(2);
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
    expect(reconcileFilings([toldFilings("KWIKID", [one]), toldFilings("DEEPVUE", [other])])).toHaveLength(2);
  });

  it.each<[string, number, Partial<Filing>]>([
    ["both are first returns of their year", 1, { kind: "ORIGINAL" }],
    ["both were filed on one day", 1, { filedOn: numbered().filedOn }],
    ["both are revised, which can be done twice", 2, { kind: "REVISED" }],
  ])("has other figures, and %s: that makes %d", (_which, returns, changes) => {
    const one = { ...silent, ...changes, grossTotalIncome: rupees(950_000), totalIncome: rupees(800_000) };
    const other = { ...one, grossTotalIncome: rupees(750_000), totalIncome: rupees(600_000) };
    expect(reconcileFilings([toldFilings("KWIKID", [one]), toldFilings("DEEPVUE", [other])])).toHaveLength(returns);
  });

  it("is one filing where a first return is called belated by one of them", () => {
    const { disagreements } = only([
      toldFilings("KWIKID", [testFiling(2024, { kind: "BELATED" })]),
      toldFilings("DEEPVUE", [numbered()], { method: "PARSED" }),
    ]);
    expect(disagreements.map(({ path }) => path)).toEqual(["kind"]);
  });

  it("disagrees about the year where one number stands under two of them", () => {
    const { filing, disagreements } = only([
      toldFilings("KWIKID", [numbered({ incomeYear: testFiling(2023).incomeYear })]),
      toldFilings("DEEPVUE", [numbered()], { method: "PARSED" }),
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
  const listed = toldFilings("DEEPVUE", [withInterest, original]);

  it("belongs to the return of its kind", () => {
    const told = [listed, toldFilings("KWIKID", [{ ...silent, kind: "ORIGINAL" }])];
    expect(reconcileFilings(told).map(({ provenance }) => provenance.length)).toEqual([1, 2]);
  });

  it("belongs to the return whose figures it has", () => {
    const { grossTotalIncome, totalIncome } = original;
    const told = [listed, toldFilings("KWIKID", [{ ...silent, grossTotalIncome, totalIncome }])];
    expect(reconcileFilings(told).map(({ provenance }) => provenance.length)).toEqual([1, 2]);
  });

  it("belongs to the return with most of its figures, though a later one fits as well", () => {
    const { totalIncome } = original;
    const bare = { ...revised, totalIncome: null };
    const told = [toldFilings("DEEPVUE", [bare, original]), toldFilings("KWIKID", [{ ...silent, totalIncome }])];
    expect(reconcileFilings(told).map(({ provenance }) => provenance.length)).toEqual([1, 2]);
  });

  it("belongs to the last return where nothing tells which", () => {
    const told = [listed, toldFilings("KWIKID", [silent])];
    expect(reconcileFilings(told).map(({ provenance }) => provenance.length)).toEqual([2, 1]);
  });

  it("is another one than the next of the same answer", () => {
    expect(reconcileFilings([toldFilings("KWIKID", [silent, { ...silent, form: "ITR_1" }])])).toHaveLength(2);
  });
});
