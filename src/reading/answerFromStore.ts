import { failed, type DocumentKind, lapseOf, consentFor, consentToRead, lapseOfAll, type Consent } from "../domain";
import { memoizeWeak, Fault, memoize } from "../kernel";
import type { ConnectedProvider, PanClient, Provider } from "../providers";
import type { Answers, Question, SourceAnswer } from "./question";
import type { StoredTaxpayer, StoredAnswer } from "./ports";
import { fromStored, periodOf } from "./storedAnswer";

/** A stored answer that may be read, and the consent that allows it. What needs no consent has none. */
export interface ReadableAnswer {
  readonly stored: StoredAnswer;
  readonly answer: SourceAnswer;
  readonly consent: Consent | undefined;
}

/** What the taxpayer's consents and the store say to one question at one moment. */
type Judgement =
  /** It may be read, and be fetched. Nothing readable may be stored yet. */
  | { readonly kind: "ALLOWED"; readonly readable: readonly ReadableAnswer[] }
  /** No consent was ever given for it. This is no refusal. */
  | { readonly kind: "NOT_ASKED_FOR" }
  | { readonly kind: "REFUSED"; readonly fault: Fault };

/** A stored answer never changes, so that it is opened once. */
const answerOf = memoizeWeak((stored: StoredAnswer) => fromStored(stored) as SourceAnswer);

/**
 * Judges a question: the only place that decides what the consents let a caller read.
 * A document that needs no login needs no consent, until a consent of the taxpayer has ended and none holds.
 */
export function judge(question: Question, nowMs: number): Judgement {
  const { taxpayer, document, incomeYear } = question;
  const { consents } = taxpayer;
  if (taxpayer.erased) return { kind: "REFUSED", fault: new Fault("ERASED") };
  const stored = storedAnswers(question, nowMs);
  if (document === "COMPLIANCE") {
    const lapse = lapseOfAll(consents, nowMs);
    if (lapse) return { kind: "REFUSED", fault: lapse };
    return {
      kind: "ALLOWED",
      readable: stored.map((each) => ({ stored: each, answer: answerOf(each), consent: undefined })),
    };
  }
  const asked = { document, incomeYear };
  const covering = consentFor(consents, asked, nowMs);
  if (covering instanceof Fault) {
    return isNew(question, covering, nowMs) ? { kind: "NOT_ASKED_FOR" } : { kind: "REFUSED", fault: covering };
  }
  // The covering consent allows fetching the document. A stored answer may have been fetched for another purpose.
  const readable = stored.flatMap((each) => {
    const consent = consentToRead(consents, each.consentId, asked, nowMs);
    return consent ? { stored: each, answer: answerOf(each), consent } : [];
  });
  return { kind: "ALLOWED", readable: newestOfEachProvider(readable) };
}

/** A provider's answers for several purposes are one answer at several times; the newest counts. */
function newestOfEachProvider(readable: readonly ReadableAnswer[]): readonly ReadableAnswer[] {
  const newestByProvider = new Map<string, ReadableAnswer>();
  for (const each of readable) {
    const known = newestByProvider.get(each.stored.provider);
    if (known === undefined || known.stored.fetchedAtMs < each.stored.fetchedAtMs) {
      newestByProvider.set(each.stored.provider, each);
    }
  }
  return [...newestByProvider.values()];
}

function storedAnswers({ taxpayer, document, incomeYear, maxAgeMs = Infinity }: Question, nowMs: number) {
  const period = periodOf(incomeYear);
  return taxpayer.answers
    .filter((stored) => stored.document === document && stored.period === period)
    .filter(({ fetchedAtMs }) => fetchedAtMs > nowMs - maxAgeMs);
}

/** A document that no living consent names and that is not stored needs a consent of its own. */
function isNew({ taxpayer, document }: Question, { code }: Fault, nowMs: number): boolean {
  if (code === "CONSENT_REQUIRED") return true;
  if (code !== "CONSENT_EXCEEDED" || taxpayer.answers.some((stored) => stored.document === document)) return false;
  const living = taxpayer.consents.filter((consent) => lapseOf(consent, nowMs) === undefined);
  return !living.some(({ documents }) => documents.includes(document));
}

/** A question with its answers, and the consents that let them be read. */
export interface Answered {
  readonly kind: "ANSWERED";
  readonly answers: Answers;
  readonly consents: readonly Consent[];
  readonly isStored: boolean;
}

export type AnswerFromStore = (
  question: Question,
  nowMs: number,
) =>
  | Answered
  /** A provider answers it by the PAN alone. */
  | { readonly kind: "ASK_PROVIDER"; readonly provider: Provider; readonly client: PanClient }
  /** An open session may read it; `otherwise` is the answer when none does. */
  | { readonly kind: "USE_SESSION"; readonly otherwise: Answered };

export function answeredWithout(answer: SourceAnswer): Answered {
  return { kind: "ANSWERED", answers: [answer], consents: [], isStored: false };
}

/** Answers from what is stored and may be read, or says who can answer. */
export function createAnswerFromStore(connected: readonly ConnectedProvider[]): AnswerFromStore {
  /** The first carrier of a document that is switched on; else the first, to say that it is off. */
  const sourceOf = memoize((document: DocumentKind) => {
    const carriers = connected.filter(({ provider }) => provider.documents.includes(document));
    const source = carriers.find(({ client }) => client !== undefined) ?? carriers[0];
    if (source === undefined) throw new Fault("INTERNAL", { note: `no provider carries ${document}` });
    return source;
  });

  const notConnected = memoize((document: DocumentKind): Answered => {
    const { provider, client } = sourceOf(document);
    return client === undefined
      ? refused(document, new Fault("PROVIDER_NOT_CONFIGURED", { provider: provider.id }))
      : answeredWithout({ outcome: "NOT_CONNECTED", provider: provider.id });
  });

  function refused(document: DocumentKind, fault: Fault): Answered {
    return answeredWithout(failed(sourceOf(document).provider.id, fault));
  }

  const longestLoginMs = Math.max(0, ...connected.map(({ provider }) => provider.loginTerms?.lifeMs ?? 0));

  /** A session opens with a consent of its own. When all consents are older than any login, no session is open. */
  function mayHaveSession({ consents }: StoredTaxpayer, nowMs: number): boolean {
    return consents.some(
      (consent) => nowMs - consent.grantedAtMs < longestLoginMs && lapseOf(consent, nowMs) === undefined,
    );
  }

  return (question, nowMs) => {
    const { taxpayer, document } = question;
    const judgement = judge(question, nowMs);
    if (judgement.kind === "NOT_ASKED_FOR") return notConnected(document);
    if (judgement.kind === "REFUSED") return refused(document, judgement.fault);
    const { provider, client } = sourceOf(document);
    const readable = judgement.readable.filter(
      ({ stored }) => provider.login !== "NONE" || stored.provider === provider.id,
    );
    if (readable.length > 0) {
      const answers = readable.map(({ answer }) => answer);
      return { kind: "ANSWERED", answers, consents: consentsOf(readable), isStored: true };
    }
    if (client?.needs === "PAN") return { kind: "ASK_PROVIDER", provider, client };
    const otherwise = notConnected(document);
    return mayHaveSession(taxpayer, nowMs) ? { kind: "USE_SESSION", otherwise } : otherwise;
  };
}

function consentsOf(readable: readonly ReadableAnswer[]): readonly Consent[] {
  return [...new Set(readable.flatMap(({ consent }) => consent ?? []))];
}
