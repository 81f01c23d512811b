import { accountKindFromType, residentialStatusFromCode } from "../../../department";
import { readAmount, type BankAccount, type Filing, type TaxRegime, maskAccountNumber } from "../../../domain";
import { readListing, asObject, textOf, type JsonObject } from "../../replies";
import { dateOf } from "./values";

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
      salary: readAmount(income.salary),
      houseProperty: readAmount(income.house_property),
      businessOrProfession: readAmount(income.business_profession),
      capitalGains: readAmount(income.capital_gains),
      otherSources: readAmount(income.other_sources),
    },
    grossTotalIncome: readAmount(income?.gross_total_income),
    deductions: readAmount(income?.deductions_chapter_via),
    totalIncome: readAmount(income?.total_income),
    tax: tax && {
      taxOnTotalIncome: readAmount(tax.total_tax_on_income),
      rebate: readAmount(tax.rebate_87a),
      surcharge: readAmount(tax.surcharge),
      cess: readAmount(tax.education_cess),
      grossTaxLiability: readAmount(tax.gross_tax_liability),
      relief: null,
      netTaxLiability: readAmount(tax.net_tax_liability),
      interest: readAmount(tax.total_interest),
      lateFilingFee: null,
      totalPayable: readAmount(tax.aggregate_liability),
    },
    taxesPaid: tax && {
      advanceTax: null,
      taxDeducted: readAmount(tax.tds_paid),
      taxCollected: null,
      selfAssessmentTax: null,
      total: readAmount(tax.total_taxes_paid),
      balancePayable: null,
    },
    refund: { claimed: readAmount(tax?.refund_due) },
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
