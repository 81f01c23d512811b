import { found, type Answer } from "../../../domain/answer";
import { taxCreditsIn, type InformationStatement } from "../../../domain/informationStatement";
import type { TaxCreditStatement } from "../../../domain/taxCredits";
import type { IncomeYear } from "../../../domain/taxPeriod";
import type { Reading } from "../../provider";

/**
 * Where a year's statement of tax credits is missing or malformed, the credits in its information statement stand in for
 * it. Where the statement failed for the time being it is asked for again instead.
 */
export function withCreditsStandingIn(readings: readonly Reading[]): readonly Reading[] {
  return readings.map((reading) => {
    if (reading.document !== "TAX_CREDITS" || !isLacking(reading.answer)) return reading;
    const answer = creditsOfYear(readings, reading.incomeYear);
    return answer === undefined ? reading : { ...reading, answer };
  });
}

function isLacking(answer: Answer<TaxCreditStatement>): boolean {
  return answer.outcome === "ABSENT" || (answer.outcome === "FAILED" && answer.fault.code === "PROVIDER_BAD_RESPONSE");
}

function creditsOfYear(
  readings: readonly Reading[],
  incomeYear: IncomeYear | undefined,
): Answer<TaxCreditStatement> | undefined {
  const answers = readings.flatMap((each): readonly Answer<InformationStatement>[] =>
    each.document === "INFORMATION_STATEMENT" && each.incomeYear === incomeYear ? [each.answer] : [],
  );
  const statement = answers.find((answer) => answer.outcome === "FOUND");
  // Of a statement that is not read whole, the unread part may hold the rest of the credits.
  if (statement === undefined || (statement.value.unreadCount ?? 0) > 0) return undefined;
  const credits = taxCreditsIn(statement.value);
  return credits && found(credits, { ...statement.provenance, method: "DERIVED" });
}
