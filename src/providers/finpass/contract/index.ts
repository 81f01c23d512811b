import { cutPersonalNumbers } from "../../../department";
import { type Pan } from "../../../domain";
import type { Fault } from "../../../kernel";
import { countUnknown, asList, asObject, providerFault, textOf, type JsonObject } from "../../replies";
import { requirePanOrMask, requireReturnOf } from "../../replySubject";
import type { UpstreamReply } from "../../provider";
import { filingsFields, jobFields, recordsFields } from "./knownFields";
import { faultOfFailedJob, readBody, saysNoReturns } from "./refusals";

type Count = (unknownFields: number) => void;

type JobState = "RUNNING" | "COMPLETED";

export interface Job {
  readonly id: string;
  readonly state: JobState;
}

/** The two published replies to the same question, and what is left when there is nothing to reply with. */
export type AnalyzedReturns =
  | { readonly shape: "RECORDS"; readonly told: JsonObject }
  | { readonly shape: "FILINGS"; readonly told: JsonObject }
  | { readonly shape: "NO_RETURNS" };

/** Judges a reply to `analyze` and to `status` alike: a wrong password shows in the second, as a job that failed. */
export function readJob(reply: UpstreamReply, pan: Pan, count: Count): Job {
  const body = readBody(reply);
  count(countUnknown(body, jobFields));
  const told = asObject(body.data) ?? {};
  const id = textOf(told.job_id);
  if (id === undefined) throw badResponse("no job");
  requirePanOrMask("FINPASS", pan, told.pan);
  const state = stateOf(told.status);
  if (state === undefined) throw badResponse("a job without a known status");
  if (state !== "FAILED") return { id, state };
  // Somebody without a return has been looked up all the same; the data call says so once more.
  if (saysNoReturns(body)) return { id, state: "COMPLETED" };
  throw faultOfFailedJob(body);
}

const stateByStatus: ReadonlyMap<string, JobState | "FAILED"> = new Map([
  ["initiated", "RUNNING"],
  ["processing", "RUNNING"],
  ["completed", "COMPLETED"],
  ["failed", "FAILED"],
]);

function stateOf(status: unknown): JobState | "FAILED" | undefined {
  return stateByStatus.get(textOf(status)?.toLowerCase() ?? "");
}

/** "NOT_YET" is the vendor's order to ask again later, and no fault of its own. */
export function readReturns(reply: UpstreamReply, pan: Pan, count: Count): AnalyzedReturns | "NOT_YET" {
  const body = readBody(reply, ["JOB_INCOMPLETE", "JOB_FAILED"]);
  if (body.success === false) {
    if (body.error_code === "JOB_INCOMPLETE") return "NOT_YET";
    if (saysNoReturns(body)) return { shape: "NO_RETURNS" };
    throw faultOfFailedJob(body);
  }
  const told = asObject(cutPersonalNumbers(asObject(body.data)));
  if (told === undefined) throw badResponse("no data");
  const state = textOf(told.status) === undefined ? "COMPLETED" : stateOf(told.status);
  // An empty list beside these is no absence: nothing has been read yet, or nothing could be.
  if (state === "RUNNING") return "NOT_YET";
  if (state === undefined) throw badResponse("data without a known status");
  if (state === "FAILED") {
    if (saysNoReturns(body)) return { shape: "NO_RETURNS" };
    throw faultOfFailedJob(body);
  }
  requirePanOrMask("FINPASS", pan, ...echoedPans(told));
  for (const filing of asList(told.filings)) requireReturnOf("FINPASS", asObject(filing)?.parsed_data, { pan });
  if (Array.isArray(told.itr_records)) {
    count(countUnknown(body, recordsFields));
    return { shape: "RECORDS", told };
  }
  if (Array.isArray(told.filings) || asObject(told.profile) !== undefined) {
    count(countUnknown(body, filingsFields));
    return { shape: "FILINGS", told };
  }
  throw badResponse("neither of the published shapes");
}

/** Every place in which a reply says whose it is, besides the files in it. `analyze` and `status` mask the PAN. */
function echoedPans(told: JsonObject): readonly unknown[] {
  const filings = asList(told.filings).map(asObject);
  return [
    told.pan,
    asObject(told.profile)?.pan,
    ...filings.map((filing) => asObject(asObject(filing?.analyzed_data)?.personal_info)?.pan),
  ];
}

function badResponse(note: string): Fault {
  return providerFault("FINPASS", "PROVIDER_BAD_RESPONSE", note);
}
