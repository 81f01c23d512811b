import { type DocumentKind, type ProviderId, indianDayAt, latestIncomeYears } from "../domain";
import { Fault, memoizeWeak } from "../kernel";
import { type ConnectedProvider, coverByLogins } from "../providers";
import type { DocumentOfYear } from "../sessions";
import {
  type AnsweredDocument,
  type Asker,
  type DocumentRequest,
  type Documents,
  keyOf,
  type Question,
  type ReadingTools,
  type SourceAnswer,
  type WantedDocument,
} from "./question";
import { auditedReads, type AuditedRead, auditRecordsOf, type ShownDocument } from "./audit";
import { type Answered, type AnswerFromStore, createAnswerFromStore } from "./answerFromStore";
import type { StoredTaxpayer } from "./ports";
import { createAskProvider } from "./askProvider";
import { createBudget } from "./budget";
import { createReadThroughSession, type OpenQuestion } from "./readThroughSession";
import { mostYears, yearsBackOf } from "./sessionReads";

/** The providers' health changes, so that a choice of login lives no longer than this. */
const choiceLifeMs = 10_000;

export type DocumentsOf = (request: DocumentRequest) => Documents;
export type Gather = (asker: Asker, requests: readonly DocumentRequest[]) => Promise<DocumentsOf>;

/** A question with its judgement, which is made once and handed on. */
interface Judged {
  readonly question: Question;
  readonly outcome: ReturnType<AnswerFromStore>;
}

/** A request that the store answers alone. */
interface StoredRead {
  readonly documents: Documents;
  readonly stored: readonly DocumentKind[];
  readonly reads: readonly AuditedRead[];
  readonly untilMs: number;
}

/**
 * Gathers the documents of many taxpayers: from the store, from a provider, or through an open session.
 * A read of the same stored answers is repeated without judging again until a consent begins or ends.
 */
export function createGather(tools: ReadingTools): Gather {
  const { connected, append, clock, events } = tools;
  const answerFromStore = createAnswerFromStore(connected);
  const budget = createBudget(tools);
  const askProvider = createAskProvider(tools, budget);
  const readThroughSession = createReadThroughSession(tools, answerFromStore, budget);
  const nameLogins = createNameLogins(connected);
  const readsOf = memoizeWeak<StoredTaxpayer, WeakMap<readonly WantedDocument[], StoredRead>>(() => new WeakMap());

  function judgeEach({ taxpayer, wanted }: DocumentRequest, nowMs: number): readonly Judged[] {
    return wanted.map((each) => {
      const question = { taxpayer, ...each };
      return { question, outcome: answerFromStore(question, nowMs) };
    });
  }

  function shown(
    { taxpayer, wanted }: DocumentRequest,
    answeredOf: (each: WantedDocument, at: number) => Answered | undefined,
    nowMs: number,
  ) {
    const answered = wanted.map((each, at): ShownDocument => {
      const outcome = answeredOf(each, at);
      if (outcome === undefined) throw new Fault("INTERNAL", { note: "a question came back without its answer" });
      const { document, incomeYear } = each;
      return { document, incomeYear, answers: outcome.answers, consents: outcome.consents };
    });
    return { documents: { taxpayer, answered: nameLogins(answered, nowMs) }, reads: auditedReads(answered) };
  }

  /** The whole read where the store has every answer; else the judgements, for those who go on. */
  function readStore(request: DocumentRequest, nowMs: number): StoredRead | readonly Judged[] {
    const { taxpayer, wanted } = request;
    const known = readsOf(taxpayer).get(wanted);
    if (known && nowMs < known.untilMs) return known;
    const judged = judgeEach(request, nowMs);
    const outcomes = judged.flatMap(({ outcome }) => (outcome.kind === "ANSWERED" ? outcome : []));
    if (outcomes.length < judged.length) return judged;
    const isUnnamed = outcomes.some(isNotConnected);
    const read = {
      ...shown(request, (_each, at) => outcomes[at], nowMs),
      stored: wanted.flatMap(({ document }, at) => (outcomes[at]?.isStored === true ? document : [])),
      untilMs: Math.min(nextChangeOf(taxpayer, nowMs), isUnnamed ? nowMs + choiceLifeMs : Infinity),
    };
    readsOf(taxpayer).set(wanted, read);
    return read;
  }

  function countStored({ cost }: Asker, stored: readonly DocumentKind[]): void {
    cost.heldAnswers += stored.length;
    for (const [document, { length: count }] of Map.groupBy(stored, (each) => each)) {
      events.emit("answers held", { document, count });
    }
  }

  /** Answers each distinct question once. */
  async function answer(asker: Asker, judged: readonly Judged[]): Promise<ReadonlyMap<string, Answered>> {
    const answeredByKey = new Map<string, Answered>();
    const asked: Promise<unknown>[] = [];
    const open: OpenQuestion[] = [];
    for (const [key, { question, outcome }] of strictestOfEach(judged)) {
      if (outcome.kind === "ANSWERED") answeredByKey.set(key, outcome);
      else if (outcome.kind === "USE_SESSION") open.push({ question, otherwise: outcome.otherwise });
      else {
        const answering = askProvider(asker, question, outcome.provider, outcome.client);
        asked.push(answering.then((answered) => answeredByKey.set(key, answered)));
      }
    }
    if (open.length > 0) {
      const reading = readThroughSession(asker, open);
      asked.push(
        reading.then((read) => {
          for (const [key, answered] of read) answeredByKey.set(key, answered);
        }),
      );
    }
    await Promise.all(asked);
    countStored(
      asker,
      [...strictestOfEach(judged)].flatMap(([key, { question }]) =>
        answeredByKey.get(key)?.isStored === true ? question.document : [],
      ),
    );
    return answeredByKey;
  }

  return async (asker, requests) => {
    const nowMs = clock.now();
    // One request for younger answers asks for all of them: then no stored read is repeated.
    const isAnyAge = requests.every(({ wanted }) => acceptsAnyAge(wanted));
    const readByRequest = new Map(
      requests.map((request) => [request, isAnyAge ? readStore(request, nowMs) : judgeEach(request, nowMs)]),
    );
    const documentsByRequest = new Map<DocumentRequest, Documents>();

    async function finishOpen(): Promise<void> {
      const open = [...readByRequest].flatMap(([request, read]) => ("reads" in read ? [] : [[request, read] as const]));
      if (open.length === 0) return;
      const answeredByKey = await answer(
        asker,
        open.flatMap(([, judged]) => judged),
      );
      const atMs = clock.now();
      const audited = open.map(([request]) => {
        const { taxpayer, fields } = request;
        // By key, never by place: a short batch cannot give one taxpayer's answer to another.
        const answeredOf = (each: WantedDocument) => answeredByKey.get(keyOf({ taxpayer, ...each }));
        const { documents, reads } = shown(request, answeredOf, atMs);
        documentsByRequest.set(request, documents);
        return { reads, taxpayerId: taxpayer.id, fields };
      });
      await append(asker.tenant, auditRecordsOf(asker, audited, atMs));
    }

    async function finishStored(): Promise<void> {
      const stored = [...readByRequest].flatMap(([request, read]) => ("reads" in read ? { request, read } : []));
      for (const { request, read } of stored) documentsByRequest.set(request, read.documents);
      countStored(
        asker,
        stored.flatMap(({ read }) => read.stored),
      );
      const audited = stored.map(({ request: { taxpayer, fields }, read: { reads } }) => ({
        reads,
        taxpayerId: taxpayer.id,
        fields,
      }));
      await append(asker.tenant, auditRecordsOf(asker, audited, nowMs));
    }

    await Promise.all([finishOpen(), finishStored()]);
    return (request) => {
      const documents = documentsByRequest.get(request);
      if (documents === undefined) throw new Fault("INTERNAL", { note: "a batch came back without this request" });
      return documents;
    };
  };
}

type ProviderByDocument = ReadonlyMap<DocumentKind, ProviderId>;

/**
 * Names the provider to log in to for what is not connected: the logins that the plan makes for all of it together.
 * Most taxpayers miss the same documents, so that a choice is kept for a while.
 */
function createNameLogins(connected: readonly ConnectedProvider[]) {
  let choiceByYears = new Map<string, ProviderByDocument>();
  let untilMs = 0;

  function choose(missing: readonly DocumentOfYear[], nowMs: number): ProviderByDocument {
    const years = yearsBackOf(missing, latestIncomeYears(mostYears, indianDayAt(nowMs)));
    const key = [...years].flat().join(" ");
    if (nowMs >= untilMs) {
      choiceByYears = new Map();
      untilMs = nowMs + choiceLifeMs;
    }
    const known = choiceByYears.get(key);
    if (known) return known;
    const logins = coverByLogins(connected, [...years.keys()], (document) => years.get(document) ?? 1);
    const chosen = new Map(logins.flatMap(({ by, documents }) => documents.map((each) => [each, by.provider.id])));
    choiceByYears.set(key, chosen);
    return chosen;
  }

  return (answered: readonly AnsweredDocument[], nowMs: number): readonly AnsweredDocument[] => {
    const missing = answered.filter(isNotConnected);
    if (missing.length === 0) return answered;
    const chosen = choose(
      missing.map(({ document, incomeYear }) => ({ document, incomeYear })),
      nowMs,
    );
    const named = (document: DocumentKind, answer: SourceAnswer): SourceAnswer =>
      answer.outcome === "NOT_CONNECTED" ? { ...answer, provider: chosen.get(document) ?? answer.provider } : answer;
    return answered.map((each) =>
      isNotConnected(each) ? { ...each, answers: each.answers.map((answer) => named(each.document, answer)) } : each,
    );
  };
}

function isNotConnected({ answers }: Pick<AnsweredDocument, "answers">): boolean {
  return answers.some(({ outcome }) => outcome === "NOT_CONNECTED");
}

/** Of equal questions the one that accepts the least age is answered: its answer is good for all. */
function strictestOfEach(judged: readonly Judged[]): ReadonlyMap<string, Judged> {
  const strictestByKey = new Map<string, Judged>();
  for (const each of judged) {
    const key = keyOf(each.question);
    const known = strictestByKey.get(key);
    const isStricter = (each.question.maxAgeMs ?? Infinity) < (known?.question.maxAgeMs ?? Infinity);
    if (known === undefined || isStricter) strictestByKey.set(key, each);
  }
  return strictestByKey;
}

const acceptsAnyAge = memoizeWeak((wanted: readonly WantedDocument[]) =>
  wanted.every(({ maxAgeMs }) => maxAgeMs === undefined),
);

/** The next moment at which one of the consents begins or ends. */
function nextChangeOf({ consents }: StoredTaxpayer, nowMs: number): number {
  const moments = consents.flatMap(({ startsAtMs, expiresAtMs }) => [startsAtMs, expiresAtMs]);
  return Math.min(...moments.filter((atMs) => atMs > nowMs));
}
