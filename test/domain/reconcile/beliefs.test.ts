import type { Filing } from "../../../src/domain/filing/filing";
import { beliefsOf, reconcileProfiles, reconcileTaxCredits, type Belief } from "../../../src/domain/reconcile";
import { addRupees, rupees } from "../../../src/domain/rupees";
import type { Profile } from "../../../src/domain/taxpayer";
import { testTaxCredits } from "../../support/persona";
import { numbered, only, silent, reported, reportedFilings, reportedNone } from "./reported";

type Telling = ReturnType<typeof reportedFilings>;

function belief(path: string, ...reported: readonly Telling[]): Omit<Belief, "path" | "fetchedAt"> | undefined {
  const found = beliefsOf(only(reported)).find((each) => each.path === path);
  if (found === undefined) return undefined;
  const { provider, method, reason, agreedBy } = found;
  return { provider, method, reason, agreedBy };
}

function withMore(wholeRupees: number, filing = numbered()): Filing {
  return { ...filing, totalIncome: addRupees(filing.totalIncome!, rupees(wholeRupees)) };
}

const parsed = { method: "PARSED" } as const;

describe("a figure of a return", () => {
  it("is the word of the only one who tells it", () => {
    const nothing = { ...silent, acknowledgementNumber: numbered().acknowledgementNumber };
    expect(
      belief("totalIncome", reportedFilings("TUTELAR", [nothing]), reportedFilings("KWIKID", [numbered()], parsed)),
    ).toEqual({ provider: "KWIKID", method: "PARSED", reason: "the only one who tells it", agreedBy: [] });
  });

  it("is agreed by those who tell it but for rounding", () => {
    const reported = [reportedFilings("KWIKID", [withMore(10)]), reportedFilings("DEEPVUE", [numbered()], parsed)];
    expect(belief("totalIncome", ...reported)).toEqual({
      provider: "DEEPVUE",
      method: "PARSED",
      reason: "told alike by all who tell it",
      agreedBy: ["KWIKID"],
    });
  });

  it("is taken from the return itself before several reports that agree", () => {
    const reported = [
      reportedFilings("KWIKID", [withMore(40_000)], { day: 11 }),
      reportedFilings("FINPASS", [withMore(40_000)], { day: 12 }),
      reportedFilings("DEEPVUE", [numbered()], parsed),
    ];
    expect(belief("totalIncome", ...reported)).toEqual({
      provider: "DEEPVUE",
      method: "PARSED",
      reason: "parsed from the return itself",
      agreedBy: [],
    });
  });

  it("is taken from two that agree before a newer one that is as good", () => {
    const reported = [
      reportedFilings("KWIKID", [numbered()], { ...parsed, day: 8 }),
      reportedFilings("DEEPVUE", [numbered()], { ...parsed, day: 9 }),
      reportedFilings("FINPASS", [withMore(40_000)], { ...parsed, day: 12 }),
    ];
    expect(only(reported).filing.totalIncome).toBe(numbered().totalIncome);
    expect(only(reported).disagreements).toMatchObject([{ chosen: "DEEPVUE" }]);
    expect(belief("totalIncome", ...reported)).toEqual({
      provider: "DEEPVUE",
      method: "PARSED",
      reason: "told alike by more providers than anything else",
      agreedBy: ["KWIKID"],
    });
  });

  it("is agreed with by reports where parsed returns differ", () => {
    const reported = [
      reportedFilings("KWIKID", [numbered()], { ...parsed, day: 8 }),
      reportedFilings("FINPASS", [withMore(40_000)], { ...parsed, day: 12 }),
      reportedFilings("DEEPVUE", [numbered()]),
    ];
    expect(belief("totalIncome", ...reported)).toMatchObject({ provider: "KWIKID", agreedBy: ["DEEPVUE"] });
  });

  it("is the newer of two that stand alone", () => {
    const reported = [
      reportedFilings("KWIKID", [withMore(40_000)], { day: 11 }),
      reportedFilings("DEEPVUE", [numbered()]),
    ];
    expect(belief("totalIncome", ...reported)).toMatchObject({ provider: "KWIKID", reason: "newer" });
  });

  it("is told in another way by the same provider", () => {
    const contradictions = [{ path: "totalIncome", believed: "₹7,62,350.00", alsoTold: "₹1.00" }];
    const reported = reportedFilings("FINPASS", [numbered({ contradictions })]);
    expect(belief("totalIncome", reported)).toMatchObject({ reason: "the better of the provider's two words" });
    expect(belief("contradictions", reported)).toBeUndefined();
  });
});

describe("what the file of a return does not hold", () => {
  it("is reported by whoever sends the file", () => {
    expect(belief("filedOn", reportedFilings("KWIKID", [numbered()], parsed))).toMatchObject({ method: "REPORTED" });
  });

  it("is taken from the newest, however many saw it earlier", () => {
    const demanding = (wholeRupees: number) => numbered({ demand: rupees(wholeRupees) });
    const reported = [
      reportedFilings("KWIKID", [demanding(900)], { ...parsed, day: 8 }),
      reportedFilings("DEEPVUE", [demanding(900)], { day: 9 }),
      reportedFilings("FINPASS", [demanding(0)], { day: 10 }),
    ];
    expect(only(reported).filing.demand).toBe(0);
    expect(belief("demand", ...reported)).toMatchObject({ provider: "FINPASS", reason: "newer" });
  });
});

describe("the status of a return", () => {
  const seen = (status: Filing["status"]) => [numbered({ status, statusHistory: [{ status, label: status }] })];

  it("is the word of whoever saw it last", () => {
    const reported = [
      reportedFilings("KWIKID", seen("VERIFIED"), { day: 8 }),
      reportedFilings("DEEPVUE", seen("PROCESSED")),
    ];
    expect(belief("status", ...reported)).toMatchObject({ provider: "DEEPVUE", reason: "newer", agreedBy: [] });
    expect(belief("statusHistory", ...reported)).toMatchObject({ provider: "DEEPVUE" });
  });

  it("is the word of whoever saw it furthest", () => {
    const reported = [
      reportedFilings("KWIKID", seen("PROCESSED"), { day: 8 }),
      reportedFilings("DEEPVUE", seen("VERIFIED")),
    ];
    expect(belief("status", ...reported)).toMatchObject({
      provider: "KWIKID",
      reason: "furthest on the way of a return, which does not go back",
    });
  });

  it("is held against whoever says that there is no return", () => {
    expect(belief("status", reportedFilings("KWIKID", [numbered()]), reportedNone("DEEPVUE", 2024))).toMatchObject({
      provider: "KWIKID",
      reason: "a return that is held was filed",
    });
  });
});

describe("what is known of a person", () => {
  const person = (changes: Partial<Profile>): Profile => ({
    name: "ASHA PATIL",
    aadhaarLink: { linked: null },
    ...changes,
  });
  const home = { lines: ["12 Lake Road"], city: "Pune" };

  function beliefIn(path: string, ...reports: Parameters<typeof reconcileProfiles>[0]) {
    return beliefsOf(reconcileProfiles(reports)!).find((each) => each.path === path);
  }

  it("has an address from one provider alone", () => {
    const reports = [
      reported("KWIKID", person({ address: home }), parsed),
      reported("DEEPVUE", person({ address: { lines: [], state: "Maharashtra" } })),
    ];
    expect(beliefIn("address", ...reports)).toMatchObject({ provider: "KWIKID" });
    expect(beliefIn("address.state", ...reports)).toBeUndefined();
  });

  it("has the same address as another tells it more fully", () => {
    const reports = [
      reported("DEEPVUE", person({ address: { lines: ["12", "Lake Road"] } }), parsed),
      reported("FINPASS", person({ address: home })),
    ];
    expect(reconcileProfiles(reports)?.value.address).toEqual(home);
    expect(beliefIn("address", ...reports)).toMatchObject({
      provider: "FINPASS",
      reason: "told alike by all who tell it",
      agreedBy: ["DEEPVUE"],
    });
  });

  it("has no fuller address that is another one", () => {
    const reports = [
      reported("DEEPVUE", person({ address: { lines: ["7 Hill Road"] } }), parsed),
      reported("FINPASS", person({ address: home })),
    ];
    expect(beliefIn("address", ...reports)).toMatchObject({ provider: "DEEPVUE", agreedBy: [] });
  });

  it("has the name that most agree on", () => {
    const reports = [
      reported("KWIKID", person({})),
      reported("DEEPVUE", person({})),
      reported("FINPASS", person({ name: "USHA PATIL" }), { day: 12 }),
    ];
    expect(reconcileProfiles(reports)?.value.name).toBe("ASHA PATIL");
    expect(beliefIn("name", ...reports)).toMatchObject({ provider: "DEEPVUE", agreedBy: ["KWIKID"] });
  });

  it("has the newer word on the link with Aadhaar, however many looked earlier", () => {
    const reports = [
      reported("KWIKID", person({ aadhaarLink: { linked: false, label: "Not linked" } }), { day: 8 }),
      reported("DEEPVUE", person({ aadhaarLink: { linked: false } }), { day: 9 }),
      reported("FINPASS", person({ aadhaarLink: { linked: true, label: "Linked" } })),
    ];
    expect(reconcileProfiles(reports)?.value.aadhaarLink).toEqual({ linked: true, label: "Linked" });
  });

  it("has no label of somebody who does not know about the link", () => {
    const reports = [
      reported("KWIKID", person({ aadhaarLink: { linked: null, label: "See portal" } }), parsed),
      reported("FINPASS", person({ aadhaarLink: { linked: true } })),
    ];
    expect(reconcileProfiles(reports)?.value.aadhaarLink).toEqual({ linked: true });
  });
});

describe("a statement that is taken whole", () => {
  it("is agreed by those whose sums are the same", () => {
    const reconciled = reconcileTaxCredits([
      reported("DEEPVUE", testTaxCredits(2024)),
      reported("FINPASS", testTaxCredits(2024)),
    ])!;
    expect(beliefsOf(reconciled)).toEqual([
      {
        path: "deductors",
        provider: "DEEPVUE",
        method: "REPORTED",
        fetchedAt: "2026-11-10T09:00:00.000Z",
        reason: "told alike by all who tell it",
        agreedBy: ["FINPASS"],
      },
    ]);
  });

  it("is believed because it tells more than a newer one", () => {
    const { incomeYear, deductors } = testTaxCredits(2024);
    const withoutDeposits = deductors.map((each) => ({
      ...each,
      credits: each.credits.map((credit) => ({ ...credit, taxWithheld: rupees(1), taxDeposited: null })),
    }));
    const reconciled = reconcileTaxCredits([
      reported("DEEPVUE", testTaxCredits(2024)),
      reported("FINPASS", { incomeYear, deductors: withoutDeposits }, { day: 12 }),
    ])!;
    expect(beliefsOf(reconciled)).toMatchObject([{ provider: "DEEPVUE", reason: "tells more than the other" }]);
  });
});
