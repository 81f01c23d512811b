import { readItrJson } from "../../src/department/returns/readItrJson";
import { writeItrJson } from "../../src/department/writing/writeItrJson";
import type { ReturnForm, TaxRegime } from "../../src/domain";
import { person, someFiling, withMember } from "./returns";

/** A return without other evidence of its regime, with these answers. */
function regimeRead(form: ReturnForm, incomeYear: number, answers: object, figures: Record<string, unknown> = {}) {
  let file = writeItrJson(someFiling(form, incomeYear, { regime: "UNKNOWN" }), person);
  const block = `ITR.${form.replace("_", "")}`;
  const isSimple = form === "ITR_1" || form === "ITR_4";
  for (const [key, answer] of Object.entries(answers)) {
    file = withMember(file, `${block}.${isSimple ? "" : "PartA_GEN1."}FilingStatus.${key}`, answer);
  }
  for (const [path, figure] of Object.entries(figures)) file = withMember(file, `${block}.${path}`, figure);
  return readItrJson(file)?.filing.regime;
}

describe("the regime of a return", () => {
  it.each<[ReturnForm, number, object, TaxRegime]>([
    ["ITR_1", 2021, { NewTaxRegime: "Y" }, "NEW"],
    ["ITR_2", 2022, { NewTaxRegime: "n" }, "OLD"],
    ["ITR_4", 2021, { OptingNewTaxRegime: 1 }, "NEW"],
    ["ITR_3", 2022, { OptingNewTaxRegime: 2 }, "OLD"],
    ["ITR_3", 2022, { OptingNewTaxRegime: "3" }, "NEW"],
    ["ITR_3", 2022, { OptingNewTaxRegime: 4 }, "OLD"],
    ["ITR_3", 2022, { OptingNewTaxRegime: 5 }, "OLD"],
    ["ITR_3", 2021, { NewTaxRegime: "Y" }, "NEW"],
    ["ITR_1", 2023, { OptOutNewTaxRegime: "Y" }, "OLD"],
    ["ITR_3", 2023, { OptOutNewTaxRegime: "N" }, "NEW"],
    ["ITR_4", 2024, { OptOutNewTaxRegime_Form10IEA_AY24_25: "Y", Yes_ContOptOutNewTaxReg: "Y" }, "OLD"],
    ["ITR_4", 2024, { OptOutNewTaxRegime_Form10IEA_AY24_25: "Y", Yes_ContOptOutNewTaxReg: "N" }, "NEW"],
    ["ITR_4", 2024, { OptOutNewTaxRegime_Form10IEA_AY24_25: "N", No_OptOutNewTaxReg: "Y" }, "OLD"],
    ["ITR_3", 2024, { OptOutNewTaxRegime_Form10IEA_AY24_25: "NA", NA_OptOutNewTaxReg: "N" }, "NEW"],
    ["ITR_3", 2025, { Form10IEAEarlierAYOldRegime: "N", F10IEACurrAYOldRegime: "Y" }, "OLD"],
    ["ITR_3", 2025, { Form10IEAEarlierAYOldRegime: "NA" }, "NEW"],
    ["ITR_3", 2025, { Form10IEAEarlierAYOldRegime: "Y" }, "OLD"],
    ["ITR_3", 2025, { Form10IEAEarlierAYOldRegime: "Y", F10IEACurrAYNewRegime: "Y" }, "NEW"],
    ["ITR_3", 2025, { Form10IEAEarlierAYOldRegime: "Y", F10IEAEarlierAYNewRegime: "Y" }, "NEW"],
    ["ITR_4", 2025, { Form10IEAEarlierAYOldRegime: "Y", F10IEAEarlierAYNewRegime: "Y" }, "NEW"],
    [
      "ITR_3",
      2025,
      { Form10IEAEarlierAYOldRegime: "Y", F10IEAEarlierAYNewRegime: "N", F10IEACurrAYNewRegime: "N" },
      "OLD",
    ],
    [
      "ITR_3",
      2025,
      { Form10IEAEarlierAYOldRegime: "Y", F10IEAEarlierAYNewRegime: "Y", F10IEACurrAYOldRegime: "N" },
      "NEW",
    ],
    ["ITR_3", 2025, { F10IEACurrAYNewRegime: "N", F10IEACurrAYOldRegime: "N" }, "NEW"],
    ["ITR_3", 2025, { IncFrmBusOrProf: "N", OptOldRegimeCurrAY: "Y" }, "OLD"],
    ["ITR_3", 2025, { IncFrmBusOrProf: "N", OptOldRegimeCurrAY: "N" }, "NEW"],
    ["ITR_3", 2025, { IncFrmBusOrProf: "N", OptOldRegimeCurrAY: "N", Form10IEAEarlierAYOldRegime: "Y" }, "NEW"],
    ["ITR_3", 2025, { IncFrmBusOrProf: "Y", Form10IEAEarlierAYOldRegime: "N", F10IEACurrAYOldRegime: "N" }, "NEW"],
    ["ITR_3", 2024, { OptOutNewTaxRegime_Method: "OPTINRETURN", SetOptOutNewTaxReg: "Y" }, "OLD"],
    ["ITR_3", 2024, { OptOutNewTaxRegime_Method: "OPTINRETURN", SetOptOutNewTaxReg: "N" }, "NEW"],
    [
      "ITR_3",
      2024,
      {
        OptOutNewTaxRegime_Method: "BY10IEA",
        OptOutNewTaxRegime_Form10IEA_AY24_25: "N",
        No_OptOutNewTaxReg: "Y",
      },
      "OLD",
    ],
  ])("of %s of %d with %j is %s", (form, incomeYear, answers, regime) => {
    expect(regimeRead(form, incomeYear, answers)).toBe(regime);
  });

  it.each<[ReturnForm, object, TaxRegime]>([
    ["ITR_3", { NewTaxRegime: "N", OptingNewTaxRegime: 1 }, "NEW"],
    ["ITR_2", { NewTaxRegime: "N", OptingNewTaxRegime: 1, OptOutNewTaxRegime: "N" }, "OLD"],
  ])("follows the flag of its own form and year first: %s with %j", (form, answers, regime) => {
    expect(regimeRead(form, 2022, answers)).toBe(regime);
  });

  it("is read from another form's flag when its own is missing", () => {
    const answers = { OptOutNewTaxRegime_Form10IEA_AY24_25: "N", No_OptOutNewTaxReg: "Y" };
    expect(regimeRead("ITR_2", 2024, answers)).toBe("OLD");
  });

  it("ignores the answer to a question that was not asked", () => {
    const answers = { OptOutNewTaxRegime_Form10IEA_AY24_25: "Y", No_OptOutNewTaxReg: "Y" };
    expect(regimeRead("ITR_3", 2024, answers)).toBe("UNKNOWN");
  });

  it.each(["", "maybe", "constructor", null, {}, []])("is not read from the answer %j", (answer) => {
    expect(regimeRead("ITR_1", 2023, { OptOutNewTaxRegime: answer })).toBe("UNKNOWN");
  });

  it.each<[string, number, object, number]>([
    ["the answers alone", 2025, { Form10IEAEarlierAYOldRegime: "NA", F10IEACurrAYOldRegime: "NA" }, 40_000],
    ["its status", 2024, { OptOutNewTaxRegime_Form10IEA_AY24_25: "NA", NA_OptOutNewTaxReg: "N" }, 50_000],
    ["its status, against its answers", 2023, { OptOutNewTaxRegime: "N" }, 60_000],
  ])("is none for a firm with ITR-4, known by %s, although its tax fits the new slabs", (how, year, answers, tax) => {
    const status = how.startsWith("its status") ? { "PersonalInfo.Status": "F" } : {};
    const figures = { "IncomeDeductions.TotalIncome": 1_000_000, "TaxComputation.TotalTaxPayable": tax };
    expect(regimeRead("ITR_4", year, answers, { ...figures, ...status })).toBe("UNKNOWN");
  });

  it("is unknown although there are deductions", () => {
    expect(regimeRead("ITR_1", 2023, {})).toBe("UNKNOWN");
  });
});

describe("without a flag, the regime", () => {
  it.each<[ReturnForm, number, number, TaxRegime]>([
    ["ITR_1", 2024, 75_000, "NEW"],
    ["ITR_1", 2024, 50_000, "OLD"],
    ["ITR_1", 2022, 50_000, "OLD"],
    ["ITR_1", 2024, 60_000, "UNKNOWN"],
    ["ITR_1", 2020, 0, "UNKNOWN"],
    ["ITR_1", 2021, 0, "UNKNOWN"],
    ["ITR_1", 2022, 0, "UNKNOWN"],
  ])("of %s of %d with a standard deduction of %d is %s", (form, incomeYear, deduction, regime) => {
    expect(regimeRead(form, incomeYear, {}, { "ITR1_IncomeDeductions.DeductionUs16ia": deduction })).toBe(regime);
  });

  it("is not known from a standard deduction that both regimes have", () => {
    expect(regimeRead("ITR_1", 2023, {}, { "ITR1_IncomeDeductions.DeductionUs16ia": 50_000 })).toBe("UNKNOWN");
  });

  it("is known from the standard deduction of the salary schedule", () => {
    expect(regimeRead("ITR_2", 2024, {}, { "ScheduleS.DeductionUnderSection16ia": 75_000 })).toBe("NEW");
  });

  it.each<[string, number, TaxRegime]>([
    ["the new slabs", 140_000, "NEW"],
    ["the new slabs, nearly", 140_009, "NEW"],
    ["the old slabs", 262_500, "OLD"],
    ["the old slabs of a senior citizen", 260_000, "OLD"],
    ["neither", 140_011, "UNKNOWN"],
  ])("is known from a tax that is of %s", (_slabs, tax, regime) => {
    const figures = { "ITR1_IncomeDeductions.TotalIncome": 1_500_000, "ITR1_TaxComputation.TotalTaxPayable": tax };
    expect(regimeRead("ITR_1", 2024, {}, figures)).toBe(regime);
  });

  it("is not known from a tax that fits both regimes' slabs", () => {
    const figures = { "ITR1_IncomeDeductions.TotalIncome": 200_000, "ITR1_TaxComputation.TotalTaxPayable": 0 };
    expect(regimeRead("ITR_1", 2024, {}, figures)).toBe("UNKNOWN");
  });

  it("is known from the tax on income at slab rates alone", () => {
    const tax = "PartB_TTI.ComputationOfTaxLiability.TaxPayableOnTI";
    const figures = {
      "PartB-TI.TotalIncome": 2_500_000,
      "PartB-TI.IncChargeableTaxSplRates": 1_000_000,
      [`${tax}.TaxAtNormalRatesOnAggrInc`]: 140_000,
    };
    expect(regimeRead("ITR_2", 2024, {}, figures)).toBe("NEW");
  });
});
