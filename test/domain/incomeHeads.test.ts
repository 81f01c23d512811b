import { totalOfHeads, type IncomeHeads } from "../../src/domain/filing/filing";
import { rupees } from "../../src/domain/rupees";

const silent: IncomeHeads = {
  salary: null,
  houseProperty: null,
  businessOrProfession: null,
  capitalGains: null,
  otherSources: null,
};

describe("the total of the income heads", () => {
  it("adds every head", () => {
    const heads: IncomeHeads = {
      salary: rupees(1),
      houseProperty: rupees(20),
      businessOrProfession: rupees(300),
      capitalGains: rupees(4000),
      otherSources: rupees(50_000),
    };
    expect(totalOfHeads(heads)).toBe(rupees(54_321));
  });

  it("counts a loss against the rest", () => {
    expect(totalOfHeads({ ...silent, salary: rupees(900_000), houseProperty: rupees(-200_000) })).toBe(rupees(700_000));
  });

  it("is null when nobody reports any head", () => {
    expect(totalOfHeads(silent)).toBeNull();
  });

  it("is zero when one head is reported as zero", () => {
    expect(totalOfHeads({ ...silent, salary: rupees(0) })).toBe(0);
  });
});
