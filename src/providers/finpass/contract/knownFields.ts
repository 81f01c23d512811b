import type { KnownFields } from "../../replies";

function named(names: string): KnownFields {
  return Object.fromEntries(names.split(" ").map((name) => [name, true]));
}

const envelope = named("success status_code message error_code");

export const jobFields: KnownFields = {
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

/** The attached example. What the Department's own file holds is not the vendor's contract. */
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

export const recordsFields: KnownFields = { ...envelope, data: records };
export const filingsFields: KnownFields = { ...envelope, data: filings };
