import type { Filing, TaxesPaid } from "../../../src/domain/filing/filing";
import { rupees } from "../../../src/domain/rupees";
import type { TaxCredit } from "../../../src/domain/statements/taxCredits";
import { testFiling, testTaxCredits } from "../../support/persona";
import { checked } from "./finding";

function claiming(taxDeducted: number, taxCollected = 0): Filing {
  const taxesPaid = { taxDeducted: rupees(taxDeducted), taxCollected: rupees(taxCollected) } as TaxesPaid;
  return { ...testFiling(2024), taxesPaid };
}

const [credit] = testTaxCredits(2024).deductors[0]!.credits as readonly [TaxCredit];

describe("the tax deducted that a return claims", () => {
  const outcome = (filing: Filing, year = 2024) =>
    checked("TAX_CREDITS_COVER_CLAIM", filing, { taxCredits: testTaxCredits(year) }).outcome;

  // Two instalments of 36,000 and a bank's 2,000, whose reversal is unmatched.
  it.each([74_000, 74_010, 50_000, 0])("is covered at %d", (claimed) => {
    expect(outcome(claiming(claimed))).toBe("PASSED");
  });

  it("is not covered beyond what was deposited", () => {
    expect(outcome(claiming(74_011))).toBe("FAILED");
  });

  it("counts together with tax collected", () => {
    expect(outcome(claiming(70_000, 5_000))).toBe("FAILED");
  });

  it.each(["taxDeducted", "taxCollected"])("cannot be checked where %s is not told", (name) => {
    const { taxesPaid, ...filing } = claiming(70_000, 5_000);
    expect(outcome({ ...filing, taxesPaid: { ...taxesPaid!, [name]: null } })).toBe("NOT_POSSIBLE");
  });

  it("cannot be checked where one deposit is not told", () => {
    const { incomeYear, deductors } = testTaxCredits(2024);
    const untold = { incomeYear, deductors: [...deductors, { credits: [{ ...credit, taxDeposited: null }] }] };
    expect(checked("TAX_CREDITS_COVER_CLAIM", claiming(80_000), { taxCredits: untold }).outcome).toBe("NOT_POSSIBLE");
  });

  it("is not compared with the statement of another year", () => {
    expect(outcome(claiming(74_000), 2023)).toBe("NOT_POSSIBLE");
  });

  it("cannot be checked without a statement", () => {
    expect(checked("TAX_CREDITS_COVER_CLAIM", claiming(74_000)).outcome).toBe("NOT_POSSIBLE");
  });

  it("cannot be checked where the return does not tell it", () => {
    expect(outcome(testFiling(2024))).toBe("NOT_POSSIBLE");
  });
});
