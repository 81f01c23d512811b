import type { DocumentKind, ProviderId } from "../domain/answer";
import { indianDayAt } from "../domain/indianDay";
import { latestIncomeYears } from "../domain/taxPeriod";
import type { ConnectedProvider } from "../providers/provider";
import { coverByLogins } from "../providers/cheapestLogins";
import { mostYears, yearsBackOf, type Gap } from "./gaps";
import type { Question, Telling, Told } from "./question";

/** Who is well may change, so that a choice stands no longer than this. */
export const choiceLifeMs = 10_000;

interface Answered extends Pick<Question, "document" | "incomeYear"> {
  readonly told: Told;
}

type ProviderByDocument = ReadonlyMap<DocumentKind, ProviderId>;

/**
 * Whom to connect to for what is missing of one taxpayer: the logins that the plan would make for all of it together, and
 * not for each document by itself. Most taxpayers miss the same, so that a choice is remembered.
 */
export function createConnecting(connected: readonly ConnectedProvider[]) {
  let providersByGaps = new Map<string, ProviderByDocument>();
  let untilMs = 0;

  function choose(gaps: readonly Gap[], nowMs: number): ProviderByDocument {
    const years = yearsBackOf(gaps, latestIncomeYears(mostYears, indianDayAt(nowMs)));
    const key = [...years].flat().join(" ");
    if (nowMs >= untilMs) {
      providersByGaps = new Map();
      untilMs = nowMs + choiceLifeMs;
    }
    const known = providersByGaps.get(key);
    if (known) return known;
    const logins = coverByLogins(connected, [...years.keys()], (document) => years.get(document) ?? 1);
    const chosen = new Map(logins.flatMap(({ by, documents }) => documents.map((each) => [each, by.provider.id])));
    providersByGaps.set(key, chosen);
    return chosen;
  }

  return <Each extends Answered>(answered: readonly Each[], nowMs: number): readonly Each[] => {
    const gaps = answered.filter(isUnconnected).map(({ document, incomeYear }): Gap => ({ document, incomeYear }));
    if (gaps.length === 0) return answered;
    const chosen = choose(gaps, nowMs);
    const named = (document: DocumentKind, telling: Telling): Telling =>
      telling.outcome === "NOT_CONNECTED"
        ? { ...telling, provider: chosen.get(document) ?? telling.provider }
        : telling;
    return answered.map((each) =>
      isUnconnected(each) ? { ...each, told: each.told.map((telling) => named(each.document, telling)) } : each,
    );
  };
}

export function isUnconnected({ told }: Pick<Answered, "told">): boolean {
  return told.some(({ outcome }) => outcome === "NOT_CONNECTED");
}
