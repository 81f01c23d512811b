import type { UpstreamReply } from "../../../src/providers/provider";

/** Bodies as the vendor documents them, word for word. */
export const documented = {
  filed: {
    status: 0,
    response_status_id: 0,
    message: "ITR compliance check successful",
    response_type_id: 1388,
    data: {
      pan_number: "ABCDE1234F",
      itr_filed: true,
      assessment_year: "2024-25",
      compliance_status: "Compliant",
      filing_status: "Filed",
      filing_date: "2024-07-25",
      acknowledgement_number: "123456789012345",
    },
  },
  notFiled: {
    status: 0,
    response_status_id: 0,
    message: "ITR compliance check successful",
    response_type_id: 1388,
    data: {
      pan_number: "ABCDE1234F",
      itr_filed: false,
      assessment_year: "2024-25",
      compliance_status: "Non-Compliant",
      filing_status: "Not Filed",
    },
  },
  noRecord: {
    status: 1,
    response_status_id: 463,
    message: "No ITR record found for the provided PAN number",
    response_type_id: 1388,
    data: {},
  },
  badPan: { status: 1, response_status_id: 1, message: "Invalid PAN number format", response_type_id: 1388, data: {} },
  panMissing: {
    status: 1,
    response_status_id: -1,
    message: "Bad request: pan_number is required",
    response_type_id: 1388,
    data: {},
  },
  unauthorized: { status: 1, message: "Unauthorized: invalid secret-key or timestamp" },
  sourceDown: {
    status: 1,
    response_status_id: 1,
    message: "Source unavailable. Please try again.",
    response_type_id: 1388,
    data: {},
  },
} as const;

export function reply(body: unknown, status = 200, headers: UpstreamReply["headers"] = {}): UpstreamReply {
  return { status, headers, text: typeof body === "string" ? body : JSON.stringify(body) };
}
