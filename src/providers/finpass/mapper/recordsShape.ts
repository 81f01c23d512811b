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
import type { Reported } from "./told";
import { dateOf } from "./values";

/** The documented table: one record per assessment year, with what the vendor reckoned from the returns. */
export function readRecordsShape(told: JsonObject): Reported {
  const filings = readListing(told.itr_records, (record) => toFiling(record, kindOfAll(told)));
  const name = textOf(told.name);
  return {
    profile: name === undefined ? undefined : { name, aadhaarLink: { linked: null } },
    aadhaarLink: undefined,
    filings,
    filesByYear: new Map(),
    taxCredits: undefined,
    demands: demandsOf(filings),
  };
}

/** The vendor has one word for all records. "Belated" over several of them does not say which it is about. */
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
      // The published records balance with the taxes paid only if this is all that was payable, interest included.
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

/** The vendor tells no status, only what shows that a return has come this far. */
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

/** A demand of zero is none; where a record does not tell its demand, there may be one. */
function demandsOf({ entries, isWhole }: Listing<Filing>): Listing<Demand> {
  const owing = entries.filter(({ demand }) => demand !== null && demand > 0);
  return {
    entries: owing.map(({ incomeYear, demand }) => ({ incomeYear, amount: demand })),
    isWhole: isWhole && entries.every(({ demand }) => demand !== null),
  };
}
