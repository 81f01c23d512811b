import { indianDayAt } from "../../src/domain/calendarDate";
import type { Provider } from "../../src/providers/provider";
import { providers } from "../../src/providers/registry";
import { personaOn } from "../../src/sandbox/personas";
import { nowMs, travelAltered } from "../support/alteredRoad";
import fc, { runs } from "../support/fuzz";
import { canaries, inject, injection, type Injection } from "../support/injection";

const pan = "ZZZPA1001A";
const person = personaOn(pan, indianDayAt(nowMs))!;

/** Fields whose text is masked when it leaves the graph, or never leaves it; and where an e-mail address is asked for. */
function isMeantForIt(place: string, canary: string): boolean {
  return /\.(location|mobile)$/.test(place) || (canary === canaries.email && place.endsWith(".email"));
}

/** Where it stands. A number is not looked at: what is read as an amount is one, whatever else it might have been. */
function placesOf(value: unknown, canary: string, at = ""): string[] {
  if (typeof value === "string") return packed(value).includes(packed(canary)) ? [at] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...placesOf(key, canary, `${at}.(a key)`),
    ...placesOf(inner, canary, Array.isArray(value) ? at : `${at}.${key}`),
  ]);
}

function packed(text: string): string {
  return text.replaceAll(/[\s-]/g, "");
}

/** All that becomes of a vendor's replies of which one was tampered with. */
async function travel(provider: Provider, injections: readonly Injection[], which: number) {
  let replies = 0;
  const { answers, fault, unknownFields } = await travelAltered(provider, person, (json, nth) => {
    replies = nth + 1;
    return nth === which ? injections.reduce(inject, json) : json;
  });
  return { replies, answers, told: { words: fault?.message, fault: fault?.context, unknownFields } };
}

describe.each(providers.map((provider) => [provider.id, provider] as const))("%s", (_id, provider) => {
  it("cannot make anybody's data stand where it does not belong, wherever it puts it", async () => {
    const { replies } = await travel(provider, [], -1);
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(injection, { minLength: 1, maxLength: 2 }),
        fc.nat(replies - 1),
        async (injections, which) => {
          const { answers, told } = await travel(provider, injections, which);
          for (const { outcome } of answers) seen.add(outcome);
          for (const canary of Object.values(canaries)) {
            expect(placesOf(answers, canary).filter((place) => !isMeantForIt(place, canary))).toEqual([]);
            expect(placesOf(told, canary)).toEqual([]);
          }
        },
      ),
      { numRuns: runs(150) },
    );
    expect(seen).toContain("FOUND");
  });
});

describe("somebody's own data", () => {
  it("is found by the search above where it belongs", async () => {
    const kwikid = providers.find(({ id }) => id === "KWIKID")!;
    const { answers } = await travel(kwikid, [], -1);
    expect(placesOf(answers, person.profile.mobile!)).toEqual([".value.mobile"]);
  });
});
