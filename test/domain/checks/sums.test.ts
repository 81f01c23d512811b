import type { Filing, ReturnForm, TaxComputation, TaxesPaid } from "../../../src/domain";
import { rupees } from "../../../src/domain/rupees";
import { testFiling } from "../../support/persona";
import { checked } from "./finding";

const salaried = testFiling(2024);

function withHeads(changes: Partial<NonNullable<Filing["incomeHeads"]>>, more: Partial<Filing> = {}): Filing {
  return { ...salaried, incomeHeads: { ...salaried.incomeHeads!, ...changes }, ...more };
}

describe("the heads of income", () => {
  const outcome = (filing: Filing) => checked("HEADS_ADD_UP", filing).outcome;

  it("add up to the gross total income", () => {
    expect(checked("HEADS_ADD_UP", salaried)).toEqual({
      name: "HEADS_ADD_UP",
      outcome: "PASSED",
      severity: "SERIOUS",
      message: "The heads of income add up to the gross total income.",
      expected: rupees(912_345),
      found: rupees(912_345),
      tolerance: rupees(10),
    });
  });

  it("may be ten rupees off", () => {
    expect(outcome(withHeads({ salary: rupees(900_010) }))).toBe("PASSED");
  });

  it.each([889_000, 900_011])("do not add up with a salary of %d", (salary) => {
    expect(outcome(withHeads({ salary: rupees(salary) }))).toBe("FAILED");
  });

  it("cannot be added up where the form has a head that is not told", () => {
    expect(outcome(withHeads({ salary: null }))).toBe("NOT_POSSIBLE");
  });

  it("cannot be added up where none is told", () => {
    expect(outcome({ ...salaried, incomeHeads: undefined })).toBe("NOT_POSSIBLE");
    expect(outcome({ ...salaried, grossTotalIncome: null })).toBe("NOT_POSSIBLE");
  });

  it.each([612_345, 712_345, 912_345])("may have a loss set off as far as %d", (gross) => {
    const filing = withHeads({ houseProperty: rupees(-300_000) }, { grossTotalIncome: rupees(gross) });
    expect(outcome(filing)).toBe("PASSED");
  });

  it("do not add up beyond the sum without losses", () => {
    const filing = withHeads({ houseProperty: rupees(-300_000) }, { grossTotalIncome: rupees(950_000) });
    expect(outcome(filing)).toBe("FAILED");
  });

  it("may be lowered by earlier losses in a full form", () => {
    const heads = { capitalGains: rupees(0), businessOrProfession: rupees(0) };
    expect(outcome(withHeads(heads, { form: "ITR_3", grossTotalIncome: rupees(500_000) }))).toBe("NOT_POSSIBLE");
  });
});

describe("the heads of a full form", () => {
  const heads = { capitalGains: rupees(0), businessOrProfession: rupees(0) };
  const losses = { setOffThisYear: rupees(0), carriedForward: rupees(0), entries: [] };

  it.each([
    [412_345, "PASSED"],
    [390_000, "FAILED"],
    [912_345, "FAILED"],
  ])("less the losses of earlier years that are told add up to %d: %s", (gross, outcome) => {
    const reported = { ...losses, broughtForwardSetOff: rupees(500_000) };
    const filing = withHeads(heads, { form: "ITR_3", grossTotalIncome: rupees(gross), losses: reported });
    expect(checked("HEADS_ADD_UP", filing).outcome).toBe(outcome);
  });

  it("are no less where no earlier loss is set off", () => {
    const reported = { ...losses, broughtForwardSetOff: rupees(0) };
    const filing = withHeads(heads, { form: "ITR_3", grossTotalIncome: rupees(500_000), losses: reported });
    expect(checked("HEADS_ADD_UP", filing).outcome).toBe("FAILED");
  });

  it("are not raised by earlier losses", () => {
    const heads = { capitalGains: rupees(0), businessOrProfession: rupees(0) };
    const filing = withHeads(heads, { form: "ITR_3", grossTotalIncome: rupees(950_000) });
    expect(checked("HEADS_ADD_UP", filing).outcome).toBe("FAILED");
  });
});

describe("the total income", () => {
  const outcome = (changes: Partial<Filing>) => checked("TOTAL_INCOME_ADDS_UP", { ...salaried, ...changes }).outcome;

  it("is the gross total income less deductions", () => {
    expect(outcome({})).toBe("PASSED");
  });

  it("is wrong where it is forty thousand more", () => {
    expect(outcome({ totalIncome: rupees(802_350) })).toBe("FAILED");
  });

  it("is never below zero", () => {
    expect(outcome({ grossTotalIncome: rupees(-50_000), totalIncome: rupees(0) })).toBe("PASSED");
  });

  it("is what the deductions leave where all of them are told", () => {
    const deductionsBySection = [{ section: "80C", claimed: null, allowed: rupees(150_000) }];
    expect(outcome({ form: "ITR_3", deductionsBySection, totalIncome: rupees(662_350) })).toBe("FAILED");
  });

  it.each<[ReturnForm, number, string]>([
    ["ITR_3", 662_350, "NOT_POSSIBLE"],
    ["ITR_3", 802_350, "FAILED"],
    ["ITR_2", 662_350, "FAILED"],
  ])("of %s at %d, where nothing is told of section 10AA: %s", (form, totalIncome, expected) => {
    expect(outcome({ form, totalIncome: rupees(totalIncome) })).toBe(expected);
  });

  it.each(["grossTotalIncome", "deductions", "totalIncome"] as const)("cannot be checked without %s", (name) => {
    expect(outcome({ [name]: null })).toBe("NOT_POSSIBLE");
  });
});

describe("the settlement", () => {
  const unpaid: TaxesPaid = {
    advanceTax: null,
    taxDeducted: null,
    taxCollected: null,
    selfAssessmentTax: null,
    total: null,
    balancePayable: null,
  };
  const settled = (payable: number, paid: Partial<TaxesPaid>, more: Partial<Filing> = {}) => {
    const tax = { totalPayable: rupees(payable) } as TaxComputation;
    const filing = { ...salaried, demand: null, tax, taxesPaid: { ...unpaid, ...paid }, ...more };
    return checked("SETTLEMENT_ADDS_UP", filing);
  };
  const refund = (claimed: number): Partial<Filing> => ({ refund: { claimed: rupees(claimed) } });
  const paid = (total: number, balance?: number): Partial<TaxesPaid> => ({
    total: rupees(total),
    ...(balance !== undefined && { balancePayable: rupees(balance) }),
  });

  it("refunds what was paid beyond the tax", () => {
    expect(settled(50_000, paid(62_000), refund(12_000))).toMatchObject({
      outcome: "PASSED",
      expected: rupees(-12_000),
      found: rupees(-12_000),
    });
  });

  it("leaves the rest to be paid", () => {
    expect(settled(50_000, paid(42_000, 8_000)).outcome).toBe("PASSED");
  });

  it("leaves the rest to a demand", () => {
    expect(settled(50_000, paid(42_000), { demand: rupees(8_000) }).outcome).toBe("PASSED");
  });

  it("is wrong where the refund is too large", () => {
    expect(settled(50_000, paid(62_000), refund(20_000)).outcome).toBe("FAILED");
  });

  it("is wrong where a refund is claimed of tax that is owed", () => {
    expect(settled(50_000, paid(42_000, 0), refund(8_000)).outcome).toBe("FAILED");
  });

  it("counts payments one by one where their sum is not told", () => {
    const parts = {
      advanceTax: rupees(2_000),
      taxDeducted: rupees(40_000),
      taxCollected: rupees(0),
      selfAssessmentTax: rupees(0),
    };
    expect(settled(50_000, { ...parts, balancePayable: rupees(8_000) }).outcome).toBe("PASSED");
    expect(settled(50_000, { ...parts, balancePayable: rupees(8_000), taxCollected: null }).outcome).toBe(
      "NOT_POSSIBLE",
    );
  });

  it.each<[string, ReturnType<typeof settled>]>([
    ["the balance", settled(50_000, paid(42_000), refund(0))],
    ["the refund", settled(50_000, paid(62_000, 0))],
    ["either", settled(50_000, paid(50_000))],
    ["the payments", settled(50_000, { balancePayable: rupees(0) })],
  ])("cannot be checked where %s is not told", (_what, check) => {
    expect(check.outcome).toBe("NOT_POSSIBLE");
  });

  it("cannot be checked without the tax", () => {
    const { outcome } = checked("SETTLEMENT_ADDS_UP", { ...salaried, tax: undefined });
    expect(outcome).toBe("NOT_POSSIBLE");
  });
});
