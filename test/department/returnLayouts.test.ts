import { readItrJson } from "../../src/department/returns/readItrJson";
import { writeItrJson } from "../../src/department/writing/writeItrJson";
import type { JsonObject } from "../../src/kernel/json";
import { asTold, forms, headlineOf, incomeYears, person, someFiling } from "./returns";

/** Variants of vendors and years that do not change the meaning of a file. */
const variants: Record<string, (file: string) => string> = {
  "as printed": (file) => file,
  "with an underscore in Part B-TI": (file) => file.replace('"PartB-TI"', '"PartB_TI"'),
  "with a hyphen in Part B-TTI": (file) => file.replace('"PartB_TTI"', '"PartB-TTI"'),
  "with amounts as text": (file) => file.replace(/:(-?\d+)(?=[,}])/g, ':"$1"'),
  "with amounts in Indian groups": (file) =>
    file.replace(/:(-?\d{5,7})(?=[,}])/g, (_whole, digits: string) => `:"${Number(digits).toLocaleString("en-IN")}"`),
  "with the refund's choice as a boolean": (file) => file.replace(/"(true|false)"/g, "$1"),
  "with the house under its other name": (file) =>
    file.includes("TotalIncomeOfHP")
      ? file.replace('"TotalIncomeOfHP"', '"TotalIncomeChargeableUnHP"')
      : file.replace(/(Deductions":{.*)"TotalIncomeChargeableUnHP"/, '$1"TotalIncomeOfHP"'),
  "with the gains told apart from the gross total": (file) => file.replace(/"GrossTotIncomeIncLTCG112A":\d+,/, ""),
  "with the year as a number": (file) => file.replace(/"AssessmentYear":"(\d+)"/, '"AssessmentYear":$1'),
};

const years = incomeYears.flatMap((incomeYear) => forms.map((form) => ({ form, incomeYear })));
const matrix = years.flatMap((one) => Object.keys(variants).map((variant) => ({ ...one, variant })));

describe("a return reads back as the filing it was printed from", () => {
  it.each(matrix)("$form of $incomeYear, $variant", ({ form, incomeYear, variant }) => {
    const filing = someFiling(form, incomeYear);
    const file = variants[variant]!(JSON.stringify(writeItrJson(filing, person)));
    expect(headlineOf(readItrJson(JSON.parse(file))?.filing)).toEqual(asTold(filing));
  });

  it.each(years)("$form of $incomeYear, in the old regime", ({ form, incomeYear }) => {
    const filing = someFiling(form, incomeYear, { regime: "OLD" });
    expect(readBack(writeItrJson(filing, person))).toEqual(asTold(filing));
  });

  it.each(["ITR_2", "ITR_3"] as const)("%s, in both layouts of its tax", (form) => {
    const filing = someFiling(form, 2024);
    const files = (["BESIDE", "WITHIN"] as const).map((taxLayout) => writeItrJson(filing, person, { taxLayout }));
    expect(files[0]).not.toEqual(files[1]);
    expect(files.map(readBack)).toEqual([asTold(filing), asTold(filing)]);
  });

  it.each(forms)("%s with a revision's fee", (form) => {
    const filing = someFiling(form, 2025, { kind: "REVISED", section: "139(5)", timeliness: "UNKNOWN" });
    expect(readBack(writeItrJson(filing, person))).toEqual(asTold(filing));
  });

  it.each(forms)("%s without any figure", (form) => {
    const bare = {
      incomeHeads: undefined,
      grossTotalIncome: null,
      deductions: null,
      totalIncome: null,
      tax: undefined,
      taxesPaid: undefined,
      refund: undefined,
      regime: "UNKNOWN",
    } as const;
    const filing = someFiling(form, 2024, bare);
    expect(readBack(writeItrJson(filing, person))).toEqual(asTold(filing));
  });
});

it.each(Object.keys(variants).slice(1))("the variant %s is another file", (variant) => {
  const files = years.map(({ form, incomeYear }) => JSON.stringify(writeItrJson(someFiling(form, incomeYear), person)));
  expect(files.map(variants[variant]!)).not.toEqual(files);
});

it("a business loss is in the schedule of ITR-3", () => {
  const sample = someFiling("ITR_3", 2024);
  const loss = { ...sample.incomeHeads!, businessOrProfession: -4_000_000 as never };
  const filing = { ...sample, incomeHeads: loss };
  expect(readBack(writeItrJson(filing, person))?.incomeHeads).toEqual(loss);
});

function readBack(file: JsonObject) {
  return headlineOf(readItrJson(JSON.parse(JSON.stringify(file)))?.filing);
}
