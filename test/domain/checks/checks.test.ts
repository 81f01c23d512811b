import fc from "../../support/fuzz";
import { checksOf } from "../../../src/domain/checks";
import { type TaxComputation, vocabulary } from "../../../src/domain";
import { fromPaise, largestRupees, type Rupees } from "../../../src/domain/rupees";
import { testFiling, testTaxCredits } from "../../support/persona";

describe("the checks of a return", () => {
  it("are all there, each by its name", () => {
    expect(checksOf(testFiling(2024)).map(({ name }) => name)).toEqual(vocabulary.CheckName);
  });

  it("come to an outcome for any amounts at all", () => {
    const amount = fc.option(fc.integer({ min: -(largestRupees as number), max: largestRupees }).map(fromPaise));
    const amounts = fc.tuple(amount, amount, amount, amount, amount, amount);
    fc.assert(
      fc.property(amounts, ([salary, houseProperty, gross, deductions, payable, paid]) => {
        const filing = testFiling(2024, {
          incomeHeads: { ...testFiling(2024).incomeHeads!, salary, houseProperty, otherSources: salary },
          grossTotalIncome: gross,
          deductions,
          totalIncome: gross,
          tax: { totalPayable: payable, netTaxLiability: payable } as TaxComputation,
          taxesPaid: {
            advanceTax: paid,
            taxDeducted: paid,
            taxCollected: paid,
            selfAssessmentTax: paid,
            total: null,
            balancePayable: deductions,
          },
        });
        const outcomes = checksOf(filing, { taxCredits: testTaxCredits(2024) }).map(({ outcome }) => outcome);
        expect(vocabulary.CheckOutcome).toEqual(expect.arrayContaining(outcomes));
      }),
    );
  });

  it("cannot be made on amounts beyond all reckoning", () => {
    const incomeHeads = { ...testFiling(2024).incomeHeads!, salary: largestRupees, otherSources: 1 as Rupees };
    const [heads] = checksOf(testFiling(2024, { incomeHeads }));
    expect(heads).toMatchObject({ name: "HEADS_ADD_UP", outcome: "NOT_POSSIBLE" });
  });
});
