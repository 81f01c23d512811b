import { Fault, type FaultCode } from "../../kernel/fault";
import type { UpstreamReply } from "../provider";

/** What Eko may send about a PAN, once it is known to say something. */
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

/** Codes of the shared table that concern our own account: the older table calls them response_status_id, the newer status. */
const ourAccountCodes = [319, 346, 347, 945, 1297];
const noRecordCode = 463;

/** Judges a reply: either Eko says something about the PAN, or a registered fault says who failed. */
export function readCompliance(reply: UpstreamReply): ComplianceVerdict {
  judgeStatus(reply);
  const body = readJsonObject(reply.text);
  const code = body.status;
  if (typeof code !== "number") throw badResponse("no status member");
  if (code === 0) return { says: "ON_RECORD", data: readData(body.data) };
  const codes = [code, body.response_status_id];
  if (codes.includes(noRecordCode)) return { says: "NO_RECORD" };
  if (codes.some((each) => ourAccountCodes.includes(each as number))) throw fault("PROVIDER_REJECTED_US", noteOf(code));
  throw refusal(body, code);
}

/** The vendor's codes have four digits at most; a longer number may be somebody's, and stays out of our notes. */
function noteOf(code: number): string {
  return Math.abs(code) < 10_000 ? `code ${code}` : "a code that is none";
}

function judgeStatus(reply: UpstreamReply): void {
  const { status } = reply;
  if (status === 200 || status === 400) return;
  if (status === 401 || status === 403) throw fault("PROVIDER_REJECTED_US", `HTTP ${status}`);
  if (status === 429) throw rateLimited(reply);
  if (status >= 500) throw fault("PROVIDER_UNAVAILABLE", `HTTP ${status}`);
  throw badResponse(`HTTP ${status}`);
}

/** A wrong PAN and a source that is down share their codes: only the words tell them apart. */
function refusal(body: Record<string, unknown>, code: number): Fault {
  const message = typeof body.message === "string" ? body.message : "";
  if (/source unavailable|try again/i.test(message)) return fault("PORTAL_UNAVAILABLE", noteOf(code));
  const invalid = asObject(body.invalid_params) ?? asObject(body.invalid_parameters);
  const isAboutPan = invalid ? "pan_number" in invalid : /invalid pan/i.test(message);
  if (isAboutPan)
    return new Fault("BAD_INPUT", { provider: "EKO", field: "pan", hint: "Eko says that this is no PAN." });
  if (invalid && ("initiator_id" in invalid || "user_code" in invalid))
    return fault("PROVIDER_REJECTED_US", noteOf(code));
  return badResponse(`not in the contract: ${noteOf(code)}`);
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
    throw badResponse("a required member of data is missing");
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

function readJsonObject(text: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw badResponse("not JSON");
  }
  return asObject(json) ?? raise(badResponse("not a JSON object"));
}

function rateLimited(reply: UpstreamReply): Fault {
  const seconds = Number(reply.headers["retry-after"]);
  const retryAfterSeconds = Number.isInteger(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {};
  return new Fault("PROVIDER_RATE_LIMITED", { provider: "EKO", ...retryAfterSeconds });
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function badResponse(note: string): Fault {
  return fault("PROVIDER_BAD_RESPONSE", note);
}

function fault(code: FaultCode, note: string): Fault {
  return new Fault(code, { provider: "EKO", note });
}

function raise(thrown: Fault): never {
  throw thrown;
}
