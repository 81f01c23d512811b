import type { Filing } from "../filing";
import { rupees, sumOfAll } from "../rupees";
import { creditedTotal, type TaxCreditStatement } from "../statements";
import { failed, notPossible, passed, type Finding } from "./check";

const tolerance = rupees(10);

/** A return may leave credits unclaimed. What it claims and nobody deposited, the Department will not allow. */
export function taxCreditsCoverClaim(
  { incomeYear, taxesPaid }: Filing,
  statement: TaxCreditStatement | undefined,
): Finding {
  const found = taxesPaid === undefined ? null : sumOfAll([taxesPaid.taxDeducted, taxesPaid.taxCollected]);
  if (found === null) return notPossible("The return does not tell all the tax deducted or collected that it claims.");
  const expected = statement?.incomeYear === incomeYear ? creditedTotal(statement) : null;
  if (expected === null) return notPossible("No statement of the year tells what was deposited.");
  const finding =
    found <= expected + tolerance
      ? passed("The tax deducted that the return claims was deposited.")
      : failed("The return claims more tax deducted than was deposited.");
  return { ...finding, expected, found, tolerance };
}
