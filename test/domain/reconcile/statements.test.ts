import type { Demand } from "../../../src/domain/compliance";
import type { InformationStatement } from "../../../src/domain/statements/informationStatement";
import { reconcileDemands, reconcileInformationStatements, reconcileTaxCredits } from "../../../src/domain/reconcile";
import { largestRupees, rupees, type Rupees } from "../../../src/domain/rupees";
import type { TaxCredit, TaxCreditStatement } from "../../../src/domain/statements/taxCredits";
import { testTaxCredits } from "../../support/persona";
import { reported } from "./reported";

function withCredits(change: (credit: TaxCredit) => TaxCredit): TaxCreditStatement {
  const { incomeYear, deductors } = testTaxCredits(2024);
  return { incomeYear, deductors: deductors.map((each) => ({ ...each, credits: each.credits.map(change) })) };
}

describe("the tax credits of a year", () => {
  const whole = testTaxCredits(2024);
  const bare = withCredits((credit) => ({ ...credit, taxDeposited: null }));

  it("are nothing where nobody tells them", () => {
    expect(reconcileTaxCredits([])).toBeUndefined();
  });

  it("are taken from the statement that tells what was deposited", () => {
    const reconciled = reconcileTaxCredits([reported("FINPASS", bare, { day: 11 }), reported("DEEPVUE", whole)]);
    expect(reconciled).toMatchObject({ value: whole, provenance: [{ provider: "DEEPVUE" }, { provider: "FINPASS" }] });
    expect(reconciled?.disagreements).toEqual([]);
  });

  it("are disputed where the sums differ", () => {
    const more = withCredits((credit) => ({ ...credit, taxWithheld: rupees(50_000), taxDeposited: null }));
    const reconciled = reconcileTaxCredits([reported("FINPASS", more, { day: 11 }), reported("DEEPVUE", whole)]);
    expect(reconciled?.disagreements).toEqual([
      expect.objectContaining({ path: "taxDeducted", chosen: "DEEPVUE", reason: "tells more than the other" }),
    ]);
  });

  it("are not disputed by a list of deductions that leaves out what sellers collected", () => {
    const [first, ...rest] = whole.deductors;
    const collected = {
      ...first!,
      credits: first!.credits.map((credit) => ({ ...credit, kind: "COLLECTED" as const })),
    };
    const { incomeYear, deductors } = bare;
    const reconciled = reconcileTaxCredits([
      reported("FINPASS", { incomeYear, deductors: deductors.slice(1) }),
      reported("DEEPVUE", { incomeYear, deductors: [collected, ...rest] }),
    ]);
    expect(reconciled?.disagreements).toEqual([]);
  });

  it("are not summed up where one amount is not told", () => {
    const [first, ...rest] = whole.deductors;
    const [credit, ...others] = first!.credits;
    const partly = [
      { ...first!, credits: [{ ...credit!, taxWithheld: null, taxDeposited: null }, ...others] },
      ...rest,
    ];
    const { incomeYear } = whole;
    const reconciled = reconcileTaxCredits([
      reported("FINPASS", { incomeYear, deductors: partly }, { day: 11 }),
      reported("DEEPVUE", whole),
    ]);
    expect(reconciled).toMatchObject({ value: whole, disagreements: [] });
  });

  it("are taken from the newer of two whole statements", () => {
    const newer = withCredits((credit) => ({ ...credit, taxDeposited: rupees(1) }));
    const reconciled = reconcileTaxCredits([reported("DEEPVUE", whole), reported("FINPASS", newer, { day: 11 })]);
    expect(reconciled?.value).toBe(newer);
  });

  it("are taken as they are where their sum is beyond all reckoning", () => {
    const absurd = withCredits((credit) => ({ ...credit, taxWithheld: largestRupees, taxDeposited: largestRupees }));
    expect(reconcileTaxCredits([reported("DEEPVUE", absurd)])).toMatchObject({ value: absurd, disagreements: [] });
  });
});

describe("the demands on a person", () => {
  const owing = (amount: Rupees | null): readonly Demand[] => [{ amount }];

  it("are those of the newest list", () => {
    const older = reported("DEEPVUE", owing(rupees(8_600)), { day: 8, method: "PARSED" });
    const reconciled = reconcileDemands([older, reported("FINPASS", [])]);
    expect(reconciled?.value).toEqual([]);
    expect(reconciled?.disagreements).toMatchObject([{ path: "outstanding", chosen: "FINPASS", reason: "newer" }]);
  });

  it("are not disputed where an amount is not told", () => {
    const reconciled = reconcileDemands([reported("DEEPVUE", owing(null)), reported("FINPASS", owing(rupees(8_600)))]);
    expect(reconciled?.disagreements).toEqual([]);
  });
});

describe("the information statement of a year", () => {
  const statement = (amount: Rupees): InformationStatement => ({
    incomeYear: testTaxCredits(2024).incomeYear,
    entries: [{ part: "TAX_PAYMENT", amount, derivedAmount: null }],
  });

  it("is the newest", () => {
    const told8 = reported("DEEPVUE", statement(rupees(1_000)), { day: 8, method: "PARSED" });
    expect(reconcileInformationStatements([told8, reported("KWIKID", statement(rupees(1_000)))])).toMatchObject({
      provenance: [{ provider: "KWIKID" }, { provider: "DEEPVUE" }],
      disagreements: [],
    });
  });

  it("is disputed where the sum of a part differs", () => {
    const all = [reported("DEEPVUE", statement(rupees(1_000))), reported("KWIKID", statement(rupees(2_000)))];
    expect(reconcileInformationStatements(all)?.disagreements).toMatchObject([{ path: "TAX_PAYMENT" }]);
  });

  it("is not disputed by what was taken back", () => {
    const { incomeYear, entries } = statement(rupees(1_000));
    const report = { status: "INACTIVE", amount: rupees(5), taxWithheld: null, taxDeposited: null } as const;
    const old = { ...entries[0]!, amount: rupees(5), reports: [report] };
    const all = [
      reported("DEEPVUE", statement(rupees(1_000))),
      reported("KWIKID", { incomeYear, entries: [...entries, old] }),
    ];
    expect(reconcileInformationStatements(all)?.disagreements).toEqual([]);
  });
});
