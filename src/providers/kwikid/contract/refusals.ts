import { Fault, type FaultCode } from "../../../kernel";
import type { UpstreamReply } from "../../provider";
import { asObject, faultOfStatus, providerFault, textOf, type JsonObject } from "../../replies";

/** The vendor publishes no codes, so its words decide. The first match wins. */
const codeByWords: readonly (readonly [RegExp, FaultCode])[] = [
  [/access ?token|session (has |is )?(expired|ended|invalid|not found|not active)/, "SESSION_EXPIRED"],
  [/\b(invalid|expired|no active) session\b/, "SESSION_EXPIRED"],
  [/rate limit|too many requests/, "PROVIDER_RATE_LIMITED"],
  [/\botp (has |is |was )?expired|\bexpired otp\b/, "OTP_EXPIRED"],
  // The account stays open. Only this one-time password is spent.
  [/\botp (attempts|tries|retries) (exceeded|exhausted)|\b(too many|maximum) (invalid |wrong )?otp\b/, "OTP_EXPIRED"],
  [/\botp .*\bnot (be )?(sent|generated|delivered)\b|\botp (sending |generation |delivery )?failed\b/, "OTP_NOT_SENT"],
  [/\b(unable to|failed to|cannot|could not) (send|generate|deliver) (the |an )?otp\b/, "OTP_NOT_SENT"],
  [/\b(invalid|incorrect|wrong) otp\b|\botp (is |was )?(invalid|incorrect|wrong)|\botp .*not match/, "OTP_INVALID"],
  [/\b(b?locked|vault|higher security)\b|\btoo many (failed )?(login )?attempts\b/, "ACCOUNT_LOCKED"],
  [/\b(invalid|incorrect|wrong) (login )?(credentials?|password)\b/, "INVALID_CREDENTIALS"],
  [/\bpassword (is |was )?(invalid|incorrect|wrong)|\bpassword .*not match/, "INVALID_CREDENTIALS"],
  [/\b(pan|user) (is |does )?not (found|registered|exist)/, "PAN_NOT_FOUND"],
  [
    /\b(portal|source|e-?filing)\b.*\b(down|unavailable|not (responding|reachable|available)|timed out|busy)\b/,
    "PORTAL_UNAVAILABLE",
  ],
  [/\bunder maintenance\b/, "PORTAL_UNAVAILABLE"],
];
const panRefused = /\binvalid pan\b/;

/** A 401 with these words is about the taxpayer, and not about our own token. */
const aboutTheTaxpayer = /access ?token|\bsession\b|\botp\b|\bpassword\b/;

/** No message is longer. The rest of a longer text is not searched. */
const mostWords = 500;

/** The fault of a refusal. 400 and 401 have `detail` and `message`, 500 has `error`. */
export function faultOfRefusal(reply: UpstreamReply, body: JsonObject | undefined): Fault {
  const { status } = reply;
  const ofStatus = faultOfStatus("KWIKID", reply);
  if (ofStatus && status < 500) return ofStatus;
  const isOurs = (status === 401 || status === 403) && !aboutTheTaxpayer.test(wordsOf(body));
  const ofWords = isOurs ? undefined : faultOfWords(body);
  if (ofWords) return ofWords;
  if (status === 401 || status === 403) return providerFault("KWIKID", "PROVIDER_REJECTED_US", `HTTP ${status}`);
  return ofStatus ?? providerFault("KWIKID", "PROVIDER_BAD_RESPONSE", `not in the contract: HTTP ${status}`);
}

/** The failure that a body names, with any HTTP status. */
export function faultOfWords(body: JsonObject | undefined): Fault | undefined {
  const words = wordsOf(body);
  const code = codeByWords.find(([pattern]) => pattern.test(words))?.[1];
  if (code !== undefined) return new Fault(code, { provider: "KWIKID" });
  const fields = Object.keys(asObject(body?.detail) ?? {});
  if (fields.some((field) => /^aadha+r$/i.test(field))) {
    return new Fault("BAD_INPUT", { provider: "KWIKID", field: "aadhaar" });
  }
  if (!panRefused.test(words) && !fields.includes("pan")) return undefined;
  return new Fault("BAD_INPUT", { provider: "KWIKID", field: "pan", hint: "KwikID says that this is no PAN." });
}

/** `otp_status` is free text, and may report that no OTP was sent. */
export function soundsLikeFailure(otpStatus: string): boolean {
  const trouble =
    /\b(not (be )?(sent|generated|delivered)|unable|cannot|fail\w*|error|invalid|denied|b?locked|exceeded)\b/;
  return trouble.test(plainWords(otpStatus));
}

/** With these words an empty answer is no absence. The vendor publishes no such list. */
export function soundsLikeTrouble(body: JsonObject): boolean {
  const words = wordsOf(body);
  return soundsLikeFailure(words) || /\b(process(ing)?|in progress|pending|try again|timed? ?out|down)\b/.test(words);
}

function wordsOf(body: JsonObject | undefined): string {
  const reasons = Object.values(asObject(body?.detail) ?? {});
  return [body?.message, body?.error, body?.msg, body?.status, body?.otp_status, body?.detail, ...reasons.slice(0, 10)]
    .map((value) => plainWords(textOf(value) ?? ""))
    .join(". ")
    .slice(0, mostWords);
}

/** "OTP_NOT_SENT" is three words. */
function plainWords(text: string): string {
  return text
    .slice(0, mostWords)
    .replace(/[_\s]+/g, " ")
    .toLowerCase();
}
