import type { CalendarDate, Instant } from "../../../src/domain/calendarDate";
import type { Filing } from "../../../src/domain/filing/filing";
import { reconcileFilings } from "../../../src/domain/reconcile";
import { addRupees, rupees } from "../../../src/domain/rupees";
import { testFiling } from "../../support/persona";
import { number, numbered, only, revised, silent, reportedFilings, reportedNone } from "./reported";

function withMore(filing: Filing, wholeRupees: number): Filing {
  return { ...filing, totalIncome: addRupees(filing.totalIncome!, rupees(wholeRupees)) };
}

describe("a fact that providers tell differently", () => {
  it("is taken from the return itself before a newer report", () => {
    const { filing, disagreements } = only([
      reportedFilings("KWIKID", [withMore(numbered(), 40_000)], { day: 11 }),
      reportedFilings("DEEPVUE", [numbered()], { method: "PARSED" }),
    ]);
    expect(filing.totalIncome).toBe(rupees(762_350));
    expect(disagreements).toEqual([
      {
        path: "totalIncome",
        severity: "SERIOUS",
        claims: [
          { provider: "DEEPVUE", value: "₹7,62,350.00", amount: rupees(762_350), asOf: "2026-11-10T09:00:00.000Z" },
          { provider: "KWIKID", value: "₹8,02,350.00", amount: rupees(802_350), asOf: "2026-11-11T09:00:00.000Z" },
        ],
        chosen: "DEEPVUE",
        reason: "parsed from the return itself",
      },
    ]);
  });

  it("is taken from the return itself where that has no number", () => {
    const { filing } = only([
      reportedFilings("KWIKID", [withMore(testFiling(2024), 40_000)], { method: "PARSED" }),
      reportedFilings("DEEPVUE", [numbered()], { day: 11 }),
    ]);
    expect(filing.totalIncome).toBe(rupees(802_350));
  });

  it("is taken from the newer of two reports", () => {
    const { filing, disagreements } = only([
      reportedFilings("KWIKID", [withMore(numbered(), 40_000)], { day: 11 }),
      reportedFilings("DEEPVUE", [numbered()]),
    ]);
    expect(filing.totalIncome).toBe(rupees(802_350));
    expect(disagreements).toMatchObject([{ chosen: "KWIKID", reason: "newer" }]);
  });

  it("is disputed by nobody where only the checks need it", () => {
    const taxed = (amount: number) => numbered({ particulars: { specialRateTax: rupees(amount) } });
    const { filing, disagreements, choices } = only([
      reportedFilings("KWIKID", [taxed(40_000)], { day: 11 }),
      reportedFilings("DEEPVUE", [taxed(50_000)], { method: "PARSED" }),
    ]);
    expect(filing.particulars).toEqual({ specialRateTax: rupees(50_000) });
    expect(disagreements).toEqual([]);
    expect(choices().filter(({ path }) => path.startsWith("particulars"))).toEqual([]);
  });

  it("is taken from a report before what is derived from a form", () => {
    const { disagreements } = only([
      reportedFilings("TUTELAR", [numbered({ kind: "REVISED" })], { method: "DERIVED", day: 11 }),
      reportedFilings("DEEPVUE", [numbered()]),
    ]);
    expect(disagreements).toMatchObject([{ chosen: "DEEPVUE", reason: "reported, and not merely derived" }]);
  });

  it("is taken from the first by name where nothing else decides", () => {
    const { disagreements } = only([
      reportedFilings("KWIKID", [withMore(numbered(), 40_000)]),
      reportedFilings("DEEPVUE", [numbered()]),
    ]);
    expect(disagreements).toMatchObject([{ chosen: "DEEPVUE" }]);
  });

  it("names all who tell it", () => {
    const { disagreements } = only([
      reportedFilings("KWIKID", [withMore(numbered(), 40_000)]),
      reportedFilings("DEEPVUE", [numbered()]),
      reportedFilings("FINPASS", [numbered()]),
    ]);
    expect(disagreements[0]?.claims.map(({ provider }) => provider)).toEqual(["DEEPVUE", "FINPASS", "KWIKID"]);
  });

  it("is no disagreement within rounding", () => {
    const reported = [reportedFilings("KWIKID", [withMore(numbered(), 10)]), reportedFilings("DEEPVUE", [numbered()])];
    expect(only(reported).disagreements).toEqual([]);
  });

  it("is a disagreement just beyond rounding", () => {
    const reported = [reportedFilings("KWIKID", [withMore(numbered(), 11)]), reportedFilings("DEEPVUE", [numbered()])];
    expect(only(reported).disagreements).toHaveLength(1);
  });

  it("is found within the heads", () => {
    const other = numbered({ incomeHeads: { ...numbered().incomeHeads!, salary: rupees(1_000_000) } });
    const { disagreements } = only([reportedFilings("KWIKID", [other]), reportedFilings("DEEPVUE", [numbered()])]);
    expect(disagreements).toMatchObject([{ path: "incomeHeads.salary", severity: "SERIOUS" }]);
  });
});

describe("a fact that only one provider tells", () => {
  it("completes the filing of another", () => {
    const { filing, disagreements } = only([
      reportedFilings("DEEPVUE", [{ ...silent, acknowledgementNumber: number }], { method: "PARSED" }),
      reportedFilings("KWIKID", [numbered()]),
    ]);
    expect(filing).toEqual(numbered());
    expect(disagreements).toEqual([]);
  });

  it("completes a block of figures", () => {
    const heads = numbered().incomeHeads!;
    const { filing } = only([
      reportedFilings("DEEPVUE", [numbered({ incomeHeads: { ...heads, salary: null } })], { method: "PARSED" }),
      reportedFilings("KWIKID", [numbered({ incomeHeads: { ...heads, otherSources: null } })]),
    ]);
    expect(filing.incomeHeads).toEqual(heads);
  });
});

describe("bank accounts", () => {
  it("are those of the most believed who lists any", () => {
    const [account] = numbered().bankAccounts;
    const { filing } = only([
      reportedFilings("DEEPVUE", [numbered({ bankAccounts: [] })], { method: "PARSED" }),
      reportedFilings("KWIKID", [numbered({ bankAccounts: [{ ...account!, kind: "CURRENT" }] })], { day: 9 }),
      reportedFilings("FINPASS", [numbered()], { day: 8 }),
    ]);
    expect(filing.bankAccounts).toEqual([{ ...account, kind: "CURRENT" }]);
  });
});

describe("one provider's contradiction", () => {
  const contradictions = [{ path: "tax.rebate", believed: "₹0.00", alsoTold: "₹12,500.00" }];

  it("is a disagreement with itself", () => {
    const { disagreements } = only([reportedFilings("FINPASS", [numbered({ contradictions })], { method: "PARSED" })]);
    expect(disagreements).toMatchObject([
      {
        path: "tax.rebate",
        chosen: "FINPASS",
        reason: "parsed from the return itself",
        claims: [
          { provider: "FINPASS", value: "₹0.00" },
          { provider: "FINPASS", value: "₹12,500.00" },
        ],
      },
    ]);
  });

  it("is heard once, however often it is told", () => {
    const reported = [8, 9].map((day) => reportedFilings("FINPASS", [numbered({ contradictions })], { day }));
    expect(only(reported).disagreements[0]?.claims).toHaveLength(2);
  });

  it("stands beside what others claim of the same fact", () => {
    const contradicted = numbered({
      contradictions: [{ path: "totalIncome", believed: "₹7,62,350.00", alsoTold: "₹1.00" }],
    });
    const { disagreements } = only([
      reportedFilings("FINPASS", [contradicted], { method: "PARSED" }),
      reportedFilings("KWIKID", [withMore(numbered(), 40_000)]),
    ]);
    expect(disagreements).toHaveLength(1);
    expect(disagreements[0]?.claims.map(({ value }) => value)).toEqual(["₹7,62,350.00", "₹8,02,350.00", "₹1.00"]);
  });
});

describe("a provider that says there is no return", () => {
  it("contradicts those who have it", () => {
    const { disagreements } = only([reportedFilings("KWIKID", [numbered()]), reportedNone("DEEPVUE", 2024)]);
    expect(disagreements).toMatchObject([
      {
        path: "status",
        severity: "SERIOUS",
        chosen: "KWIKID",
        claims: [
          { provider: "KWIKID", value: "FILED" },
          { provider: "DEEPVUE", value: "NOT_FILED" },
        ],
      },
    ]);
  });

  it("contradicts nobody where it was asked before the filing", () => {
    const filedLater = numbered({ filedOn: "2026-11-12" as CalendarDate });
    const reported = [reportedFilings("KWIKID", [filedLater], { day: 14 }), reportedNone("DEEPVUE", 2024, { day: 11 })];
    expect(only(reported).disagreements).toEqual([]);
  });

  it("contradicts those who have it where it was asked in the first hours of the Indian day after", () => {
    const filedThatDay = numbered({ filedOn: "2026-11-10" as CalendarDate });
    const none = reportedNone("DEEPVUE", 2024);
    // 1 o'clock on the 11th in India, while it is still the 10th in Greenwich.
    const atNight = { ...none, provenance: { ...none.provenance, fetchedAt: "2026-11-10T19:30:00.000Z" as Instant } };
    expect(only([reportedFilings("KWIKID", [filedThatDay], { day: 14 }), atNight]).disagreements).toHaveLength(1);
  });

  it("contradicts nobody about another year", () => {
    expect(only([reportedFilings("KWIKID", [numbered()]), reportedNone("DEEPVUE", 2023)]).disagreements).toEqual([]);
  });

  it("does not contradict its own other answer", () => {
    expect(only([reportedFilings("KWIKID", [numbered()]), reportedNone("KWIKID", 2024)]).disagreements).toEqual([]);
  });
});

describe("the filings of a person", () => {
  it("come newest year first", () => {
    const reported = [reportedFilings("KWIKID", [testFiling(2022), testFiling(2024), testFiling(2023)])];
    expect(reconcileFilings(reported).map(({ filing }) => filing.incomeYear)).toEqual([2024, 2023, 2022]);
  });

  it("come with the effective one of a year first", () => {
    const invalid = { ...revised, status: "INVALID" } as const;
    const reconciled = reconcileFilings([reportedFilings("KWIKID", [invalid, numbered()])]);
    expect(reconciled.map(({ filing, effective }) => [filing.kind, effective])).toEqual([
      ["ORIGINAL", true],
      ["REVISED", false],
    ]);
  });

  it("name a provider once for all its answers", () => {
    const reported = [reportedFilings("KWIKID", [numbered()], { day: 9 }), reportedFilings("KWIKID", [numbered()])];
    expect(only(reported).provenance.map(({ fetchedAt }) => fetchedAt)).toEqual(["2026-11-10T09:00:00.000Z"]);
  });
});
