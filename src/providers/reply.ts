import type { ProviderId } from "../domain/answer";
import { Fault, type FaultCode } from "../kernel/fault";
import { asObject, type JsonObject } from "../kernel/json";
import type { UpstreamReply } from "./provider";

export { asList, asObject, textOf, type JsonObject } from "../kernel/json";

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

/** The fault of a status that means the same at every vendor; undefined where the contract must look further. */
export function faultOfStatus(provider: ProviderId, { status, headers }: UpstreamReply): Fault | undefined {
  if (status === 429) {
    const seconds = Number(headers["retry-after"]);
    const wait = Number.isInteger(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {};
    return new Fault("PROVIDER_RATE_LIMITED", { provider, ...wait });
  }
  // A redirect is never followed: it would carry the taxpayer's data, and our keys, to wherever it points.
  if (status >= 300 && status < 400) return providerFault(provider, "PROVIDER_BAD_RESPONSE", `HTTP ${status}`);
  return status >= 500 ? providerFault(provider, "PROVIDER_UNAVAILABLE", `HTTP ${status}`) : undefined;
}

/** The note is for our log: it tells the place or a code, and never what was sent. */
export function providerFault(provider: ProviderId, code: FaultCode, note: string): Fault {
  return new Fault(code, { provider, note });
}
