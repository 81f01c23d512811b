import { cutPersonalNumbers } from "../../../department";
import { Secret } from "../../../kernel";
import type { UpstreamReply } from "../../provider";
import { asObject, badResponse, providerFault, readJsonObject, textOf, type JsonObject } from "../../replies";
import { requirePanOrMask } from "../../replySubject";
import { faultOfRefusal, faultOfWords, soundsLikeFailure, soundsLikeTrouble } from "./refusals";
import { readSummary, type Summary } from "./summary";

export type { Summary, SummaryName } from "./summary";

/** The vendor's paths. */
export const paths = {
  getOtp: "/verification/v2/itr/get_otp",
  getData: "/verification/v2/itr/get_data",
  getDataOfYear: "/verification/v2/itr/get_data_by_assessment_year",
  logout: "/verification/v2/itr/logout",
  /** The spelling is the vendor's. */
  linkStatus: "/verification/v1/panaadharlinkstatus/uniqueaadhar",
} as const;

export const otpLifeMs = 10 * 60_000;

/** The reader of each reply. A reply that is no success throws its fault. */
export const readReply = {
  otpSent: readOtpSent,
  itrData: readItrData,
  loggedOut: readLoggedOut,
  linkStatus: readLinkStatus,
};

type CountUnknown = (count: number) => void;

/** The vendor documents `itr_data` as an object only. An empty one means no filing. */
export type ItrData =
  | { readonly says: "NO_FILING" }
  /** The Department's own file of the return. */
  | { readonly says: "RETURN_FILE"; readonly file: JsonObject }
  | { readonly says: "SUMMARY"; readonly summary: Summary };

/** The vendor's verdict on a PAN and an Aadhaar number. */
export interface LinkStatus {
  readonly linked: boolean;
  readonly message: string | undefined;
}

/** No page says where the access token comes from. These are the likely places. */
const tokenHeader = "accesstoken";
const tokenMembers = ["AccessToken", "accessToken", "access_token", "itr_access_token"];

/** The access token of a login whose OTP is sent. Undefined: the caller must send the token with the OTP. */
function readOtpSent(reply: UpstreamReply, count: CountUnknown): Secret | undefined {
  const body = bodyOf(reply);
  const otpStatus = textOf(body.otp_status);
  if (otpStatus === undefined) throw faultOfWords(body) ?? badResponse("KWIKID", "no otp_status");
  if (soundsLikeFailure(otpStatus)) {
    throw faultOfWords(body) ?? providerFault("KWIKID", "OTP_NOT_SENT", "otp_status reports a failure");
  }
  count(unknownIn(body, ["otp_status", ...tokenMembers]));
  const token = [reply.headers[tokenHeader], ...tokenMembers.map((name) => body[name])]
    .filter((value) => typeof value === "string")
    .find(fitsHeader);
  return token === undefined ? undefined : new Secret(token);
}

function readItrData(reply: UpstreamReply, count: CountUnknown): ItrData {
  const body = masked(bodyOf(reply));
  count(unknownIn(body, ["itr_data"]));
  const itrData = asObject(body.itr_data);
  if (itrData === undefined || Object.keys(itrData).length === 0) {
    // An empty object may come with a failure in HTTP 200.
    const failure = faultOfWords(body);
    if (failure) throw failure;
    if (itrData === undefined) throw badResponse("KWIKID", "itr_data is no object");
    if (soundsLikeTrouble(body)) throw badResponse("KWIKID", "no itr_data, and words of a failure");
    return { says: "NO_FILING" };
  }
  if ("ITR" in itrData) return { says: "RETURN_FILE", file: itrData };
  const { summary, unknown } = readSummary(itrData);
  count(unknown);
  return { says: "SUMMARY", summary };
}

/** `status` is an object without documented members. */
function readLoggedOut(reply: UpstreamReply, count: CountUnknown): void {
  const body = bodyOf(reply);
  if (asObject(body.status) === undefined) throw faultOfWords(body) ?? badResponse("KWIKID", "no status");
  count(unknownIn(body, ["status"]));
}

/** `linked` is false for a missing link and for a failed lookup. Only the words differ. */
function readLinkStatus(reply: UpstreamReply, pan: string, count: CountUnknown): LinkStatus {
  const body = masked(bodyOf(reply));
  const result = asObject(body.result);
  if (typeof result?.linked !== "boolean") throw faultOfWords(body) ?? badResponse("KWIKID", "no verdict on the link");
  requirePanOrMask("KWIKID", pan, body.pan, result.pan);
  if (!result.linked && soundsLikeTrouble(result)) {
    throw faultOfWords(result) ?? badResponse("KWIKID", "the lookup of the link failed");
  }
  count(unknownIn(body, ["requestid", "result"]) + unknownIn(result, ["linked", "message"]));
  return { linked: result.linked, message: textOf(result.message) };
}

function bodyOf(reply: UpstreamReply): JsonObject {
  if (reply.status === 200) return readJsonObject("KWIKID", reply);
  throw faultOfRefusal(reply, refusalBody(reply));
}

/** Undefined for an error page, which is no JSON. */
function refusalBody(reply: UpstreamReply): JsonObject | undefined {
  try {
    return readJsonObject("KWIKID", reply);
  } catch {
    return undefined;
  }
}

/** Masks Aadhaar and account numbers in all members. */
function masked(body: JsonObject): JsonObject {
  return asObject(cutPersonalNumbers(body)) ?? {};
}

function unknownIn(object: JsonObject, known: readonly string[]): number {
  return Object.keys(object).filter((name) => !known.includes(name)).length;
}

/** A header has visible ASCII only. Any other token would fail in our own HTTP client. */
export function fitsHeader(token: string): boolean {
  return /^[\x21-\x7e]{1,8192}$/.test(token);
}
