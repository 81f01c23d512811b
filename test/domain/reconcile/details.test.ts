import type { SalaryIncome } from "../../../src/domain/filing/returnDetails";
import { rupees } from "../../../src/domain/rupees";
import { numbered, only, silent, reportedFilings } from "./reported";

const first: SalaryIncome = {
  employer: "NILGIRI SOFTWARE",
  tan: "BLRN90001A",
  gross: rupees(600_000),
  taxDeducted: null,
};
const second: SalaryIncome = {
  employer: "SAHYADRI MOTORS",
  tan: "PNES90002B",
  gross: rupees(850_000),
  taxDeducted: null,
};
const parsed = { method: "PARSED" } as const;

describe("a list of what a return has", () => {
  it("is taken as a whole from the one who is believed", () => {
    const { filing } = only([
      reportedFilings("KWIKID", [numbered({ salaries: [first] })], { ...parsed, day: 11 }),
      reportedFilings("DEEPVUE", [numbered({ salaries: [first, second] })], parsed),
    ]);
    expect(filing.salaries).toEqual([first]);
  });

  it("is disputed where another provider has other entries, without a name in the claims", () => {
    const { disagreements } = only([
      reportedFilings("KWIKID", [numbered({ salaries: [first] })], { ...parsed, day: 11 }),
      reportedFilings("DEEPVUE", [numbered({ salaries: [second, first] })], parsed),
    ]);
    expect(disagreements).toMatchObject([
      {
        path: "salaries",
        severity: "SERIOUS",
        chosen: "KWIKID",
        claims: [{ value: "₹6,00,000.00" }, { value: "₹8,50,000.00; ₹6,00,000.00" }],
      },
    ]);
  });

  it("is not disputed for its order, for rounding, or for what one of the two leaves out", () => {
    const rounded = { ...second, gross: rupees(850_004), employer: undefined };
    const { disagreements } = only([
      reportedFilings("KWIKID", [numbered({ salaries: [first, second] })], parsed),
      reportedFilings("DEEPVUE", [numbered({ salaries: [rounded, first] })], parsed),
    ]);
    expect(disagreements).toEqual([]);
  });

  it("says that there is none where it is empty", () => {
    const { filing, disagreements } = only([
      reportedFilings("KWIKID", [numbered({ salaries: [] })], { ...parsed, day: 11 }),
      reportedFilings("DEEPVUE", [numbered({ salaries: [first] })], parsed),
    ]);
    expect(filing.salaries).toEqual([]);
    expect(disagreements).toMatchObject([{ path: "salaries", claims: [{ value: "none" }, { value: "₹6,00,000.00" }] }]);
  });

  it("is filled from another where one does not tell it", () => {
    const { filing, disagreements } = only([
      reportedFilings("KWIKID", [numbered()], { day: 11 }),
      reportedFilings("DEEPVUE", [numbered({ salaries: [first] })]),
    ]);
    expect(filing.salaries).toEqual([first]);
    expect(disagreements).toEqual([]);
  });

  it("tells a rate of 15 % from one of 20 %", () => {
    const gain = { term: "SHORT", section: "111A", amount: rupees(60_000) } as const;
    const gains = (ratePercent: number) => ({
      capitalGains: { shortTerm: null, longTerm: null, exemptions: null, gains: [{ ...gain, ratePercent }] },
    });
    const { disagreements } = only([
      reportedFilings("KWIKID", [numbered(gains(15))], parsed),
      reportedFilings("DEEPVUE", [numbered(gains(20))], parsed),
    ]);
    expect(disagreements).toMatchObject([{ path: "capitalGains.gains", severity: "WARNING" }]);
  });
});

describe("a claim", () => {
  it("has a number where the fact is an amount", () => {
    const [disagreement] = only([
      reportedFilings("KWIKID", [numbered({ agriculturalIncome: rupees(640_000) })], parsed),
      reportedFilings("DEEPVUE", [numbered({ agriculturalIncome: rupees(600_000) })]),
    ]).disagreements;
    expect(disagreement?.claims.map(({ amount }) => amount)).toEqual([rupees(640_000), rupees(600_000)]);
  });

  it("has no number where the fact is a word", () => {
    const [disagreement] = only([
      reportedFilings("KWIKID", [numbered({ regime: "OLD" })], parsed),
      reportedFilings("DEEPVUE", [numbered({ regime: "NEW" })]),
    ]).disagreements;
    expect(disagreement?.claims.map(({ amount }) => amount)).toEqual([undefined, undefined]);
  });

  it("has a number where one provider contradicts itself", () => {
    const contradictions = [{ path: "tax.rebate", believed: rupees(12_500), alsoTold: rupees(25_000) }];
    const [disagreement] = only([reportedFilings("FINPASS", [numbered({ contradictions })])]).disagreements;
    expect(disagreement?.claims).toMatchObject([
      { value: "₹12,500.00", amount: rupees(12_500) },
      { value: "₹25,000.00", amount: rupees(25_000) },
    ]);
  });
});

describe("the due date", () => {
  it.each([
    ["ITR_1", "2025-09-16"],
    ["ITR_2", "2025-09-16"],
    ["ITR_4", "2025-09-16"],
    ["ITR_3", undefined],
    ["ITR_6", undefined],
  ] as const)("of %s that a vendor only lists is %s", (form, dueOn) => {
    const listed = { ...silent, ...numbered({ form, dueOn: undefined }) };
    expect(only([reportedFilings("TUTELAR", [listed])]).filing.dueOn).toBe(dueOn);
  });
});
