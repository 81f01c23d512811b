import {
  calendarDateOf,
  readCalendarDate,
  readNamedMonthDate,
  type CalendarDate,
  returnFormFromLabel,
  type BankAccount,
  type Filing,
  type TaxRegime,
  filingSectionOf,
  filingStatusFromLabel,
  readAcknowledgementNumber,
  incomeHeadNames,
  type IncomeHeads,
  maskAadhaar,
  maskAccountNumber,
  readAmount,
  type Rupees,
  incomeYearFromAssessmentYear,
  incomeYearFromAssessmentYearStart,
  incomeYearFromFinancialYear,
  type IncomeYear,
  type Profile,
} from "../../../domain";
import type { Summary, SummaryName } from "../contract/summary";

/** The filing that a summary tells of; undefined where it tells of none, because its year or all its substance is missing. */
export function filingFromSummary(summary: Summary, askedYear: IncomeYear | undefined): Filing | undefined {
  const incomeYear = yearOf(summary) ?? askedYear;
  const amount = (name: SummaryName) => amountOf(summary[name]);
  const acknowledgementNumber = read(summary.acknowledgementNumber, readAcknowledgementNumber);
  const incomeHeads = headsOf(amount);
  const [grossTotalIncome, totalIncome] = [amount("grossTotalIncome"), amount("totalIncome")];
  const substance = [acknowledgementNumber, incomeHeads, grossTotalIncome, totalIncome, summary.form, summary.status];
  if (incomeYear === undefined || substance.every((fact) => fact === undefined || fact === null)) return undefined;
  const kindOf = (label: string | undefined) => read(label, filingSectionOf)?.kind;
  const refund = amount("refund");
  return {
    acknowledgementNumber,
    incomeYear,
    form: read(summary.form, returnFormFromLabel) ?? "UNKNOWN",
    kind: kindOf(summary.kind) ?? kindOf(summary.section) ?? "OTHER",
    section: read(summary.section, filingSectionOf)?.label,
    filedOn: read(summary.filedOn, readDate),
    timeliness: "UNKNOWN",
    status: read(summary.status, filingStatusFromLabel) ?? "UNKNOWN",
    statusHistory: [],
    regime: read(summary.regime, regimeFromLabel) ?? "UNKNOWN",
    incomeHeads,
    grossTotalIncome,
    deductions: amount("deductions"),
    totalIncome,
    tax: taxOf(amount("netTaxLiability")),
    taxesPaid: taxesPaidOf(amount),
    refund: refund === null ? undefined : { claimed: refund },
    demand: amount("demand"),
    bankAccounts: bankAccountsOf(summary),
  };
}

export function profileFromSummary(summary: Summary): Profile {
  return {
    name: summary.name,
    dateOfBirth: read(summary.dateOfBirth, readDate),
    email: summary.email,
    mobile: summary.mobile,
    aadhaar: read(summary.aadhaar, maskAadhaar),
    aadhaarLink: { linked: null },
  };
}

type AmountOf = (name: SummaryName) => Rupees | null;

function yearOf({ assessmentYear, financialYear }: Summary): IncomeYear | undefined {
  return (
    read(assessmentYear, incomeYearFromAssessmentYear) ??
    read(assessmentYear, incomeYearFromAssessmentYearStart) ??
    read(financialYear, incomeYearFromFinancialYear)
  );
}

function headsOf(amount: AmountOf): IncomeHeads | undefined {
  const heads = Object.fromEntries(incomeHeadNames.map((name) => [name, amount(name)])) as IncomeHeads;
  return incomeHeadNames.some((name) => heads[name] !== null) ? heads : undefined;
}

function taxOf(netTaxLiability: Rupees | null): Filing["tax"] {
  if (netTaxLiability === null) return undefined;
  return {
    taxOnTotalIncome: null,
    rebate: null,
    surcharge: null,
    cess: null,
    grossTaxLiability: null,
    relief: null,
    netTaxLiability,
    interest: null,
    lateFilingFee: null,
    totalPayable: null,
  };
}

function taxesPaidOf(amount: AmountOf): Filing["taxesPaid"] {
  const paid = {
    advanceTax: amount("advanceTax"),
    taxDeducted: amount("taxDeducted"),
    taxCollected: amount("taxCollected"),
    selfAssessmentTax: amount("selfAssessmentTax"),
    total: amount("taxesPaid"),
  };
  return Object.values(paid).every((each) => each === null) ? undefined : { ...paid, balancePayable: null };
}

function bankAccountsOf({ accountNumber, bankName, ifsc }: Summary): readonly BankAccount[] {
  const masked = read(accountNumber, maskAccountNumber);
  return masked === undefined ? [] : [{ accountNumber: masked, kind: "UNKNOWN", bankName, ifsc }];
}

function regimeFromLabel(label: string): TaxRegime {
  const [isNew, isOld] = [/\bnew\b|115BAC/i.test(label), /\bold\b/i.test(label)];
  if (isNew === isOld) return "UNKNOWN";
  return isNew ? "NEW" : "OLD";
}

/** A time of day is not read: the day in universal time may be another than the day in India. */
function readDate(text: string): CalendarDate | undefined {
  const [, day, month, year] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text) ?? [];
  return readCalendarDate(text) ?? readNamedMonthDate(text) ?? calendarDateOf(Number(year), Number(month), Number(day));
}

function amountOf(text: string | undefined): Rupees | null {
  return readAmount(text);
}

function read<T>(text: string | undefined, reader: (text: string) => T | undefined): T | undefined {
  return text === undefined ? undefined : reader(text);
}
