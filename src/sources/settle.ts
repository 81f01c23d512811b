import { failed, type DocumentKind } from "../domain/answer";
import { lapseOf } from "../domain/consent";
import { Fault } from "../kernel/fault";
import { remembered } from "../kernel/memoize";
import type { ConnectedProvider, PanClient, Provider } from "../providers/provider";
import { heldAnswersTo } from "./heldAnswers";
import { permissionFor } from "./permission";
import { chooseProvider } from "./chooseProvider";
import type { Question, Told } from "./question";
import type { KeptTaxpayer } from "./taxpayerStore";

/** A question that is answered without asking anybody. */
export interface Settled {
  readonly told: Told;
  readonly isHeld: boolean;
}

/** Somebody is to be asked. */
export interface MustAsk {
  readonly told: undefined;
  readonly provider: Provider;
  readonly client: PanClient;
}

/** It is allowed and not held: a login that is open may bring it. */
export interface MayBring {
  readonly told: undefined;
  /** What is told where none does. */
  readonly orElse: Settled;
}

export type Settle = (question: Question, nowMs: number) => Settled | MustAsk | MayBring;

/** Answers from what is held and allowed, or says who is to be asked, or why there is nothing to be had. */
export function createSettle(connected: readonly ConnectedProvider[]): Settle {
  const sourceOf = remembered((document: DocumentKind) => {
    const source = chooseProvider(connected, document);
    if (source === undefined) throw new Fault("INTERNAL", { note: `nobody carries ${document}` });
    return source;
  });

  /** The provider that would bring it, if the taxpayer logged in: it is the same for everybody. */
  const notConnected = remembered((document: DocumentKind): Settled => {
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
