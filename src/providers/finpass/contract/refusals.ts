import { Fault } from "../../../kernel";
import {
  badResponse,
  faultOfPortalWords,
  asObject,
  faultOfStatus,
  providerFault,
  readJsonObject,
  textOf,
  type JsonObject,
  saysNoneOnRecord,
} from "../../replies";
import type { UpstreamReply } from "../../provider";

/** The body of a success, or of a refusal with an expected code. Any other refusal is thrown. */
export function readBody(reply: UpstreamReply, expectedCodes: readonly string[] = []): JsonObject {
  const body = asObject(jsonOf(reply.text));
  const code = textOf(body?.error_code) ?? "";
  if (body?.success === true || (body?.success === false && expectedCodes.includes(code))) return body;
  throw (body?.success === false ? faultOfCode(code, body, reply) : undefined) ?? faultOfBareReply(reply);
}

export function saysJobUnknown(reply: UpstreamReply): boolean {
  return asObject(jsonOf(reply.text))?.error_code === "JOB_NOT_FOUND";
}

/** Only the words of a failed job show its reason. */
export function faultOfFailedJob(body: JsonObject): Fault {
  // The reason may be the password, and another attempt may lock the account, so the fault is final.
  const fault =
    faultOfPortalWords("FINPASS", wordsOf(body)) ??
    badResponse("FINPASS", "a job failed for a reason that is not in the contract");
  return new Fault(fault.code, { ...fault.context, isFinal: true });
}

export function saysNoReturns(body: JsonObject): boolean {
  return saysNoneOnRecord("FINPASS", wordsOf(body));
}

/** The vendor publishes no HTTP status of a refusal, so the code decides where there is one. */
function faultOfCode(code: string, body: JsonObject, reply: UpstreamReply): Fault | undefined {
  // The vendor's page is cut after "INVALID_CREDE".
  if (code.startsWith("INVALID_CREDE")) return new Fault("INVALID_CREDENTIALS", { provider: "FINPASS" });
  switch (code) {
    case "INVALID_INPUT":
      return faultOfInput(wordsOf(body));
    case "UNAUTHORIZED":
    case "FORBIDDEN":
      return providerFault("FINPASS", "PROVIDER_REJECTED_US", code);
    case "JOB_NOT_FOUND":
      return new Fault("SESSION_EXPIRED", { provider: "FINPASS" });
    case "RATE_LIMITED":
      return faultOfStatus("FINPASS", { ...reply, status: 429 });
    case "INTERNAL_ERROR":
      return providerFault("FINPASS", "PROVIDER_UNAVAILABLE", code);
    default:
      return faultOfStatus("FINPASS", reply) ?? faultOfPortalWords("FINPASS", wordsOf(body));
  }
}

function faultOfInput(words: string): Fault {
  const field = /\bpan\b|\busername\b/i.test(words) ? "pan" : /\bpassword\b/i.test(words) ? "password" : undefined;
  return field === undefined
    ? badResponse("FINPASS", "it refuses a request that follows the contract")
    : new Fault("BAD_INPUT", { provider: "FINPASS", field });
}

/** The fault of a reply without a code. */
function faultOfBareReply(reply: UpstreamReply): Fault {
  const ofStatus = faultOfStatus("FINPASS", reply);
  if (ofStatus) return ofStatus;
  const { status } = reply;
  if (status === 401 || status === 403) return providerFault("FINPASS", "PROVIDER_REJECTED_US", `HTTP ${status}`);
  readJsonObject("FINPASS", reply);
  return badResponse("FINPASS", `not in the contract: HTTP ${status}`);
}

function wordsOf(body: JsonObject): string {
  const data = asObject(body.data);
  const texts = [body.error_code, body.message, data?.message, data?.error, data?.error_code, data?.error_message];
  return texts
    .map((text) => textOf(text)?.replaceAll("_", " "))
    .filter((text) => text !== undefined)
    .join(". ");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
