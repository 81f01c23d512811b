import type { UpstreamReply } from "../../../src/providers/provider";

/** Bodies as the vendor documents them: its schemas print "string" and {} for whatever they leave open. */
export const documented = {
  otpSent: { otp_status: "string" },
  nothing: { itr_data: {} },
  loggedOut: { status: {} },
  linked: { requestid: "string", result: { linked: true, message: "string" } },
  validationError: { detail: {}, message: "string" },
  serverError: { error: "string" },
  rateLimited: { status: 429, message: "Rate limit exceeded" },
};

/** A flat summary in one of its plausible spellings. */
export const flatSummary = {
  PAN: "ZZZPA1234C",
  Name: "ASHA PATIL",
  dob: "14/05/1988",
  aadhaar_number: "234567890124",
  assessment_year: "2025-26",
  itrType: "ITR-1",
  acknowledgement_no: "123456789100725",
  filing_section: "139(1)",
  filing_date: "10-Jul-2025",
  status: "Processed with refund due",
  tax_regime: "New Tax Regime",
  income_from_salary: "₹ 9,00,000",
  "Other Sources": 12345,
  gross_total_income: "9,12,345.00",
  total_income: 912350,
  tds: "54000",
  refund_amount: "1,200",
  bank_account_number: "00501234567890",
  bank_name: "Invented Bank",
};

export function reply(body: unknown, status = 200, headers: UpstreamReply["headers"] = {}): UpstreamReply {
  return { status, headers, text: typeof body === "string" ? body : JSON.stringify(body) };
}
