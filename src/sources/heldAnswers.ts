import type { ProviderId } from "../domain/answer";
import { fromKept, periodOf } from "./keptAnswer";
import type { Question, Told } from "./question";
import type { KeptAnswer, KeptTaxpayer } from "./taxpayerStore";

interface Held {
  readonly kept: readonly KeptAnswer[];
  readonly told: Told;
}

/** What is held never changes within one `KeptTaxpayer`, so that the same question gets the very same tellings again. */
const heldByTaxpayer = new WeakMap<KeptTaxpayer, Map<string, Held>>();

/** What is held on a question and young enough for it: from whichever provider, or only from one. */
export function heldAnswersTo(question: Question, only: ProviderId | undefined, nowMs: number): Told {
  const { kept, told } = heldOn(question, only);
  const { maxAgeMs } = question;
  if (maxAgeMs === undefined) return told;
  return told.filter((_telling, at) => (kept[at]?.fetchedAtMs ?? 0) > nowMs - maxAgeMs);
}

function heldOn({ taxpayer, document, incomeYear }: Question, only: ProviderId | undefined): Held {
  const heldByKey = heldByTaxpayer.get(taxpayer) ?? new Map<string, Held>();
  heldByTaxpayer.set(taxpayer, heldByKey);
  const period = periodOf(incomeYear);
  const key = `${document}|${period}|${only ?? ""}`;
  const known = heldByKey.get(key);
  if (known) return known;
  const kept = taxpayer.answers
    .filter((each) => each.document === document && each.period === period)
    .filter(({ provider }) => only === undefined || provider === only);
  const held = { kept, told: kept.map((each) => fromKept(each) as Told[number]) };
  heldByKey.set(key, held);
  return held;
}
