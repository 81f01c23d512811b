import { failed, type DocumentKind, type ProviderId, lapseOf, consentFor, lapseOfAll, type Consent } from "../domain";
import { Fault, memoize } from "../kernel";
import type { ConnectedProvider, PanClient, Provider } from "../providers";
import type { Question, Told } from "./question";
import type { KeptTaxpayer, KeptAnswer } from "./ports";
import { fromKept, periodOf } from "./storedAnswer";

/** Who is asked for a document: of those that carry it, the first that is switched on; else the first, to say that it is off. */
function chooseProvider(
  connected: readonly ConnectedProvider[],
  document: DocumentKind,
): ConnectedProvider | undefined {
  const carriers = connected.filter(({ provider }) => provider.documents.includes(document));
  return carriers.find(({ client }) => client !== undefined) ?? carriers[0];
}

interface Held {
  readonly kept: readonly KeptAnswer[];
  readonly told: Told;
}

/** What is held never changes within one `KeptTaxpayer`, so that the same question gets the very same tellings again. */
const heldByTaxpayer = new WeakMap<KeptTaxpayer, Map<string, Held>>();

/** What is held on a question and young enough for it: from whichever provider, or only from one. */
export function heldAnswersTo(question: Question, only: ProviderId | undefined, nowMs: number): Told {
  const { kept, told } = heldOn(question, only);
  const { maxAgeMs } = question;
  if (maxAgeMs === undefined) return told;
  return told.filter((_telling, at) => (kept[at]?.fetchedAtMs ?? 0) > nowMs - maxAgeMs);
}

function heldOn({ taxpayer, document, incomeYear }: Question, only: ProviderId | undefined): Held {
  const heldByKey = heldByTaxpayer.get(taxpayer) ?? new Map<string, Held>();
  heldByTaxpayer.set(taxpayer, heldByKey);
  const period = periodOf(incomeYear);
  const key = `${document}|${period}|${only ?? ""}`;
  const known = heldByKey.get(key);
  if (known) return known;
  const kept = taxpayer.answers
    .filter((each) => each.document === document && each.period === period)
    .filter(({ provider }) => only === undefined || provider === only);
  const held = { kept, told: kept.map((each) => fromKept(each) as Told[number]) };
  heldByKey.set(key, held);
  return held;
}

type Permission =
  /** Without a consent where none is needed. */
  | { readonly is: "GRANTED"; readonly consent?: Consent }
  /** Nobody has asked the taxpayer for it: that is a beginning, and no refusal. */
  | { readonly is: "NOT_ASKED_FOR" }
  | { readonly is: "REFUSED"; readonly fault: Fault };

/**
 * Whether the taxpayer's consent lets this be read at this moment. What needs no login needs no consent either; but once
 * a taxpayer's consent has lapsed or been withdrawn, nothing more about them is read, whoever could tell it.
 */
export function permissionFor(question: Question, nowMs: number): Permission {
  const { taxpayer, document, incomeYear } = question;
  // An erased taxpayer has nothing to be read; that is told in its own words.
  if (taxpayer.erased) return { is: "GRANTED" };
  if (document === "COMPLIANCE") {
    const lapse = lapseOfAll(taxpayer.consents, nowMs);
    return lapse ? { is: "REFUSED", fault: lapse } : { is: "GRANTED" };
  }
  const consent = consentFor(taxpayer.consents, { document, incomeYear }, nowMs);
  if (!(consent instanceof Fault)) return { is: "GRANTED", consent };
  return isNew(question, consent, nowMs) ? { is: "NOT_ASKED_FOR" } : { is: "REFUSED", fault: consent };
}

/** A document that no consent names, and of which nothing is held, needs a consent of its own. */
function isNew({ taxpayer, document }: Question, { code }: Fault, nowMs: number): boolean {
  if (code === "CONSENT_REQUIRED") return true;
  if (code !== "CONSENT_EXCEEDED" || taxpayer.answers.some((kept) => kept.document === document)) return false;
  const holding = taxpayer.consents.filter((consent) => lapseOf(consent, nowMs) === undefined);
  return !holding.some(({ documents }) => documents.includes(document));
}

/** A question that is answered without asking anybody. */
export interface Settled {
  readonly told: Told;
  readonly isHeld: boolean;
}

/** Somebody is to be asked. */
interface MustAsk {
  readonly told: undefined;
  readonly provider: Provider;
  readonly client: PanClient;
}

/** It is allowed and not held: a login that is open may bring it. */
interface MayBring {
  readonly told: undefined;
  /** What is told where none does. */
  readonly orElse: Settled;
}

export type Settle = (question: Question, nowMs: number) => Settled | MustAsk | MayBring;

/** Answers from what is held and allowed, or says who is to be asked, or why there is nothing to be had. */
export function createSettle(connected: readonly ConnectedProvider[]): Settle {
  const sourceOf = memoize((document: DocumentKind) => {
    const source = chooseProvider(connected, document);
    if (source === undefined) throw new Fault("INTERNAL", { note: `nobody carries ${document}` });
    return source;
  });

  /** The provider that would bring it, if the taxpayer logged in: it is the same for everybody. */
  const notConnected = memoize((document: DocumentKind): Settled => {
    const { provider, client } = sourceOf(document);
    return client === undefined
      ? refused(document, new Fault("PROVIDER_NOT_CONFIGURED", { provider: provider.id }))
      : { told: [{ outcome: "NOT_CONNECTED", provider: provider.id }], isHeld: false };
  });

  function refused(document: DocumentKind, fault: Fault): Settled {
    return { told: [failed(sourceOf(document).provider.id, fault)], isHeld: false };
  }

  const longestLoginMs = Math.max(0, ...connected.map(({ provider }) => provider.loginTerms?.lifeMs ?? 0));

  /** A login is opened with a consent of its own. So it need not be looked for where all of those are older than any login. */
  function mayHaveLogin({ consents }: KeptTaxpayer, nowMs: number): boolean {
    return consents.some(
      (consent) => nowMs - consent.grantedAtMs < longestLoginMs && lapseOf(consent, nowMs) === undefined,
    );
  }

  return (question, nowMs) => {
    const { taxpayer, document } = question;
    const permission = permissionFor(question, nowMs);
    if (permission.is === "NOT_ASKED_FOR") return notConnected(document);
    if (permission.is === "REFUSED") return refused(document, permission.fault);
    if (taxpayer.erased) return refused(document, new Fault("ERASED"));
    const { provider, client } = sourceOf(document);
    const held = heldAnswersTo(question, provider.login === "NONE" ? provider.id : undefined, nowMs);
    if (held.length > 0) return { told: held, isHeld: true };
    if (client?.needs === "PAN") return { told: undefined, provider, client };
    const orElse = notConnected(document);
    return mayHaveLogin(taxpayer, nowMs) ? { told: undefined, orElse } : orElse;
  };
}
