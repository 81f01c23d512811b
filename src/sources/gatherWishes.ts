import type { DocumentKind } from "../domain/answer";
import { Fault } from "../kernel/fault";
import { attached } from "../kernel/memoize";
import type { Asker } from "./asker";
import { choiceLifeMs, createConnecting, isUnconnected } from "./connecting";
import { createGather } from "./gather";
import type { GatherTools } from "./gatherTools";
import { createNoteHeld } from "./noteHeld";
import { keyOf, type Question, type Told } from "./question";
import { auditRecordsOf, seenIn, type Sight } from "./seen";
import { createSettle } from "./settle";
import type { KeptTaxpayer } from "./taxpayerStore";

/** A document that is wanted, whoever's: of one year or of none in particular, no older than somebody can bear. */
export type Want = Omit<Question, "taxpayer">;

/** What is wanted of one taxpayer. */
export interface Wish {
  readonly taxpayer: KeptTaxpayer;
  readonly wants: readonly Want[];
  /** The schema coordinates for which it is wanted. */
  readonly fields: readonly string[];
}

/** What was told of one document: of one year, or of no year in particular. */
export interface Gathered extends Want {
  readonly told: Told;
}

/** All that was told of one taxpayer. It is the very same one where the very same answers were gathered before. */
export interface Gathering {
  readonly taxpayer: KeptTaxpayer;
  readonly gathered: readonly Gathered[];
}

export type GatheringOf = (wish: Wish) => Gathering;
export type GatherWishes = (asker: Asker, wishes: readonly Wish[]) => Promise<GatheringOf>;

/** What came of a wish without asking anybody. */
interface Reading {
  readonly gathering: Gathering;
  readonly held: readonly DocumentKind[];
  readonly seen: Sight["seen"];
  readonly untilMs: number;
}

/**
 * Gathers what is wanted of many taxpayers. What was read before of the very same answers is read again without judging
 * each question anew: consents are judged by the clock, and so the judgement stands until one of them begins or ends.
 */
export function createGatherWishes(tools: GatherTools): GatherWishes {
  const { connected, append, clock } = tools;
  const gather = createGather(tools);
  const settle = createSettle(connected);
  const noteHeld = createNoteHeld(tools);
  const connect = createConnecting(connected);
  const readingsOf = attached<KeptTaxpayer, WeakMap<readonly Want[], Reading>>(() => new WeakMap());

  /** Undefined where somebody must be asked. */
  function read({ taxpayer, wants }: Omit<Wish, "fields">, nowMs: number): Reading | undefined {
    const readings = readingsOf(taxpayer);
    const known = readings.get(wants);
    if (known && nowMs < known.untilMs) return known;
    const settled = wants.flatMap((want) => {
      const outcome = settle({ taxpayer, ...want }, nowMs);
      return outcome.told === undefined ? [] : { ...want, ...outcome };
    });
    if (settled.length < wants.length) return undefined;
    const gathered = settled.map(({ document, incomeYear, told }) => ({ document, incomeYear, told }));
    const gathering = planned({ taxpayer, gathered }, nowMs);
    const reading: Reading = {
      gathering,
      seen: seenIn(taxpayer, gathering.gathered, nowMs),
      held: settled.flatMap(({ document, isHeld }) => (isHeld ? document : [])),
      untilMs: Math.min(nextChangeOf(taxpayer, nowMs), settled.some(isUnconnected) ? nowMs + choiceLifeMs : Infinity),
    };
    readings.set(wants, reading);
    return reading;
  }

  /** Somebody may have to be asked for these. */
  async function gatherAsking(asker: Asker, wishes: readonly Wish[]): Promise<ReadonlyMap<Wish, Gathering>> {
    if (wishes.length === 0) return new Map();
    const questions = wishes.flatMap(({ taxpayer, wants }) => wants.map((want) => ({ taxpayer, ...want })));
    const toldByKey = await gather(asker, questions);
    const nowMs = clock.now();
    const gatherings = wishes.map((wish) => [wish, planned(gatheringFrom(toldByKey, wish), nowMs)] as const);
    const sights = gatherings.map(([wish, { gathered }]) => sightOf(wish, seenIn(wish.taxpayer, gathered, nowMs)));
    await append(asker.tenant, auditRecordsOf(asker, sights, nowMs));
    return new Map(gatherings);
  }

  function planned({ taxpayer, gathered }: Gathering, nowMs: number): Gathering {
    return { taxpayer, gathered: connect(gathered, nowMs) };
  }

  return async (asker, wishes) => {
    const nowMs = clock.now();
    // Whoever asks for younger answers asks on behalf of all: then each question is looked at.
    const isAnyAge = wishes.every(({ wants }) => bearsAnyAge(wants));
    const readings = new Map(wishes.map((wish) => [wish, isAnyAge ? read(wish, nowMs) : undefined]));
    const known = [...readings.values()].filter((reading) => reading !== undefined);
    const sights = [...readings].flatMap(([wish, reading]) => (reading ? sightOf(wish, reading.seen) : []));
    const others = wishes.filter((wish) => readings.get(wish) === undefined);
    noteHeld(
      asker,
      known.flatMap(({ held }) => held),
    );
    const [gatherings] = await Promise.all([
      gatherAsking(asker, others),
      append(asker.tenant, auditRecordsOf(asker, sights, nowMs)),
    ]);
    return (wish) => {
      const gathering = readings.get(wish)?.gathering ?? gatherings.get(wish);
      if (gathering === undefined) throw new Fault("INTERNAL", { note: "a gathering came back without this wish" });
      return gathering;
    };
  };
}

function sightOf({ taxpayer, fields }: Wish, seen: Sight["seen"]): Sight {
  return { seen, taxpayerId: taxpayer.id, fields };
}

/** By key, never by place: a batch that comes back short cannot give one's answer to another. */
function gatheringFrom(toldByKey: ReadonlyMap<string, Told>, { taxpayer, wants }: Wish): Gathering {
  const gathered = wants.map((want) => {
    const told = toldByKey.get(keyOf({ taxpayer, ...want }));
    if (told === undefined) throw new Fault("INTERNAL", { note: "a gathering came back without one of its questions" });
    return { ...want, told };
  });
  return { taxpayer, gathered };
}

const bearsAnyAge = attached((wants: readonly Want[]) => wants.every(({ maxAgeMs }) => maxAgeMs === undefined));

/** The next moment at which one of the consents begins or ends. */
function nextChangeOf({ consents }: KeptTaxpayer, nowMs: number): number {
  const moments = consents.flatMap(({ startsAtMs, expiresAtMs }) => [startsAtMs, expiresAtMs]);
  return Math.min(...moments.filter((atMs) => atMs > nowMs));
}
