import {
  amountTold,
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
import type { Told } from "./told";
import { dateOf } from "./values";

/** The documented table: one record per assessment year, with what the vendor reckoned from the returns. */
export function readRecordsShape(told: JsonObject): Told {
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
  const refundAmount = amountTold(record.refund_amount);
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
    grossTotalIncome: amountTold(record.gross_total_income),
    deductions: amountTold(record.total_deductions),
    totalIncome: amountTold(record.net_taxable_income),
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
      totalPayable: amountTold(record.tax_payable),
    },
    taxesPaid: {
      advanceTax: amountTold(record.advance_tax_paid),
      taxDeducted: amountTold(record.tds_amount),
      taxCollected: null,
      selfAssessmentTax: amountTold(record.self_assessment_tax),
      total: null,
      balancePayable: null,
    },
    refund: refundAmount === null ? undefined : { claimed: refundAmount },
    demand: amountTold(record.demand_amount),
    bankAccounts: [],
  };
}

/** The vendor tells no status, only what shows that a return has come this far. */
function statusOf(record: JsonObject): FilingStatus {
  if ((amountTold(record.demand_amount) ?? zeroRupees) > 0) return "DEMAND_RAISED";
  if (textOf(record.refund_status)?.toLowerCase() === "issued") return "REFUND_ISSUED";
  return dateOf(record.filing_date) === undefined ? "UNKNOWN" : "FILED";
}

function headsOf(heads: JsonObject | undefined): IncomeHeads | undefined {
  return (
    heads && {
      salary: amountTold(heads.salary),
      houseProperty: amountTold(heads.house_property),
      businessOrProfession: amountTold(heads.business_profession),
      capitalGains: amountTold(heads.capital_gains),
      otherSources: amountTold(heads.other_sources),
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
