// The invented people of the sandbox.
import type { CalendarDate, ProviderId } from "../../domain";
import type { Persona } from "../../providers";
import { anyoneOf, portalCases } from "./anyone";
import { disagreements, samples, type Views } from "./disagreements";
import type { Facts } from "./facts";
import { investors } from "./investors";
import { mixedIncomes } from "./mixedIncomes";
import { personOf } from "./person";
import { returns } from "./returns";
import { salaried } from "./salaried";
import { selfEmployed } from "./selfEmployed";
import { understated } from "./understated";

export { passwordOf } from "./identity";

/** A persona by name, and the vendors that see it differently. */
interface CastMember {
  readonly facts: Facts;
  readonly asSeenBy?: Views;
}

export const cast: readonly CastMember[] = [
  ...[salaried, selfEmployed, investors, returns, mixedIncomes, understated, portalCases]
    .flat()
    .map((facts) => ({ facts })),
  ...disagreements,
  ...samples,
];

const castByPan: ReadonlyMap<string, CastMember> = new Map(cast.map((member) => [member.facts.pan, member]));

/** All personas of the cast on this day, without planted disagreements. */
export function personasOn(today: CalendarDate): readonly Persona[] {
  return cast.map(({ facts }) => personOf(facts, today));
}

/** One persona on this day: of the cast or of the invented series, as one vendor sees it or without differences. */
export function personaOn(pan: string, today: CalendarDate, seenBy?: ProviderId): Persona | undefined {
  const member = castByPan.get(pan);
  const facts = member?.facts ?? anyoneOf(pan);
  if (facts === undefined || facts.isUnknown) return undefined;
  const persona = personOf(facts, today);
  const view = seenBy && member?.asSeenBy?.[seenBy];
  return view ? view(persona) : persona;
}
