import {
  found,
  taxCreditsIn,
  type Answer,
  type IncomeYear,
  type InformationStatement,
  type TaxCreditStatement,
} from "../../../domain";
import { SubjectMismatch } from "../../replySubject";
import type { Reading } from "../../provider";

/**
 * Where Form 26AS of a year is missing or malformed, the tax credits of that year's information statement replace it.
 * After a failure that may pass, 26AS is asked for again instead.
 */
export function withCreditsOfStatement(readings: readonly Reading[]): readonly Reading[] {
  return readings.map((reading) => {
    if (reading.document !== "TAX_CREDITS" || !isLacking(reading.answer)) return reading;
    const answer = creditsOfYear(readings, reading.incomeYear);
    return answer === undefined ? reading : { ...reading, answer };
  });
}

/** After a reply about another person or year, nothing else of that year is trusted. */
function isLacking(answer: Answer<TaxCreditStatement>): boolean {
  if (answer.outcome !== "FAILED") return answer.outcome === "ABSENT";
  return answer.fault.code === "PROVIDER_BAD_RESPONSE" && !(answer.fault instanceof SubjectMismatch);
}

function creditsOfYear(
  readings: readonly Reading[],
  incomeYear: IncomeYear | undefined,
): Answer<TaxCreditStatement> | undefined {
  const answers = readings.flatMap((each): readonly Answer<InformationStatement>[] =>
    each.document === "INFORMATION_STATEMENT" && each.incomeYear === incomeYear ? [each.answer] : [],
  );
  const statement = answers.find((answer) => answer.outcome === "FOUND");
  // The unread part of a statement may hold more credits.
  if (statement === undefined || (statement.value.unreadCount ?? 0) > 0) return undefined;
  const credits = taxCreditsIn(statement.value);
  return credits && found(credits, { ...statement.provenance, method: "DERIVED" });
}
