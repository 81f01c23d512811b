import { Fault } from "../../kernel";
import {
  badResponse,
  countUnknown,
  type KnownFields,
  readListing,
  type Listing,
  faultOfPortalWords,
  asObject,
  faultOfStatus,
  providerFault,
  readJsonObject,
  textOf,
  type JsonObject,
  saysNoneOnRecord,
} from "../replies";
import { requirePan } from "../replySubject";
import type { UpstreamReply } from "../provider";

export const verificationPath = "/services/business_profile/itr_verification";

/** The state of a verification. An immediate reply may have no reference. */
export type Verification =
  | { readonly state: "IN_PROGRESS"; readonly referenceId: string }
  | { readonly state: "COMPLETED"; readonly referenceId: string | undefined; readonly forms: Listing<VerifiedReturn> };

/** One ITR-V. None of these members can contain an Aadhaar or account number. */
export interface VerifiedReturn {
  /** A financial year: the published sample has "2024-2025" for a return filed on 30 June 2025. */
  readonly filingYear: string | undefined;
  readonly acknowledgementNumber: string | undefined;
  readonly filingType: string | undefined;
  readonly assessmentPdf: string | undefined;
}

const knownFields: KnownFields = {
  success: true,
  code: true,
  message: true,
  reference_id: true,
  status: true,
  result: {
    message: true,
    itr_result: {
      pan_number: true,
      filing_year: true,
      acknowledgement_number: true,
      filing_type: true,
      assessment_pdf: true,
    },
  },
  error: { message: true, field: true, code: true },
  requested_at: true,
  completed_at: true,
};

/** Reads a reply to the start or to the status. All three states come with HTTP 200, so `status` decides. */
export function readVerification(
  reply: UpstreamReply,
  pan: string,
  countUnknownFields: (count: number) => void,
): Verification {
  const ofStatus = faultOfStatus("TUTELAR", reply);
  if (ofStatus) throw ofStatus;
  if (reply.status === 401 || reply.status === 403) throw rejectedUs(`HTTP ${reply.status}`);
  const body = readJsonObject("TUTELAR", reply);
  countUnknownFields(countUnknown(body, knownFields));
  const referenceId = textOf(body.reference_id);
  switch (body.success === false ? undefined : body.status) {
    case "in_progress":
      if (referenceId === undefined) throw badResponse("TUTELAR", "no reference for the next call");
      return { state: "IN_PROGRESS", referenceId };
    case "completed":
      return { state: "COMPLETED", referenceId, forms: readForms(asObject(body.result), pan) };
    case "failed":
      if (saysNoneOnRecord("TUTELAR", wordsOf(body))) return { state: "COMPLETED", referenceId, forms: none };
      throw faultOfFailedJob(wordsOf(body));
    default:
      throw faultOfRefusal(reply, body);
  }
}

const none: Listing<VerifiedReturn> = { entries: [], isWhole: true };

/** A job with the state "failed" has ended, so its fault is final. */
function faultOfFailedJob(words: string): Fault {
  const fault =
    faultOfPortalWords("TUTELAR", words) ??
    badResponse("TUTELAR", "a job failed for a reason that is not in the contract");
  return new Fault(fault.code, { ...fault.context, isFinal: true });
}

function readForms(result: JsonObject | undefined, pan: string): Listing<VerifiedReturn> {
  // "1 year ITR V available in the last 3 years": an empty list beside these words is incomplete.
  const promised = Number(/^\s*(\d+) years?\b/i.exec(textOf(result?.message) ?? "")?.[1] ?? 0);
  const forms = listForms(result, pan);
  return { ...forms, isWhole: forms.isWhole && (promised === 0 || forms.entries.length > 0) };
}

function listForms(result: JsonObject | undefined, pan: string): Listing<VerifiedReturn> {
  return readListing(result?.itr_result, (form) => {
    requirePan("TUTELAR", pan, form.pan_number);
    return {
      filingYear: textOf(form.filing_year),
      acknowledgementNumber: textOf(form.acknowledgement_number),
      filingType: textOf(form.filing_type),
      assessmentPdf: textOf(form.assessment_pdf),
    };
  });
}

/** Tutelar's three fields, the texts of their refusals, and our names for them. */
const refusedFields = [
  { theirs: "user_name", text: "user name should not be empty", ours: "pan" },
  { theirs: "password", text: "password should not empty", ours: "password" },
  { theirs: "range", text: "range must be a number between 1 and 7", ours: "years" },
];

function faultOfRefusal({ status }: UpstreamReply, body: JsonObject): Fault {
  const words = wordsOf(body);
  const error = asObject(body.error);
  const refused = refusedFields.find(({ theirs, text }) => error?.field === theirs || words.toLowerCase() === text);
  if (refused) return new Fault("BAD_INPUT", { provider: "TUTELAR", field: refused.ours });
  if (body.code === 401 || error?.code === "UNAUTHORIZED") return rejectedUs("said so in the body");
  if (/reference id not found/i.test(words)) return new Fault("SESSION_EXPIRED", { provider: "TUTELAR" });
  return badResponse("TUTELAR", `not in the contract: HTTP ${status}`);
}

/** The words of the error. The words of the envelope are the same for every failure. */
function wordsOf(body: JsonObject): string {
  return textOf(asObject(body.error)?.message) ?? textOf(body.message) ?? "";
}

function rejectedUs(note: string): Fault {
  return providerFault("TUTELAR", "PROVIDER_REJECTED_US", note);
}
