import { writeItrJson } from "../../src/department/writing/writeItrJson";
import { readItrJson } from "../../src/department/returns/readItrJson";
import type { ReturnDetails } from "../../src/domain/filing/returnDetails";
import { returnCases } from "../support/returns";
import { person, someFiling } from "./returns";

describe("the printed file of a return", () => {
  it("names the assessment year by the year it starts in", () => {
    expect(writeItrJson(someFiling("ITR_4", 2024), person)).toHaveProperty("ITR.ITR4.Form_ITR4.AssessmentYear", "2025");
  });

  it("carries the whole Aadhaar number", () => {
    const file = writeItrJson(someFiling("ITR_2", 2024), person);
    expect(file).toHaveProperty("ITR.ITR2.PartA_GEN1.PersonalInfo.AadhaarCardNo", "234567890124");
  });

  it("carries whole account numbers", () => {
    const file = writeItrJson(someFiling("ITR_1", 2024), person);
    expect(file).toHaveProperty("ITR.ITR1.Refund.BankAccountDtls.AddtnlBankDetails.0.BankAccountNo", "00501234567890");
  });

  it("prints the loss of a house as zero in Part B", () => {
    const file = writeItrJson(someFiling("ITR_2", 2024), person);
    expect(file).toHaveProperty(["ITR", "ITR2", "PartB-TI", "IncomeFromHP"], 0);
  });

  it("has a block of exempt gains in a simple return from the income of 2024-25 on", () => {
    const hasGains = [2023, 2024].map((incomeYear) => {
      const file = JSON.stringify(writeItrJson(someFiling("ITR_1", incomeYear), person));
      return file.includes("LTCG112A");
    });
    expect(hasGains).toEqual([false, true]);
  });

  it.each([
    ["REVISED", 2025, { LateFilingFee234F: 0, FeeFurnish234I: 5_007 }],
    ["REVISED", 2024, { LateFilingFee234F: 5_007 }],
    ["BELATED", 2025, { LateFilingFee234F: 5_007 }],
  ] as const)("of kind %s for the income of %d names its fee by section: %j", (kind, incomeYear, fees) => {
    const file = writeItrJson(someFiling("ITR_1", incomeYear, { kind }), person);
    expect(file).toHaveProperty("ITR.ITR1.ITR1_TaxComputation.IntrstPay", {
      IntrstPayUs234A: 0,
      IntrstPayUs234B: 2_406,
      IntrstPayUs234C: 0,
      ...fees,
    });
  });

  it.each([
    ["ITR_2", "ITR.ITR2.PartB_TTI.ComputationOfTaxLiability.Rebate87A"],
    ["ITR_3", "ITR.ITR3.PartB_TTI.ComputationOfTaxLiability.TaxPayableOnTI.Rebate87A"],
  ] as const)("of %s has the rebate at %s", (form, path) => {
    expect(writeItrJson(someFiling(form, 2024), person)).toHaveProperty(path, 1_002);
  });
});

describe("what a return says beyond its totals", () => {
  const details: readonly (keyof ReturnDetails)[] = [
    "verifiedOn",
    "salaries",
    "houseProperties",
    "business",
    "capitalGains",
    "losses",
    "otherIncome",
    "agriculturalIncome",
    "exemptIncome",
    "deductionsBySection",
    "update",
  ];

  it.each(returnCases.map(({ title, file }) => [title, file] as const))(
    "is printed where it is read: %s",
    (_title, file) => {
      const filing = readItrJson(file)!.filing;
      const again = readItrJson(JSON.parse(JSON.stringify(writeItrJson(filing, person))))!.filing;
      for (const name of details) expect([name, again[name]]).toEqual([name, filing[name]]);
      expect([again.taxesPaid, again.incomeHeads]).toEqual([filing.taxesPaid, filing.incomeHeads]);
      expect([again.totalIncome, again.deductions, again.regime]).toEqual([
        filing.totalIncome,
        filing.deductions,
        filing.regime,
      ]);
    },
  );
});
