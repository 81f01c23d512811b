import { accountKindFromType, residentialStatusFromCode } from "../../../department";
import { amountTold, type BankAccount, type Filing, type TaxRegime, maskAccountNumber } from "../../../domain";
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
      salary: amountTold(income.salary),
      houseProperty: amountTold(income.house_property),
      businessOrProfession: amountTold(income.business_profession),
      capitalGains: amountTold(income.capital_gains),
      otherSources: amountTold(income.other_sources),
    },
    grossTotalIncome: amountTold(income?.gross_total_income),
    deductions: amountTold(income?.deductions_chapter_via),
    totalIncome: amountTold(income?.total_income),
    tax: tax && {
      taxOnTotalIncome: amountTold(tax.total_tax_on_income),
      rebate: amountTold(tax.rebate_87a),
      surcharge: amountTold(tax.surcharge),
      cess: amountTold(tax.education_cess),
      grossTaxLiability: amountTold(tax.gross_tax_liability),
      relief: null,
      netTaxLiability: amountTold(tax.net_tax_liability),
      interest: amountTold(tax.total_interest),
      lateFilingFee: null,
      totalPayable: amountTold(tax.aggregate_liability),
    },
    taxesPaid: tax && {
      advanceTax: null,
      taxDeducted: amountTold(tax.tds_paid),
      taxCollected: null,
      selfAssessmentTax: null,
      total: amountTold(tax.total_taxes_paid),
      balancePayable: null,
    },
    refund: { claimed: amountTold(tax?.refund_due) },
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
