import { Fault } from "../../../kernel";
import {
  faultOfPortalWords,
  asList,
  asObject,
  faultOfStatus,
  providerFault,
  textOf,
  type JsonObject,
  saysNoneOnRecord,
} from "../../replies";
import type { UpstreamReply } from "../../provider";

/**
 * The fault of a refusal. Its body has one of four shapes: `detail` as a text, `detail` as a list with places, `error` with
 * `message` and `details` that name fields, or the same with a `requestId`. HTTP 200 may have such a body too.
 */
export function faultOfRefusal(reply: UpstreamReply, code: number, body: JsonObject | undefined): Fault {
  const words = wordsOf(body);
  const fields = fieldsOf(body);
  if (code === 503 && /source/i.test(words)) return providerFault("DEEPVUE", "PORTAL_UNAVAILABLE", `code ${code}`);
  const common = faultOfStatus("DEEPVUE", { ...reply, status: code });
  if (common) return common;
  if (/itr_client_id/i.test(words) || fields.includes("itr_client_id")) {
    return new Fault("SESSION_EXPIRED", { provider: "DEEPVUE" });
  }
  // The vendor refuses the form of the password, so it is a wrong password.
  if (fields.includes("password")) return new Fault("INVALID_CREDENTIALS", { provider: "DEEPVUE" });
  if (fields.includes("username") || /invalid pan\b/i.test(words)) {
    return new Fault("BAD_INPUT", { provider: "DEEPVUE", field: "pan", hint: "Deepvue says that this is no PAN." });
  }
  const ofPortal = faultOfPortalWords("DEEPVUE", words);
  if (ofPortal) return ofPortal;
  if (code === 401 || code === 403 || /\bclient_id\b/i.test(words)) {
    return providerFault("DEEPVUE", "PROVIDER_REJECTED_US", `code ${code}`);
  }
  return providerFault("DEEPVUE", "PROVIDER_BAD_RESPONSE", `not in the contract: code ${code}`);
}

/** Whether a refusal says that the source has no such statement. */
export function saysNoStatement(code: number, body: JsonObject | undefined): boolean {
  return (code === 404 || code === 422) && saysNoneOnRecord("DEEPVUE", wordsOf(body));
}

function wordsOf(body: JsonObject | undefined): string {
  const texts = [body?.detail, body?.message, body?.sub_code, ...placedMessages(body).map((each) => each.msg)];
  return texts
    .map(textOf)
    .filter((text) => text !== undefined)
    .join(" ");
}

function fieldsOf(body: JsonObject | undefined): readonly string[] {
  const placed = placedMessages(body).map((each) => textOf(asList(each.loc).at(-1)));
  const named = asList(body?.details).map((each) => textOf(asObject(each)?.field));
  return [...placed, ...named].filter((field) => field !== undefined);
}

function placedMessages(body: JsonObject | undefined): readonly JsonObject[] {
  return asList(body?.detail)
    .map(asObject)
    .filter((each) => each !== undefined);
}
