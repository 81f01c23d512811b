import { Fault } from "../../kernel";
import {
  badResponse,
  countUnknown,
  type KnownFields,
  asObject,
  faultOfStatus,
  providerFault,
  readJsonObject,
  textOf,
  type JsonObject,
} from "../replies";
import type { UpstreamReply } from "../provider";

export const compliancePath = "/tools/kyc/touras/itr-compliance";

/** Eko's verdict on a PAN. */
export type ComplianceVerdict =
  { readonly says: "ON_RECORD"; readonly data: ComplianceData } | { readonly says: "NO_RECORD" };

export interface ComplianceData {
  readonly panNumber: string;
  readonly itrFiled: boolean;
  readonly complianceStatus: string;
  readonly filingStatus: string | undefined;
  /** An assessment year: the docs equate "2024-25" with the financial year 2023-24. */
  readonly assessmentYear: string | undefined;
  readonly filingDate: string | undefined;
  readonly acknowledgementNumber: string | undefined;
}

/** Codes about our own account. The older table calls them response_status_id, the newer one status. */
const ourAccountCodes = [319, 346, 347, 945, 1297];
const noRecordCode = 463;

const knownFields: KnownFields = {
  status: true,
  response_status_id: true,
  response_type_id: true,
  message: true,
  invalid_params: true,
  invalid_parameters: true,
  data: {
    pan_number: true,
    itr_filed: true,
    assessment_year: true,
    compliance_status: true,
    filing_status: true,
    filing_date: true,
    acknowledgement_number: true,
  },
};

/** Reads the verdict in a reply. A reply without one throws its fault. */
export function readCompliance(
  reply: UpstreamReply,
  countUnknownFields: (count: number) => void = () => undefined,
): ComplianceVerdict {
  judgeStatus(reply);
  const body = readJsonObject("EKO", reply);
  countUnknownFields(countUnknown(body, knownFields));
  const code = body.status;
  if (typeof code !== "number") throw badResponse("EKO", "no status member");
  if (code === 0) return { says: "ON_RECORD", data: readData(body.data) };
  const codes = [code, body.response_status_id];
  if (codes.includes(noRecordCode) && !saysSourceIsDown(body)) return { says: "NO_RECORD" };
  if (codes.some((each) => ourAccountCodes.includes(each as number))) throw fault("PROVIDER_REJECTED_US", noteOf(code));
  throw refusal(body, code);
}

/** The vendor's codes have at most four digits. A longer number may be personal, and stays out of the note. */
function noteOf(code: number): string {
  return Math.abs(code) < 10_000 ? `code ${code}` : "a code that is too long";
}

function judgeStatus(reply: UpstreamReply): void {
  const { status } = reply;
  const known = faultOfStatus("EKO", reply);
  if (known) throw known;
  if (status === 401 || status === 403) throw fault("PROVIDER_REJECTED_US", `HTTP ${status}`);
  if (status !== 200 && status !== 400) throw badResponse("EKO", `HTTP ${status}`);
}

/** A wrong PAN and a source that is down have the same codes. Only the words differ. */
function refusal(body: JsonObject, code: number): Fault {
  const message = textOf(body.message) ?? "";
  if (saysSourceIsDown(body)) return fault("PORTAL_UNAVAILABLE", noteOf(code));
  const invalid = asObject(body.invalid_params) ?? asObject(body.invalid_parameters);
  const isAboutPan = invalid ? "pan_number" in invalid : /invalid pan/i.test(message);
  if (isAboutPan) {
    return new Fault("BAD_INPUT", { provider: "EKO", field: "pan", hint: "Eko says that this is no PAN." });
  }
  const isAboutUs = invalid !== undefined && ("initiator_id" in invalid || "user_code" in invalid);
  if (isAboutUs) return fault("PROVIDER_REJECTED_US", noteOf(code));
  return badResponse("EKO", `not in the contract: ${noteOf(code)}`);
}

function saysSourceIsDown({ message }: JsonObject): boolean {
  return /source (is )?(currently |temporarily )?(un|not )available|try again/i.test(textOf(message) ?? "");
}

function readData(data: unknown): ComplianceData {
  const record = asObject(data);
  const panNumber = textOf(record?.pan_number);
  const complianceStatus = textOf(record?.compliance_status);
  const itrFiled = record?.itr_filed;
  if (
    record === undefined ||
    panNumber === undefined ||
    complianceStatus === undefined ||
    typeof itrFiled !== "boolean"
  ) {
    throw badResponse("EKO", "a required member of data is missing");
  }
  return {
    panNumber,
    itrFiled,
    complianceStatus,
    filingStatus: textOf(record.filing_status),
    assessmentYear: textOf(record.assessment_year),
    filingDate: textOf(record.filing_date),
    acknowledgementNumber: textOf(record.acknowledgement_number),
  };
}

function fault(code: Parameters<typeof providerFault>[1], note: string): Fault {
  return providerFault("EKO", code, note);
}
