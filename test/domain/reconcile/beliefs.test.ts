import type { Filing } from "../../../src/domain/filing/filing";
import { beliefsOf, reconcileProfiles, reconcileTaxCredits, type Belief } from "../../../src/domain/reconcile";
import { addRupees, rupees } from "../../../src/domain/rupees";
import type { Profile } from "../../../src/domain/taxpayer";
import { testTaxCredits } from "../../support/persona";
import { numbered, only, silent, told, toldFilings, toldNone } from "./telling";

type Telling = ReturnType<typeof toldFilings>;

function belief(path: string, ...told: readonly Telling[]): Omit<Belief, "path" | "fetchedAt"> | undefined {
  const found = beliefsOf(only(told)).find((each) => each.path === path);
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
      belief("totalIncome", toldFilings("TUTELAR", [nothing]), toldFilings("KWIKID", [numbered()], parsed)),
    ).toEqual({ provider: "KWIKID", method: "PARSED", reason: "the only one who tells it", agreedBy: [] });
  });

  it("is agreed by those who tell it but for rounding", () => {
    const told = [toldFilings("KWIKID", [withMore(10)]), toldFilings("DEEPVUE", [numbered()], parsed)];
    expect(belief("totalIncome", ...told)).toEqual({
      provider: "DEEPVUE",
      method: "PARSED",
      reason: "told alike by all who tell it",
      agreedBy: ["KWIKID"],
    });
  });

  it("is taken from the return itself before several reports that agree", () => {
    const told = [
      toldFilings("KWIKID", [withMore(40_000)], { day: 11 }),
      toldFilings("FINPASS", [withMore(40_000)], { day: 12 }),
      toldFilings("DEEPVUE", [numbered()], parsed),
    ];
    expect(belief("totalIncome", ...told)).toEqual({
      provider: "DEEPVUE",
      method: "PARSED",
      reason: "parsed from the return itself",
      agreedBy: [],
    });
  });

  it("is taken from two that agree before a newer one that is as good", () => {
    const told = [
      toldFilings("KWIKID", [numbered()], { ...parsed, day: 8 }),
      toldFilings("DEEPVUE", [numbered()], { ...parsed, day: 9 }),
      toldFilings("FINPASS", [withMore(40_000)], { ...parsed, day: 12 }),
    ];
    expect(only(told).filing.totalIncome).toBe(numbered().totalIncome);
    expect(only(told).disagreements).toMatchObject([{ chosen: "DEEPVUE" }]);
    expect(belief("totalIncome", ...told)).toEqual({
      provider: "DEEPVUE",
      method: "PARSED",
      reason: "told alike by more providers than anything else",
      agreedBy: ["KWIKID"],
    });
  });

  it("is agreed with by reports where parsed returns differ", () => {
    const told = [
      toldFilings("KWIKID", [numbered()], { ...parsed, day: 8 }),
      toldFilings("FINPASS", [withMore(40_000)], { ...parsed, day: 12 }),
      toldFilings("DEEPVUE", [numbered()]),
    ];
    expect(belief("totalIncome", ...told)).toMatchObject({ provider: "KWIKID", agreedBy: ["DEEPVUE"] });
  });

  it("is the newer of two that stand alone", () => {
    const told = [toldFilings("KWIKID", [withMore(40_000)], { day: 11 }), toldFilings("DEEPVUE", [numbered()])];
    expect(belief("totalIncome", ...told)).toMatchObject({ provider: "KWIKID", reason: "newer" });
  });

  it("is told in another way by the same provider", () => {
    const contradictions = [{ path: "totalIncome", believed: "₹7,62,350.00", alsoTold: "₹1.00" }];
    const told = toldFilings("FINPASS", [numbered({ contradictions })]);
    expect(belief("totalIncome", told)).toMatchObject({ reason: "the better of the provider's two words" });
    expect(belief("contradictions", told)).toBeUndefined();
  });
});

describe("what the file of a return does not hold", () => {
  it("is reported by whoever sends the file", () => {
    expect(belief("filedOn", toldFilings("KWIKID", [numbered()], parsed))).toMatchObject({ method: "REPORTED" });
  });

  it("is taken from the newest, however many saw it earlier", () => {
    const demanding = (wholeRupees: number) => numbered({ demand: rupees(wholeRupees) });
    const told = [
      toldFilings("KWIKID", [demanding(900)], { ...parsed, day: 8 }),
      toldFilings("DEEPVUE", [demanding(900)], { day: 9 }),
      toldFilings("FINPASS", [demanding(0)], { day: 10 }),
    ];
    expect(only(told).filing.demand).toBe(0);
    expect(belief("demand", ...told)).toMatchObject({ provider: "FINPASS", reason: "newer" });
  });
});

describe("the status of a return", () => {
  const seen = (status: Filing["status"]) => [numbered({ status, statusHistory: [{ status, label: status }] })];

  it("is the word of whoever saw it last", () => {
    const told = [toldFilings("KWIKID", seen("VERIFIED"), { day: 8 }), toldFilings("DEEPVUE", seen("PROCESSED"))];
    expect(belief("status", ...told)).toMatchObject({ provider: "DEEPVUE", reason: "newer", agreedBy: [] });
    expect(belief("statusHistory", ...told)).toMatchObject({ provider: "DEEPVUE" });
  });

  it("is the word of whoever saw it furthest", () => {
    const told = [toldFilings("KWIKID", seen("PROCESSED"), { day: 8 }), toldFilings("DEEPVUE", seen("VERIFIED"))];
    expect(belief("status", ...told)).toMatchObject({
      provider: "KWIKID",
      reason: "furthest on the way of a return, which does not go back",
    });
  });

  it("is held against whoever says that there is no return", () => {
    expect(belief("status", toldFilings("KWIKID", [numbered()]), toldNone("DEEPVUE", 2024))).toMatchObject({
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

  function beliefIn(path: string, ...tellings: Parameters<typeof reconcileProfiles>[0]) {
    return beliefsOf(reconcileProfiles(tellings)!).find((each) => each.path === path);
  }

  it("has an address from one provider alone", () => {
    const tellings = [
      told("KWIKID", person({ address: home }), parsed),
      told("DEEPVUE", person({ address: { lines: [], state: "Maharashtra" } })),
    ];
    expect(beliefIn("address", ...tellings)).toMatchObject({ provider: "KWIKID" });
    expect(beliefIn("address.state", ...tellings)).toBeUndefined();
  });

  it("has the same address as another tells it more fully", () => {
    const tellings = [
      told("DEEPVUE", person({ address: { lines: ["12", "Lake Road"] } }), parsed),
      told("FINPASS", person({ address: home })),
    ];
    expect(reconcileProfiles(tellings)?.value.address).toEqual(home);
    expect(beliefIn("address", ...tellings)).toMatchObject({
      provider: "FINPASS",
      reason: "told alike by all who tell it",
      agreedBy: ["DEEPVUE"],
    });
  });

  it("has no fuller address that is another one", () => {
    const tellings = [
      told("DEEPVUE", person({ address: { lines: ["7 Hill Road"] } }), parsed),
      told("FINPASS", person({ address: home })),
    ];
    expect(beliefIn("address", ...tellings)).toMatchObject({ provider: "DEEPVUE", agreedBy: [] });
  });

  it("has the name that most agree on", () => {
    const tellings = [
      told("KWIKID", person({})),
      told("DEEPVUE", person({})),
      told("FINPASS", person({ name: "USHA PATIL" }), { day: 12 }),
    ];
    expect(reconcileProfiles(tellings)?.value.name).toBe("ASHA PATIL");
    expect(beliefIn("name", ...tellings)).toMatchObject({ provider: "DEEPVUE", agreedBy: ["KWIKID"] });
  });

  it("has the newer word on the link with Aadhaar, however many looked earlier", () => {
    const tellings = [
      told("KWIKID", person({ aadhaarLink: { linked: false, label: "Not linked" } }), { day: 8 }),
      told("DEEPVUE", person({ aadhaarLink: { linked: false } }), { day: 9 }),
      told("FINPASS", person({ aadhaarLink: { linked: true, label: "Linked" } })),
    ];
    expect(reconcileProfiles(tellings)?.value.aadhaarLink).toEqual({ linked: true, label: "Linked" });
  });

  it("has no label of somebody who does not know about the link", () => {
    const tellings = [
      told("KWIKID", person({ aadhaarLink: { linked: null, label: "See portal" } }), parsed),
      told("FINPASS", person({ aadhaarLink: { linked: true } })),
    ];
    expect(reconcileProfiles(tellings)?.value.aadhaarLink).toEqual({ linked: true });
  });
});

describe("a statement that is taken whole", () => {
  it("is agreed by those whose sums are the same", () => {
    const reconciled = reconcileTaxCredits([
      told("DEEPVUE", testTaxCredits(2024)),
      told("FINPASS", testTaxCredits(2024)),
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
      told("DEEPVUE", testTaxCredits(2024)),
      told("FINPASS", { incomeYear, deductors: withoutDeposits }, { day: 12 }),
    ])!;
    expect(beliefsOf(reconciled)).toMatchObject([{ provider: "DEEPVUE", reason: "tells more than the other" }]);
  });
});
