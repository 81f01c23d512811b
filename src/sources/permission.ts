import { consentFor, lapseOf, lapseOfAll, type Consent } from "../domain/consent";
import { Fault } from "../kernel/fault";
import type { Question } from "./question";

export type Permission =
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
