import type { ProviderId } from "../domain/answer";
import { fromKept, periodOf } from "./keptAnswer";
import type { Question, Told } from "./question";

/** What is held that answers the question and is fresh enough for it: of everybody, or of one provider only. */
export function heldFor(
  { taxpayer, document, incomeYear, maxAgeMs }: Question,
  nowMs: number,
  only?: ProviderId,
): Told {
  const oldestMs = maxAgeMs === undefined ? 0 : nowMs - maxAgeMs;
  const period = periodOf(incomeYear);
  return taxpayer.answers
    .filter(
      (kept) =>
        kept.document === document &&
        kept.period === period &&
        kept.fetchedAtMs > oldestMs &&
        (only === undefined || kept.provider === only),
    )
    .map((kept) => fromKept(kept));
}
