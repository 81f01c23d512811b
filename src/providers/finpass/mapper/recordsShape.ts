import {
  readAmount,
  type Demand,
  returnFormFromLabel,
  type Filing,
  type FilingKind,
  filingSectionOf,
  type FilingStatus,
  readAcknowledgementNumber,
  type IncomeHeads,
  zeroRupees,
  incomeYearFromAssessmentYear,
} from "../../../domain";
import { readListing, type Listing, asObject, textOf, type JsonObject } from "../../replies";
import { dateOf, type Reported } from "./reported";

/** The shape of the documented table: one record for each assessment year, with the vendor's own figures. */
export function readRecordsShape(body: JsonObject): Reported {
  const filings = readListing(body.itr_records, (record) => toFiling(record, kindOfAll(body)));
  const name = textOf(body.name);
  return {
    profile: name === undefined ? undefined : { name, aadhaarLink: { linked: null } },
    aadhaarLink: undefined,
    filings,
    filesByYear: new Map(),
    taxCredits: undefined,
    demands: demandsOf(filings),
  };
}

/** The vendor has one word for all records. "Belated" above several records does not say which one is belated. */
function kindOfAll({ filing_status, itr_records }: JsonObject): FilingKind {
  const kind = filingSectionOf(textOf(filing_status) ?? "")?.kind ?? "OTHER";
  const isOfOne = Array.isArray(itr_records) && itr_records.length === 1;
  return kind === "ORIGINAL" || isOfOne ? kind : "OTHER";
}

function toFiling(record: JsonObject, kind: FilingKind): Filing | undefined {
  const incomeYear = incomeYearFromAssessmentYear(textOf(record.assessment_year) ?? "");
  if (incomeYear === undefined) return undefined;
  const refundAmount = readAmount(record.refund_amount);
  return {
    acknowledgementNumber: readAcknowledgementNumber(textOf(record.acknowledgement_number) ?? ""),
    incomeYear,
    form: returnFormFromLabel(textOf(record.itr_type) ?? ""),
    kind,
    filedOn: dateOf(record.filing_date),
    timeliness: "UNKNOWN",
    status: statusOf(record),
    statusHistory: [],
    regime: "UNKNOWN",
    incomeHeads: headsOf(asObject(record.income_heads)),
    grossTotalIncome: readAmount(record.gross_total_income),
    deductions: readAmount(record.total_deductions),
    totalIncome: readAmount(record.net_taxable_income),
    tax: {
      taxOnTotalIncome: null,
      rebate: null,
      surcharge: null,
      cess: null,
      grossTaxLiability: null,
      relief: null,
      netTaxLiability: null,
      interest: null,
      lateFilingFee: null,
      // The published records balance only if this amount includes interest.
      totalPayable: readAmount(record.tax_payable),
    },
    taxesPaid: {
      advanceTax: readAmount(record.advance_tax_paid),
      taxDeducted: readAmount(record.tds_amount),
      taxCollected: null,
      selfAssessmentTax: readAmount(record.self_assessment_tax),
      total: null,
      balancePayable: null,
    },
    refund: refundAmount === null ? undefined : { claimed: refundAmount },
    demand: readAmount(record.demand_amount),
    bankAccounts: [],
  };
}

/** The vendor reports no status. A demand, a refund or a filing date shows it. */
function statusOf(record: JsonObject): FilingStatus {
  if ((readAmount(record.demand_amount) ?? zeroRupees) > 0) return "DEMAND_RAISED";
  if (textOf(record.refund_status)?.toLowerCase() === "issued") return "REFUND_ISSUED";
  return dateOf(record.filing_date) === undefined ? "UNKNOWN" : "FILED";
}

function headsOf(heads: JsonObject | undefined): IncomeHeads | undefined {
  return (
    heads && {
      salary: readAmount(heads.salary),
      houseProperty: readAmount(heads.house_property),
      businessOrProfession: readAmount(heads.business_profession),
      capitalGains: readAmount(heads.capital_gains),
      otherSources: readAmount(heads.other_sources),
    }
  );
}

/** A demand of zero is none. A record without the amount may have a demand. */
function demandsOf({ entries, isWhole }: Listing<Filing>): Listing<Demand> {
  const owing = entries.filter(({ demand }) => demand !== null && demand > 0);
  return {
    entries: owing.map(({ incomeYear, demand }) => ({ incomeYear, amount: demand })),
    isWhole: isWhole && entries.every(({ demand }) => demand !== null),
  };
}
