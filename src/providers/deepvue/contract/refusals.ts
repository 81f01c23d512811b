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
 * The fault that a refusal comes to. Four shapes of body are known: `detail` as a text, `detail` as a list with places,
 * and `error` with `message`, either with `details` that name fields or with a `requestId`. A 200 may hold one as well.
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
  // A password of another form than the portal's cannot be the right one.
  if (fields.includes("password")) return new Fault("INVALID_CREDENTIALS", { provider: "DEEPVUE" });
  if (fields.includes("username") || /invalid pan\b/i.test(words)) {
    return new Fault("BAD_INPUT", { provider: "DEEPVUE", field: "pan", hint: "Deepvue says that this is no PAN." });
  }
  const portals = faultOfPortalWords("DEEPVUE", words);
  if (portals) return portals;
  if (code === 401 || code === 403 || /\bclient_id\b/i.test(words)) {
    return providerFault("DEEPVUE", "PROVIDER_REJECTED_US", `code ${code}`);
  }
  return providerFault("DEEPVUE", "PROVIDER_BAD_RESPONSE", `not in the contract: code ${code}`);
}

/** A statement that the source does not have, said as a refusal. */
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
