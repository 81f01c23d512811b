import { cutPersonalNumbers } from "../../../department";
import { type Pan } from "../../../domain";
import { badResponse, countUnknown, asList, asObject, textOf, type JsonObject, type KnownFields } from "../../replies";
import { requirePanOrMask, requireReturnOf } from "../../replySubject";
import type { UpstreamReply } from "../../provider";
import { faultOfFailedJob, readBody, saysNoReturns } from "./refusals";

export { saysJobUnknown } from "./refusals";

/** The path of all calls. */
export const analyzerPath = "/api/v1/itr-analyzer";

type CountUnknown = (unknownFields: number) => void;

type JobState = "RUNNING" | "COMPLETED";

export interface Job {
  readonly id: string;
  readonly state: JobState;
}

/** The two published shapes of a reply, and a reply without returns. */
export type AnalyzedReturns =
  | { readonly shape: "RECORDS"; readonly body: JsonObject }
  | { readonly shape: "FILINGS"; readonly body: JsonObject }
  | { readonly shape: "NO_RETURNS" };

/** Reads a reply to `analyze` or to `status`. A wrong password shows in the second, as a failed job. */
export function readJob(reply: UpstreamReply, pan: Pan, count: CountUnknown): Job {
  const body = readBody(reply);
  count(countUnknown(body, jobFields));
  const job = asObject(body.data) ?? {};
  const id = textOf(job.job_id);
  if (id === undefined) throw badResponse("FINPASS", "no job");
  requirePanOrMask("FINPASS", pan, job.pan);
  const state = stateOf(job.status);
  if (state === undefined) throw badResponse("FINPASS", "a job without a known status");
  if (state !== "FAILED") return { id, state };
  // A job without returns is complete. The data call reports the same.
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

/** "NOT_YET" means that the job is still running, and is no fault. */
export function readReturns(reply: UpstreamReply, pan: Pan, count: CountUnknown): AnalyzedReturns | "NOT_YET" {
  const body = readBody(reply, ["JOB_INCOMPLETE", "JOB_FAILED"]);
  if (body.success === false) {
    if (body.error_code === "JOB_INCOMPLETE") return "NOT_YET";
    if (saysNoReturns(body)) return { shape: "NO_RETURNS" };
    throw faultOfFailedJob(body);
  }
  const data = asObject(cutPersonalNumbers(asObject(body.data)));
  if (data === undefined) throw badResponse("FINPASS", "no data");
  const state = textOf(data.status) === undefined ? "COMPLETED" : stateOf(data.status);
  // In a running or failed job an empty list is no absence.
  if (state === "RUNNING") return "NOT_YET";
  if (state === undefined) throw badResponse("FINPASS", "data without a known status");
  if (state === "FAILED") {
    if (saysNoReturns(body)) return { shape: "NO_RETURNS" };
    throw faultOfFailedJob(body);
  }
  requirePanOrMask("FINPASS", pan, ...echoedPans(data));
  for (const filing of asList(data.filings)) requireReturnOf("FINPASS", asObject(filing)?.parsed_data, { pan });
  if (Array.isArray(data.itr_records)) {
    count(countUnknown(body, recordsFields));
    return { shape: "RECORDS", body: data };
  }
  if (Array.isArray(data.filings) || asObject(data.profile) !== undefined) {
    count(countUnknown(body, filingsFields));
    return { shape: "FILINGS", body: data };
  }
  throw badResponse("FINPASS", "neither of the published shapes");
}

/** The PANs of a reply, apart from its files. */
function echoedPans(data: JsonObject): readonly unknown[] {
  const filings = asList(data.filings).map(asObject);
  return [
    data.pan,
    asObject(data.profile)?.pan,
    ...filings.map((filing) => asObject(asObject(filing?.analyzed_data)?.personal_info)?.pan),
  ];
}

const envelope = named("success status_code message error_code");

const jobFields: KnownFields = {
  ...envelope,
  data: named("job_id status pan created_at updated_at"),
};

/** The documented table. */
const records: KnownFields = {
  ...named("job_id pan name filing_status"),
  itr_records: {
    ...named("assessment_year itr_type filing_date acknowledgement_number gross_total_income total_deductions"),
    ...named("net_taxable_income tax_payable tds_amount advance_tax_paid self_assessment_tax"),
    ...named("refund_amount demand_amount refund_status"),
    income_heads: named("salary house_property business_profession capital_gains other_sources"),
  },
};

/** The attached example. The Department's own file is not part of the vendor's contract. */
const filings: KnownFields = {
  ...named("doc_id job_id pan status"),
  profile: {
    ...named("pan name dob gender category status mobile email aadhaar_number aadhaar_status"),
    address: named("country door_number street pin_code zip_code locality post_office city state"),
    jurisdiction: named("area_code ao_type range_code ao_number jurisdiction building_name email_id ao_building_id"),
  },
  filings: {
    ...named("filing_year filing_date itr_form filing_type filing_section filled_by acknowledgement_no"),
    ...named("download_link parsed_data"),
    itr_status: named("status date"),
    analyzed_data: {
      form_type: true,
      personal_info: named("pan name dob status aadhaar mobile email address city pincode state_code"),
      filing_info: {
        ...named("assessment_year form_name form_version residential_status filing_due_date filing_section"),
        ...named("tax_regime is_partner_in_firm is_director_in_company held_unlisted_equity audit_required"),
      },
      income_summary: {
        ...named("salary house_property business_profession capital_gains other_sources"),
        ...named("gross_total_income deductions_chapter_via total_income aggregate_income"),
      },
      tax_computation: {
        ...named("tax_at_normal_rates tax_at_special_rates total_tax_on_income rebate_87a tax_after_rebate"),
        ...named("surcharge education_cess gross_tax_liability interest_234a total_interest net_tax_liability"),
        ...named("aggregate_liability tds_paid total_taxes_paid refund_due"),
        refund_bank_accounts: named("bank_name account_no ifsc account_type use_for_refund"),
      },
      verification: named("capacity name pan father_name place date"),
    },
  },
  tds_26as: named("financial_year deductor_name deductor_tan tds_amount certificate_no income_type"),
  outstanding_demands: named("assessment_year demand_amount demand_date section status"),
};

const recordsFields: KnownFields = { ...envelope, data: records };
const filingsFields: KnownFields = { ...envelope, data: filings };

function named(names: string): KnownFields {
  return Object.fromEntries(names.split(" ").map((name) => [name, true]));
}
