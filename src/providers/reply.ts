import type { ProviderId } from "../domain/answer";
import { Fault, type FaultCode } from "../kernel/fault";
import type { UpstreamReply } from "./provider";

/** What all contracts do alike: read JSON, and say which failures need no vendor's words to be understood. */
export type JsonObject = Readonly<Record<string, unknown>>;

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
  return status >= 500 ? providerFault(provider, "PROVIDER_UNAVAILABLE", `HTTP ${status}`) : undefined;
}

/** The note is for our log: it tells the place or a code, and never what was sent. */
export function providerFault(provider: ProviderId, code: FaultCode, note: string): Fault {
  return new Fault(code, { provider, note });
}

export function asObject(value: unknown): JsonObject | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as JsonObject) : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Vendors print nothing as "", as null, and as the word "null". */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return undefined;
  const trimmed = text.trim();
  return trimmed === "" || trimmed === "null" ? undefined : trimmed;
}
