import { readItrJson } from "../../src/department/returns/readItrJson";
import { writeItrJson } from "../../src/department/writing/writeItrJson";
import { rupees, UnreadableAmount } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { asTold, headlineOf, person, someFiling, withMember } from "./returns";

const itr1 = writeItrJson(someFiling("ITR_1", 2024), person);
const itr2 = writeItrJson(someFiling("ITR_2", 2024), person);

function filingOf(file: unknown) {
  return readItrJson(file)?.filing;
}

describe("the file of a return", () => {
  it.each([
    null,
    undefined,
    7,
    "ITR",
    [],
    {},
    { ITR: {} },
    { ITR: { ITR2: null } },
    { ITR: { ITR9: {} } },
    { ITR2: {} },
  ])("is not recognised in %j", (json) => {
    expect(readItrJson(json, { incomeYear: 2024 as IncomeYear })).toBeUndefined();
  });

  it.each(["2025", 2025, "2025-26"])("is of the income year before its assessment year %j", (assessmentYear) => {
    const file = { ITR: { ITR1: { Form_ITR1: { AssessmentYear: assessmentYear } } } };
    expect(filingOf(file)?.incomeYear).toBe(2024);
  });

  it("has the requested year when it names none", () => {
    const file = { ITR: { ITR2: {} } };
    expect(readItrJson(file, { incomeYear: 2023 as IncomeYear })?.filing.incomeYear).toBe(2023);
  });

  it("has its own year, not the requested one", () => {
    expect(readItrJson(itr1, { incomeYear: 2019 as IncomeYear })?.filing.incomeYear).toBe(2024);
  });

  it("is no filing without any year", () => {
    expect(readItrJson({ ITR: { ITR2: {} } })).toBeUndefined();
  });

  it("of a company is a filing without figures", () => {
    const filing = filingOf({ ITR: { ITR6: { Form_ITR6: { AssessmentYear: "2025" } } } });
    expect(filing).toMatchObject({ form: "ITR_6", incomeYear: 2024, grossTotalIncome: null, tax: undefined });
  });

  it("is of another kind when it says no section", () => {
    expect(filingOf(withMember(itr1, "ITR.ITR1.FilingStatus.ReturnFileSec", undefined))).toMatchObject({
      kind: "OTHER",
      section: undefined,
      timeliness: "UNKNOWN",
    });
  });
});

describe("a figure", () => {
  it("is null when its block is missing", () => {
    const filing = filingOf(withMember(itr2, "ITR.ITR2.PartB_TTI", undefined));
    expect(headlineOf(filing)).toEqual({
      ...asTold(someFiling("ITR_2", 2024)),
      tax: undefined,
      taxesPaid: undefined,
      refund: undefined,
      bankAccounts: [],
    });
  });

  it.each([null, {}, [], "", "-", "N/A"])("is null when it is %j", (nothing) => {
    const filing = filingOf(withMember(itr2, "ITR.ITR2.PartB-TI.Salaries", nothing));
    expect(filing?.incomeHeads).toEqual({ ...asTold(someFiling("ITR_2", 2024)).incomeHeads, salary: null });
  });

  it.each(["a lot", true, "1,2,3", 1e300, 7e13, "9".repeat(400)])(
    "makes the return unreadable when it is %j",
    (garbage) => {
      expect(() => filingOf(withMember(itr2, "ITR.ITR2.PartB-TI.Salaries", garbage))).toThrow(UnreadableAmount);
    },
  );

  it("makes the return unreadable from a schedule, too", () => {
    const file = withMember(itr2, "ITR.ITR2.ScheduleOS", { IncOthThanOwnRaceHorse: { DividendGross: "some" } });
    expect(() => filingOf(file)).toThrow(UnreadableAmount);
  });

  it("that every return has is null when it is missing", () => {
    const filing = filingOf(withMember(itr2, "ITR.ITR2.PartB_TTI.ComputationOfTaxLiability.TotalSurcharge", undefined));
    expect(filing?.tax?.surcharge).toBeNull();
  });

  it("that may be left out is zero", () => {
    const filing = filingOf(withMember(itr2, "ITR.ITR2.PartB_TTI.ComputationOfTaxLiability.TaxRelief", undefined));
    expect(filing?.tax?.relief).toBe(0);
  });

  it("that may be left out is null when its cell is empty", () => {
    const file = withMember(itr2, "ITR.ITR2.PartB_TTI.ComputationOfTaxLiability.TaxRelief.TotTaxRelief", "");
    expect(filingOf(file)?.tax?.relief).toBeNull();
  });

  it("that may be left out is no zero in an empty block", () => {
    const filing = filingOf(withMember(itr2, "ITR.ITR2.PartB_TTI.ComputationOfTaxLiability", {}));
    expect(filing?.tax).toBeUndefined();
  });

  it("of a simple return's gains is zero when the block of gains is left out", () => {
    const filing = filingOf(withMember(itr1, "ITR.ITR1.LTCG112A", undefined));
    expect(filing?.incomeHeads?.capitalGains).toBe(0);
  });

  it("of the deductions is what is allowed", () => {
    const claimed = "ITR.ITR1.ITR1_IncomeDeductions.UsrDeductUndChapVIA.TotalChapVIADeductions";
    expect(filingOf(withMember(itr1, claimed, 999_999))?.deductions).toBe(rupees(62_350));
  });

  it("of the cess is not taken from the tax on deemed income", () => {
    const itr3 = writeItrJson(someFiling("ITR_3", 2024), person);
    const deemed = "ITR.ITR3.PartB_TTI.ComputationOfTaxLiability.TaxPayableOnDeemedTI.EducationCess";
    expect(filingOf(withMember(itr3, deemed, 1))?.tax?.cess).toBe(rupees(6_116));
  });

  it.each([70_000, -70_000])("of a house with income is not taken from its schedule's %d", (inSchedule) => {
    let file = withMember(itr2, "ITR.ITR2.PartB-TI.IncomeFromHP", 50_000);
    file = withMember(file, "ITR.ITR2.ScheduleHP.TotalIncomeChargeableUnHP", inSchedule);
    expect(filingOf(file)?.incomeHeads?.houseProperty).toBe(rupees(50_000));
  });
});

describe("the bank accounts of a return", () => {
  const accounts = "ITR.ITR1.Refund.BankAccountDtls.AddtnlBankDetails";

  it("keep the neighbour of an unreadable one", () => {
    const good = { BankAccountNo: "00501234567890", AccountType: "CA" };
    const filing = filingOf(withMember(itr1, accounts, [null, "x", {}, { BankAccountNo: "12" }, good]));
    expect(filing?.bankAccounts).toMatchObject([{ accountNumber: "XXXX7890", kind: "CURRENT" }]);
  });

  it("do not say which is for the refund when the file does not", () => {
    const filing = filingOf(withMember(itr1, accounts, [{ BankAccountNo: "00501234567890" }]));
    expect(filing?.bankAccounts).toMatchObject([{ kind: "UNKNOWN", isForRefund: undefined }]);
  });
});

describe("the profile in a return", () => {
  it("is the person's, without what a return does not hold", () => {
    const told = person.profile;
    expect(readItrJson(itr2)?.profile).toEqual({
      ...told,
      gender: undefined,
      category: "Individual",
      aadhaarLink: { linked: null },
      address: { ...told.address, country: "India" },
    });
  });

  it("names the states by the Department's list", () => {
    const file = withMember(itr1, "ITR.ITR1.PersonalInfo.Address.StateCode", 9);
    expect(readItrJson(file)?.profile.address?.state).toBe("Delhi");
  });

  it("does not say that Aadhaar is linked when the return has no number", () => {
    const file = { ITR: { ITR1: { Form_ITR1: { AssessmentYear: "2025" } } } };
    expect(readItrJson(file)?.profile).toEqual({ aadhaarLink: { linked: null } });
  });
});
