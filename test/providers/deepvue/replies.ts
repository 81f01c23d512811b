import type { UpstreamReply } from "../../../src/providers/provider";

/** Bodies as the vendor documents them, word for word. */
export const documented = {
  token: { access_token: "a.b.c", token_type: "bearer", expiry: "2025-04-30T23:59:59Z" },
  noReturns: { client_id: "itr_qkgtvIwLcuooWhtrFFbK", pan_no: "EGDPK2567K", filed_itrs: "null" },
  itrDetails: {
    gender: "null",
    name: "null",
    fathers_name: "null",
    email: "null",
    pincode: "null",
    aadhaar_no: "null",
    mobile_no: "null",
    address: "null",
    income: "null",
    gross_income: "null",
    itr_type: "null",
    dob: "null",
    doi: "null",
    raw_itr: "null",
  },
  taxCredits: {
    assessment_year: null,
    tds_data: [
      {
        sr_no: null,
        name_of_deductor: null,
        total_amount_paid: null,
        total_tax_deducted: null,
        total_tds_deposited: null,
        tan_of_deductor: null,
        section: null,
        transaction_date: null,
        status_of_booking: null,
        date_of_booking: null,
        remarks: null,
        amount_paid: null,
        tax_deducted: null,
        tds_deposited: null,
      },
    ],
  },
  informationFile: {
    itr_client_id: "itr_qkgtvIwLcuooWhtrFFbK",
    pan_no: "EGDPK2567K",
    ais_file: "https://aadhaar-kyc-docs.s3.amazonaws.com/itr/...",
    file_type: "json",
    status: "completed",
    financial_year: "2020-21",
  },
  shortPassword: {
    error: "Unprocessable Entity",
    message: "The request was well-formed but contains semantic errors",
    code: 422,
    details: [{ field: "password", message: "Password must be at least 8 characters long" }],
  },
  serverError: {
    error: "Internal Server Error",
    message: "An unexpected error occurred on the server",
    code: 500,
    requestId: "req_1234567890",
  },
} as const;

/** The PAN of the vendor's own samples. */
export const documentedPan = "EGDPK2567K";

export function envelope(body: unknown, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    code: 200,
    timestamp: 1771592226614,
    transaction_id: "808f86a8-d792-ca72-8823-99c5c27dd6ad",
    sub_code: "SUCCESS",
    message: "done",
    data: body,
    ...changes,
  };
}

export function reply(body: unknown, status = 200, headers: UpstreamReply["headers"] = {}): UpstreamReply {
  return { status, headers, text: typeof body === "string" ? body : JSON.stringify(body) };
}
