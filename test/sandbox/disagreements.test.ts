import type { ProviderId } from "../../src/domain/answer";
import { providerIds } from "../../src/providers/registry";
import type { CalendarDate } from "../../src/domain/calendarDate";
import { rupees } from "../../src/domain/rupees";
import type { Filing } from "../../src/domain/filing/filing";
import type { Persona } from "../../src/providers/persona";
import { cast, personaOn } from "../../src/sandbox/personas";

const today = "2026-11-10" as CalendarDate;

function seen(pan: string, by?: ProviderId): Persona {
  const persona = personaOn(pan, today, by);
  if (persona === undefined) throw new Error(`${pan} is nobody`);
  return persona;
}

/** The providers that see this persona differently. */
function dissenters(pan: string): ProviderId[] {
  const truth = JSON.stringify(seen(pan));
  return providerIds.filter((provider) => JSON.stringify(seen(pan, provider)) !== truth);
}

describe("a planted disagreement", () => {
  it.each<[string, ProviderId, (truth: readonly Filing[]) => unknown]>([
    [
      "ZZZPH8001A",
      "FINPASS",
      ([latest, ...rest]) => [{ ...latest, totalIncome: (latest?.totalIncome ?? 0) + rupees(40_000) }, ...rest],
    ],
    [
      "ZZZPH8002B",
      "TUTELAR",
      ([latest, ...rest]) => [
        {
          ...latest,
          status: "UNDER_PROCESSING",
          statusHistory: latest?.statusHistory.slice(0, 4),
          refund: latest?.refund && { claimed: latest.refund.claimed },
        },
        ...rest,
      ],
    ],
    ["ZZZPH8003C", "DEEPVUE", (truth) => truth.filter((_filing, at) => at !== 1)],
  ])("about %s is that of %s, and nothing else differs", (pan, provider, planted) => {
    const truth = seen(pan);
    expect(seen(pan, provider)).toEqual({ ...truth, filings: planted(truth.filings) });
    expect(dissenters(pan)).toEqual([provider]);
  });

  it("is in no other persona, apart from Eko's published sample", () => {
    const disputed = cast
      .map(({ facts }) => facts.pan)
      .filter((pan) => personaOn(pan, today) && dissenters(pan).length);
    expect(disputed).toEqual(["ZZZPH8001A", "ZZZPH8002B", "ZZZPH8003C", "ABCDE1234F"]);
  });
});
