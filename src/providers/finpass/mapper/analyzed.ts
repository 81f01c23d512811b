import { accountKindFromType, residentialStatusFromCode } from "../../../department";
import { type BankAccount, type Filing, type TaxRegime, maskAccountNumber } from "../../../domain";
import { readListing, asObject, textOf, type JsonObject } from "../../replies";
import { amountOf, dateOf } from "./values";

/** What the vendor's own analysis says of a return. */
type Analyzed = Pick<
  Filing,
  | "regime"
  | "incomeHeads"
  | "grossTotalIncome"
  | "deductions"
  | "totalIncome"
  | "tax"
  | "taxesPaid"
  | "refund"
  | "bankAccounts"
  | "verifiedOn"
  | "residentialStatus"
>;

export function readAnalyzed(analyzed: JsonObject): Analyzed {
  const filingInfo = asObject(analyzed.filing_info);
  const income = asObject(analyzed.income_summary);
  const tax = asObject(analyzed.tax_computation);
  return {
    verifiedOn: dateOf(asObject(analyzed.verification)?.date),
    residentialStatus: residentialStatusFromCode(textOf(filingInfo?.residential_status) ?? ""),
    regime: regimeOf(filingInfo?.tax_regime),
    incomeHeads: income && {
      salary: amountOf(income.salary),
      houseProperty: amountOf(income.house_property),
      businessOrProfession: amountOf(income.business_profession),
      capitalGains: amountOf(income.capital_gains),
      otherSources: amountOf(income.other_sources),
    },
    grossTotalIncome: amountOf(income?.gross_total_income),
    deductions: amountOf(income?.deductions_chapter_via),
    totalIncome: amountOf(income?.total_income),
    tax: tax && {
      taxOnTotalIncome: amountOf(tax.total_tax_on_income),
      rebate: amountOf(tax.rebate_87a),
      surcharge: amountOf(tax.surcharge),
      cess: amountOf(tax.education_cess),
      grossTaxLiability: amountOf(tax.gross_tax_liability),
      relief: null,
      netTaxLiability: amountOf(tax.net_tax_liability),
      interest: amountOf(tax.total_interest),
      lateFilingFee: null,
      totalPayable: amountOf(tax.aggregate_liability),
    },
    taxesPaid: tax && {
      advanceTax: null,
      taxDeducted: amountOf(tax.tds_paid),
      taxCollected: null,
      selfAssessmentTax: null,
      total: amountOf(tax.total_taxes_paid),
      balancePayable: null,
    },
    refund: { claimed: amountOf(tax?.refund_due) },
    bankAccounts: readListing(tax?.refund_bank_accounts, toAccount).entries,
  };
}

/** "Old Regime (Opted out via BY10IEA)": the words in brackets name the other one now and then. */
function regimeOf(told: unknown): TaxRegime {
  const word = /^(old|new)\b/i.exec(textOf(told) ?? "")?.[1]?.toUpperCase();
  return word === "OLD" || word === "NEW" ? word : "UNKNOWN";
}

function toAccount(told: JsonObject): BankAccount | undefined {
  const accountNumber = maskAccountNumber(textOf(told.account_no) ?? "");
  if (accountNumber === undefined) return undefined;
  return {
    accountNumber,
    kind: accountKindFromType(textOf(told.account_type) ?? ""),
    bankName: textOf(told.bank_name),
    ifsc: textOf(told.ifsc),
    isForRefund: typeof told.use_for_refund === "boolean" ? told.use_for_refund : undefined,
  };
}
