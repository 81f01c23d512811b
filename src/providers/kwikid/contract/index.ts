import { cutPersonalNumbers } from "../../../department";
import { Secret } from "../../../kernel";
import type { UpstreamReply } from "../../provider";
import { asObject, providerFault, readJsonObject, textOf, type JsonObject } from "../../replies";
import { requirePanOrMask } from "../../replySubject";
import { fitsHeader } from "../credentials";
import { faultOfRefusal, faultOfWords, soundsLikeFailure, soundsLikeTrouble } from "./refusals";
import { readSummary, type Summary } from "./summary";

type CountUnknown = (count: number) => void;

/** `itr_data` is documented as an object and nothing more. An empty one means that there is no filing. */
export type ItrData =
  | { readonly says: "NO_FILING" }
  /** The Department's own file of the return. */
  | { readonly says: "RETURN_FILE"; readonly file: JsonObject }
  | { readonly says: "SUMMARY"; readonly summary: Summary };

/** What the vendor says of a PAN and an Aadhaar number. */
export interface LinkStatus {
  readonly linked: boolean;
  readonly message: string | undefined;
}

/** No page says where the access token comes from: these are the places where it may plausibly stand. */
const tokenHeader = "accesstoken";
const tokenMembers = ["AccessToken", "accessToken", "access_token", "itr_access_token"];

/** An OTP is on its way; the access token is in the reply, or the caller will have to bring it. */
export function readOtpSent(reply: UpstreamReply, count: CountUnknown): Secret | undefined {
  const body = bodyOf(reply);
  const otpStatus = textOf(body.otp_status);
  if (otpStatus === undefined) throw faultOfWords(body) ?? badResponse("no otp_status");
  if (soundsLikeFailure(otpStatus)) {
    throw faultOfWords(body) ?? providerFault("KWIKID", "OTP_NOT_SENT", "otp_status tells of a failure");
  }
  count(strangers(body, ["otp_status", ...tokenMembers]));
  const token = [reply.headers[tokenHeader], ...tokenMembers.map((name) => body[name])]
    .filter((value) => typeof value === "string")
    .find(fitsHeader);
  return token === undefined ? undefined : new Secret(token);
}

export function readItrData(reply: UpstreamReply, count: CountUnknown): ItrData {
  const body = cut(bodyOf(reply));
  count(strangers(body, ["itr_data"]));
  const itrData = asObject(body.itr_data);
  if (itrData === undefined || Object.keys(itrData).length === 0) {
    // Nothing may also be what stands beside a failure that came with HTTP 200.
    const failure = faultOfWords(body);
    if (failure) throw failure;
    if (itrData === undefined) throw badResponse("itr_data is no object");
    if (soundsLikeTrouble(body)) throw badResponse("no itr_data, beside words of trouble");
    return { says: "NO_FILING" };
  }
  if ("ITR" in itrData) return { says: "RETURN_FILE", file: itrData };
  const { summary, unknown } = readSummary(itrData);
  count(unknown);
  return { says: "SUMMARY", summary };
}

/** `status` is an object without documented members. */
export function readLoggedOut(reply: UpstreamReply, count: CountUnknown): void {
  const body = bodyOf(reply);
  if (asObject(body.status) === undefined) throw faultOfWords(body) ?? badResponse("no status");
  count(strangers(body, ["status"]));
}

/** A link that could not be looked up is none that is missing: "linked" is false for both, and the words differ. */
export function readLinkStatus(reply: UpstreamReply, pan: string, count: CountUnknown): LinkStatus {
  const body = cut(bodyOf(reply));
  const result = asObject(body.result);
  if (typeof result?.linked !== "boolean") throw faultOfWords(body) ?? badResponse("no verdict on the link");
  requirePanOrMask("KWIKID", pan, body.pan, result.pan);
  if (!result.linked && soundsLikeTrouble(result)) {
    throw faultOfWords(result) ?? badResponse("the link could not be looked up");
  }
  count(strangers(body, ["requestid", "result"]) + strangers(result, ["linked", "message"]));
  return { linked: result.linked, message: textOf(result.message) };
}

function bodyOf(reply: UpstreamReply): JsonObject {
  if (reply.status === 200) return readJsonObject("KWIKID", reply);
  throw faultOfRefusal(reply, refusalBody(reply));
}

/** An error page is no JSON, and its status says enough. */
function refusalBody(reply: UpstreamReply): JsonObject | undefined {
  try {
    return readJsonObject("KWIKID", reply);
  } catch {
    return undefined;
  }
}

/** Full Aadhaar and account numbers end here, wherever they stand. */
function cut(body: JsonObject): JsonObject {
  return asObject(cutPersonalNumbers(body)) ?? {};
}

function strangers(object: JsonObject, known: readonly string[]): number {
  return Object.keys(object).filter((name) => !known.includes(name)).length;
}

function badResponse(note: string): Error {
  return providerFault("KWIKID", "PROVIDER_BAD_RESPONSE", note);
}
