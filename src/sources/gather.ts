import { failed, type Answer } from "../domain/answer";
import type { Clock } from "../kernel/clock";
import type { Events } from "../kernel/events";
import { asFault, Fault } from "../kernel/fault";
import type { AnswerableKind, DocumentBodies } from "../providers/documents";
import type { PanClient } from "../providers/provider";
import type { ConnectedProvider } from "./connectedProvider";
import type { Boarder, Flights } from "./flights";
import { fromKept, toKept } from "./keptAnswer";
import { chooseProvider } from "./plan";
import type { KeptAnswer, KeptTaxpayer, TaxpayerStore } from "./taxpayerStore";

/** A document of one taxpayer, no older than the asker can bear. */
export interface Question {
  readonly taxpayer: KeptTaxpayer;
  readonly document: AnswerableKind;
  readonly maxAgeMs: number | undefined;
}

/** What one operation has spent so far. */
export interface Cost {
  upstreamCalls: number;
  portalLogins: number;
  paise: number;
  heldAnswers: number;
  sharedFlights: number;
}

/** Who asks: for whom, since when, until when, and at whose cost. */
export interface Asker extends Boarder {
  readonly tenant: string;
  readonly cost: Cost;
}

export interface GatherTools {
  readonly store: TaxpayerStore;
  readonly connected: readonly ConnectedProvider[];
  readonly flights: Flights;
  readonly clock: Clock;
  readonly events: Events;
  readonly upstreamBudget: number;
}

export type AnyAnswer = Answer<DocumentBodies[AnswerableKind]>;
export type Gather = (asker: Asker, questions: readonly Question[]) => Promise<ReadonlyMap<string, AnyAnswer>>;

/** Two questions with one key have one answer. */
export function keyOf({ taxpayer, document }: Question): string {
  return `${taxpayer.id}|${document}`;
}

/** Answers each distinct question once: from what is held where that is fresh enough, else with one upstream call. */
export function createGather(tools: GatherTools): Gather {
  const { store, connected, flights, clock, events, upstreamBudget } = tools;

  async function answer(asker: Asker, question: Question): Promise<AnyAnswer> {
    const source = chooseProvider(connected, question.document);
    if (source === undefined) throw new Fault("INTERNAL", { note: `nobody carries ${question.document}` });
    const { id } = source.provider;
    if (question.taxpayer.erased) return failed(id, new Fault("ERASED"));
    const held = freshEnough(question, source);
    if (held) {
      asker.cost.heldAnswers += 1;
      events.emit("answer held", { document: question.document });
      return fromKept(held);
    }
    if (source.client?.needs !== "PAN") return failed(id, new Fault("PROVIDER_NOT_CONFIGURED", { provider: id }));
    try {
      return await fetch(asker, question, source, source.client);
    } catch (thrown) {
      const fault = asFault(thrown);
      const isOurDoing = fault.code === "INTERNAL" && !asker.signal.aborted;
      if (isOurDoing) events.emit("fault masked", { requestId: undefined, error: thrown });
      return failed(id, fault);
    }
  }

  function freshEnough({ taxpayer, document, maxAgeMs }: Question, source: ConnectedProvider): KeptAnswer | undefined {
    const oldestMs = maxAgeMs === undefined ? 0 : clock.now() - maxAgeMs;
    return taxpayer.answers.find(
      (kept) => kept.document === document && kept.provider === source.provider.id && kept.fetchedAtMs > oldestMs,
    );
  }

  async function fetch(
    asker: Asker,
    { taxpayer, document }: Question,
    { provider }: ConnectedProvider,
    client: PanClient,
  ): Promise<AnyAnswer> {
    const key = `${asker.tenant}|${taxpayer.id}|${provider.id}|${document}`;
    const shared = flights.board<AnyAnswer>(key, asker);
    if (shared) {
      asker.cost.sharedFlights += 1;
      events.emit("flight shared", { provider: provider.id });
      return shared;
    }
    if (asker.cost.upstreamCalls >= upstreamBudget) throw new Fault("LIMIT_EXCEEDED", { provider: provider.id });
    asker.cost.upstreamCalls += 1;
    asker.cost.paise += Math.round((provider.priceRupeesPerCall ?? 0) * 100);
    return flights.depart(key, asker, async (signal) => {
      const answered = await client.ask(document, taxpayer.pan, signal);
      if (answered.outcome === "FOUND" || answered.outcome === "ABSENT") {
        await keep(asker.tenant, taxpayer.id, toKept(document, provider, answered, clock.now()));
      }
      return answered;
    });
  }

  /** An answer that cannot be kept is still an answer, and it has been paid for. */
  async function keep(tenant: string, taxpayerId: string, kept: KeptAnswer): Promise<void> {
    try {
      await store.keep(tenant, taxpayerId, [kept]);
    } catch (error) {
      events.emit("background failed", { what: "keeping an answer", error });
    }
  }

  return async (asker, questions) => {
    const strictestByKey = new Map<string, Question>();
    for (const question of questions) {
      const known = strictestByKey.get(keyOf(question));
      const isStricter = (question.maxAgeMs ?? Infinity) < (known?.maxAgeMs ?? Infinity);
      if (known === undefined || isStricter) strictestByKey.set(keyOf(question), question);
    }
    const entries = [...strictestByKey].map(async ([key, question]) => [key, await answer(asker, question)] as const);
    return new Map(await Promise.all(entries));
  };
}
