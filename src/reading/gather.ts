import { type DocumentKind, type ProviderId, indianDayAt, latestIncomeYears } from "../domain";
import { Fault, memoizeWeak } from "../kernel";
import { type ConnectedProvider, coverByLogins } from "../providers";
import {
  type Asker,
  type GatherTools,
  type Gathering,
  keyOf,
  type Question,
  type Told,
  type Telling,
  type Want,
  type Wish,
} from "./question";
import { auditRecordsOf, seenIn, type Sight } from "./audit";
import { createSettle, type Settled } from "./answerFromStore";
import type { KeptTaxpayer } from "./ports";
import { createAskProvider } from "./askProvider";
import { createThroughLogins, type OpenQuestion } from "./readThroughLogins";
import { mostYears, yearsBackOf, type Gap } from "./missingDocuments";

/** Who is well may change, so that a choice stands no longer than this. */
const choiceLifeMs = 10_000;

interface Answered extends Pick<Question, "document" | "incomeYear"> {
  readonly told: Told;
}

type ProviderByDocument = ReadonlyMap<DocumentKind, ProviderId>;

/**
 * Whom to connect to for what is missing of one taxpayer: the logins that the plan would make for all of it together, and
 * not for each document by itself. Most taxpayers miss the same, so that a choice is remembered.
 */
function createConnecting(connected: readonly ConnectedProvider[]) {
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

function isUnconnected({ told }: Pick<Answered, "told">): boolean {
  return told.some(({ outcome }) => outcome === "NOT_CONNECTED");
}

/** Counts what was answered from what is held: a document for each question. */
function createNoteHeld({ events }: Pick<GatherTools, "events">) {
  return ({ cost }: Asker, held: readonly DocumentKind[]): void => {
    cost.heldAnswers += held.length;
    const heldByDocument = Map.groupBy(held, (document) => document);
    for (const [document, { length: count }] of heldByDocument) events.emit("answers held", { document, count });
  };
}

type Gather = (asker: Asker, questions: readonly Question[]) => Promise<ReadonlyMap<string, Told>>;

/** Answers each distinct question once, from what is held or with one upstream call, and never beyond a consent. */
export function createGather(tools: GatherTools): Gather {
  const { connected, clock } = tools;
  const settle = createSettle(connected);
  const askProvider = createAskProvider(tools);
  const noteHeld = createNoteHeld(tools);
  const throughLogins = createThroughLogins(tools, settle);

  return async (asker, questions) => {
    const nowMs = clock.now();
    const toldByKey = new Map<string, Told>();
    const held: DocumentKind[] = [];
    const late: Promise<unknown>[] = [];
    const open: OpenQuestion[] = [];
    const take = (key: string, { document }: Question, { told, isHeld }: Settled) => {
      toldByKey.set(key, told);
      if (isHeld) held.push(document);
    };
    const bring = async (asked: readonly OpenQuestion[]) => {
      const settledByKey = await throughLogins(asker, asked);
      for (const { question } of asked) {
        const settled = settledByKey.get(keyOf(question));
        if (settled) take(keyOf(question), question, settled);
      }
    };
    for (const [key, question] of strictestOfEach(questions)) {
      const settled = settle(question, nowMs);
      if ("orElse" in settled) open.push({ question, orElse: settled.orElse });
      else if (settled.told !== undefined) take(key, question, settled);
      else {
        const { provider, client } = settled;
        late.push(askProvider(asker, question, provider, client).then((told) => toldByKey.set(key, [told])));
      }
    }
    if (open.length > 0) late.push(bring(open));
    await Promise.all(late);
    noteHeld(asker, held);
    return toldByKey;
  };
}

/** Of those who ask the same, the one who bears the least age is answered: that answer is good for all. */
function strictestOfEach(questions: readonly Question[]): ReadonlyMap<string, Question> {
  const strictestByKey = new Map<string, Question>();
  for (const question of questions) {
    const key = keyOf(question);
    const known = strictestByKey.get(key);
    const isStricter = (question.maxAgeMs ?? Infinity) < (known?.maxAgeMs ?? Infinity);
    if (known === undefined || isStricter) strictestByKey.set(key, question);
  }
  return strictestByKey;
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
  const readingsOf = memoizeWeak<KeptTaxpayer, WeakMap<readonly Want[], Reading>>(() => new WeakMap());

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

const bearsAnyAge = memoizeWeak((wants: readonly Want[]) => wants.every(({ maxAgeMs }) => maxAgeMs === undefined));

/** The next moment at which one of the consents begins or ends. */
function nextChangeOf({ consents }: KeptTaxpayer, nowMs: number): number {
  const moments = consents.flatMap(({ startsAtMs, expiresAtMs }) => [startsAtMs, expiresAtMs]);
  return Math.min(...moments.filter((atMs) => atMs > nowMs));
}
