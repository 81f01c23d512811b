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

/** Somebody whom the sandbox knows by name, and how vendors see them differently. */
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

/** Everyone of the cast as they truly are on this day. */
export function personasOn(today: CalendarDate): readonly Persona[] {
  return cast.map(({ facts }) => personOf(facts, today));
}

/** One person on this day: of the cast, or anyone of the invented series; as one vendor sees them, or as they are. */
export function personaOn(pan: string, today: CalendarDate, seenBy?: ProviderId): Persona | undefined {
  const member = castByPan.get(pan);
  const facts = member?.facts ?? anyoneOf(pan);
  if (facts === undefined || facts.isUnknown) return undefined;
  const persona = personOf(facts, today);
  const view = seenBy && member?.asSeenBy?.[seenBy];
  return view ? view(persona) : persona;
}
