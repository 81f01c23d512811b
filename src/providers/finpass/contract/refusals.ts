import { Fault } from "../../../kernel";
import {
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

/** The body of a success, or of a refusal that the caller said it understands by itself; any other refusal is thrown. */
export function readBody(reply: UpstreamReply, expectedCodes: readonly string[] = []): JsonObject {
  const body = asObject(jsonOf(reply.text));
  const code = textOf(body?.error_code) ?? "";
  if (body?.success === true || (body?.success === false && expectedCodes.includes(code))) return body;
  throw (body?.success === false ? faultOfCode(code, body, reply) : undefined) ?? faultOfBareReply(reply);
}

export function saysJobUnknown(reply: UpstreamReply): boolean {
  return asObject(jsonOf(reply.text))?.error_code === "JOB_NOT_FOUND";
}

/** The three reasons that the vendor names for a failed job are told apart by its words alone. */
export function faultOfFailedJob(body: JsonObject): Fault {
  // Without words it may have been the password, and another try may lock the account: so this is not said to pass.
  const fault =
    faultOfPortalWords("FINPASS", wordsOf(body)) ?? badResponse("a job failed for a reason not in the contract");
  return new Fault(fault.code, { ...fault.context, isFinal: true });
}

export function saysNoReturns(body: JsonObject): boolean {
  return saysNoneOnRecord("FINPASS", wordsOf(body));
}

/** The HTTP status of a refusal is published nowhere, so the code decides wherever there is one. */
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
    ? badResponse("it refuses what the contract asks for")
    : new Fault("BAD_INPUT", { provider: "FINPASS", field });
}

/** What a reply comes to that says nothing itself. */
function faultOfBareReply(reply: UpstreamReply): Fault {
  const ofStatus = faultOfStatus("FINPASS", reply);
  if (ofStatus) return ofStatus;
  const { status } = reply;
  if (status === 401 || status === 403) return providerFault("FINPASS", "PROVIDER_REJECTED_US", `HTTP ${status}`);
  readJsonObject("FINPASS", reply);
  return badResponse(`not in the contract: HTTP ${status}`);
}

function wordsOf(body: JsonObject): string {
  const told = asObject(body.data);
  const texts = [body.error_code, body.message, told?.message, told?.error, told?.error_code, told?.error_message];
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

function badResponse(note: string): Fault {
  return providerFault("FINPASS", "PROVIDER_BAD_RESPONSE", note);
}
