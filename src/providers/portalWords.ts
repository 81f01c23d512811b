import type { ProviderId } from "../domain/answer";
import { Fault, type FaultCode } from "../kernel/fault";

/** The first that fits wins: "Incorrect credentials … Please try again" is about the credentials. */
const codeByWords: readonly (readonly [RegExp, FaultCode])[] = [
  [/\b(incorrect|invalid|wrong|bad)\b.*\b(credentials?|passwords?)\b/i, "INVALID_CREDENTIALS"],
  [/\b(credentials?|password)\b.*\b(incorrect|invalid|wrong|not match|mismatch)/i, "INVALID_CREDENTIALS"],
  [/\block(ed|out)?\b/i, "ACCOUNT_LOCKED"],
  [/\b(pan|user( ?(id|name))?)\b.*\b(not (found|registered)|does ?n[o']t exist|unregistered)/i, "PAN_NOT_FOUND"],
  [
    /\b(source|portal|site|e-?filing)\b.*\b(un|not )available|\b(down|maintenance|timed? ?out)\b/i,
    "PORTAL_UNAVAILABLE",
  ],
  [/\b(try again|temporar(y|ily))\b/i, "PORTAL_UNAVAILABLE"],
];

/** Longer than any message; a longer text is not searched through. */
const mostWords = 500;

const vaultWords = /\b(e-?filing )?vault\b|higher security|digital signature|\bdsc\b|net ?banking/i;

/** What a vendor's words about a failed login come to; undefined where they say nothing that we understand. */
export function faultOfPortalWords(provider: ProviderId, message: string): Fault | undefined {
  const words = message.slice(0, mostWords);
  if (vaultWords.test(words)) {
    return new Fault("ACCOUNT_LOCKED", { provider, hint: "Only net banking or a digital signature opens it." });
  }
  const code = codeByWords.find(([pattern]) => pattern.test(words))?.[1];
  return code && new Fault(code, { provider });
}
