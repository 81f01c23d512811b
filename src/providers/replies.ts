import {
  UnreadableAmount,
  type ProviderId,
  absent,
  failed,
  found,
  type Answer,
  type Provenance,
  type IncomeYear,
} from "../domain";
import { Fault, type FaultCode, asObject, type JsonObject } from "../kernel";
import type { UpstreamReply } from "./provider";

export { asList, asObject, textOf, type JsonObject } from "../kernel";

/** What all contracts do alike: read JSON, and say which failures need no vendor's words to be understood. */
export function readJsonObject(provider: ProviderId, reply: UpstreamReply): JsonObject {
  let json: unknown;
  try {
    json = JSON.parse(reply.text);
  } catch {
    throw providerFault(provider, "PROVIDER_BAD_RESPONSE", "not JSON");
  }
  const object = asObject(json);
  if (object === undefined) throw providerFault(provider, "PROVIDER_BAD_RESPONSE", "not a JSON object");
  return object;
}

/** Longer than any limit by the minute. A vendor that names a day would keep its callers from ever looking again. */
const longestRetryAfterSeconds = 3_600;

/** The fault of a status that means the same at every vendor; undefined where the contract must look further. */
export function faultOfStatus(provider: ProviderId, { status, headers }: UpstreamReply): Fault | undefined {
  if (status === 429) {
    const told = /^\d{1,9}$/.exec(String(headers["retry-after"]))?.[0];
    const seconds = Math.min(Number(told ?? 0), longestRetryAfterSeconds);
    return new Fault("PROVIDER_RATE_LIMITED", { provider, ...(seconds > 0 && { retryAfterSeconds: seconds }) });
  }
  // A redirect is never followed: it would carry the taxpayer's data, and our keys, to wherever it points.
  if (status >= 300 && status < 400) return providerFault(provider, "PROVIDER_BAD_RESPONSE", `HTTP ${status}`);
  return status >= 500 ? providerFault(provider, "PROVIDER_UNAVAILABLE", `HTTP ${status}`) : undefined;
}

/** The note is for our log: it tells the place or a code, and never what was sent. */
export function providerFault(provider: ProviderId, code: FaultCode, note: string): Fault {
  return new Fault(code, { provider, note });
}

/** A reply that breaks the contract. */
export function badResponse(provider: ProviderId, note: string): Fault {
  return providerFault(provider, "PROVIDER_BAD_RESPONSE", note);
}

/** What could be read of a vendor's list, and whether that is all of it. */
export interface Listing<T> {
  readonly entries: readonly T[];
  readonly isWhole: boolean;
}

/** Reads each entry by itself, so that a malformed one takes no neighbour with it. An entry with an unreadable amount is malformed. */
export function readListing<T>(list: unknown, read: (entry: JsonObject) => T | undefined): Listing<T> {
  if (!Array.isArray(list)) return { entries: [], isWhole: false };
  const entries = list
    .map((entry) => {
      const object = asObject(entry);
      return object && readableOf(() => read(object));
    })
    .filter((entry) => entry !== undefined);
  return { entries, isWhole: entries.length === list.length };
}

/** Undefined when a cell for an amount holds something else. */
export function readableOf<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof UnreadableAmount) return undefined;
    throw thrown;
  }
}

export function ofYear<T extends { readonly incomeYear: IncomeYear }>(
  { entries, isWhole }: Listing<T>,
  year: IncomeYear,
): Listing<T> {
  return { entries: entries.filter(({ incomeYear }) => incomeYear === year), isWhole };
}

/** An entry that could not be read may be the very one asked for, so that its loss must not pass for an absence. */
export function listingAnswer<T>({ entries, isWhole }: Listing<T>, provenance: Provenance): Answer<readonly T[]> {
  if (entries.length > 0) return found(entries, provenance);
  if (isWhole) return absent(provenance);
  const { provider } = provenance;
  return failed(provider, providerFault(provider, "PROVIDER_BAD_RESPONSE", "a list could not be read"));
}

/** The fields that a contract knows, level by level: `true` where it looks no further. A list is told by its entries. */
export interface KnownFields {
  readonly [name: string]: true | KnownFields;
}

/** How many fields are none of those: a vendor whose count rises has changed its contract. */
export function countUnknown(value: unknown, known: KnownFields): number {
  const objects = Array.isArray(value) ? value.map(asObject) : [asObject(value)];
  let unknownFields = 0;
  for (const object of objects) {
    for (const [name, member] of Object.entries(object ?? {})) {
      const below = Object.hasOwn(known, name) ? known[name] : undefined;
      if (below === undefined) unknownFields += 1;
      else if (below !== true) unknownFields += countUnknown(member, below);
    }
  }
  return unknownFields;
}

/** The first that fits wins: "Incorrect credentials … Please try again" is about the credentials. */
const codeByWords: readonly (readonly [RegExp, FaultCode])[] = [
  [/\b(incorrect|invalid|wrong|bad)\b.*\b(credentials?|passwords?)\b/i, "INVALID_CREDENTIALS"],
  [/\b(credentials?|password)\b.*\b(incorrect|invalid|wrong|not match|mismatch)/i, "INVALID_CREDENTIALS"],
  [/\bb?lock(ed|[- ]?out)?\b/i, "ACCOUNT_LOCKED"],
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

const nothingFound =
  /\bno (itr|ais|(income )?tax)? ?(data|records?|returns?|forms?)? ?(is |are |was |were )?(found|available|filed)\b/i;
const soundsUnfinished =
  /\b(error|unable|cannot|could ?n[o']t|can't|fetch\w*|incomplete|interrupt\w*|abort\w*|expired|log(ged)? ?(in|out)|otp|yet|pending|process(ing)?|progress)\b/i;

/**
 * Whether a refusal says that there is nothing on record. A failure's words come first: "no data" is also what a vendor
 * says when it was not let in, and that is no absence.
 */
export function saysNoneOnRecord(provider: ProviderId, message: string): boolean {
  const words = message.slice(0, mostWords);
  if (faultOfPortalWords(provider, words) !== undefined || soundsUnfinished.test(words)) return false;
  return nothingFound.test(words);
}

/** What a vendor's words about a failed login come to; undefined where they say nothing that we understand. */
export function faultOfPortalWords(provider: ProviderId, message: string): Fault | undefined {
  const words = message.slice(0, mostWords);
  if (vaultWords.test(words)) {
    return new Fault("ACCOUNT_LOCKED", { provider, hint: "Only net banking or a digital signature opens it." });
  }
  const code = codeByWords.find(([pattern]) => pattern.test(words))?.[1];
  return code && new Fault(code, { provider });
}
