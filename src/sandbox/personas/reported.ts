import {
  type CalendarDate,
  type Filing,
  type InformationEntry,
  type InformationReport,
  type InformationStatement,
  addRupees,
  fromPaise,
  type Rupees,
  type TaxCreditStatement,
  type IncomeYear,
} from "../../domain";
import type { Facts, YearIncome } from "./facts";
import { deductors, type Withholding } from "./withholding";

/** The statement of withheld tax, grouped by deductor. */
export function creditStatement(incomeYear: IncomeYear, lines: readonly Withholding[]): TaxCreditStatement {
  const byDeductor = Map.groupBy(lines, ({ deductor }) => deductor.name);
  return {
    incomeYear,
    deductors: [...byDeductor.values()].map((group) => ({
      ...group[0]?.deductor,
      credits: group.map(({ credit }) => credit),
    })),
  };
}

interface Year {
  readonly facts: Facts;
  readonly incomeYear: IncomeYear;
  readonly lines: readonly Withholding[];
  /** This person's returns of all years: their refunds and payments are reported, too. */
  readonly filings: readonly Filing[];
  readonly today: CalendarDate;
}

/** What third parties have reported by today. Banks and companies report a year in the May after it. */
export function informationStatement({ facts, incomeYear, lines, filings, today }: Year): InformationStatement {
  const isReported = `${incomeYear + 1}-05-31` <= today;
  return {
    incomeYear,
    entries: [
      ...withheldEntries(lines),
      ...(isReported ? transactionEntries(facts.income(incomeYear), incomeYear) : []),
      ...newestOfEachYear(filings).flatMap((filing) => paymentEntries(filing, filings, { paidIn: incomeYear, today })),
      ...filings.flatMap((filing) => refundEntries(filing, incomeYear)),
      ...(isReported ? turnoverEntries(facts.income(incomeYear), incomeYear) : []),
    ],
  };
}

/** One entry for each section and deductor. Unmatched tax has not been reported. */
function withheldEntries(lines: readonly Withholding[]): InformationEntry[] {
  const matched = lines.filter(({ credit }) => credit.bookingStatus !== "UNMATCHED");
  const groups = Map.groupBy(matched, ({ credit, deductor }) => `${credit.section} ${deductor.name}`);
  return [...groups.values()].map((group) => {
    const { credit, deductor } = group[0] ?? {};
    const section = credit?.section ?? "";
    const amount = addRupees(...group.map((line) => line.credit.amountPaid));
    const reports = group.map(reportOf);
    // A bank has reported its first payment twice, and taken back the one.
    const takenBack =
      section === "194A" ? reports.slice(0, 1).map((report) => ({ ...report, status: "INACTIVE" as const })) : [];
    return entry("TAX_DEDUCTED_OR_COLLECTED", codeBySection[section] ?? `TDS-${section}`, amount, {
      ...(wordsBySection[section] ?? { description: "Payment with tax withheld", category: "Other payments" }),
      reportedBy: deductor?.name,
      tan: deductor?.tan,
      count: group.length,
      reports: [...reports, ...takenBack],
    });
  });
}

function reportOf({ credit }: Withholding): InformationReport {
  const { transactedOn, amountPaid: amount, taxWithheld, taxDeposited } = credit;
  return { status: "ACTIVE", transactedOn, amount, taxWithheld, taxDeposited };
}

const codeBySection: Readonly<Record<string, string>> = { "194IB": "TDS-194IB(R)", "206C(1F)": "TCS-206CL" };

const wordsBySection: Readonly<Record<string, Pick<InformationEntry, "description" | "category">>> = {
  "192": { description: "Salary received (Section 192)", category: "Salary" },
  "194": { description: "Dividend received (Section 194)", category: "Dividend" },
  "194A": {
    description: "Interest other than interest on securities received (Section 194A)",
    category: "Interest from deposit",
  },
  "194J(b)": { description: "Fees for professional services (Section 194J)", category: "Business receipts" },
  "194IB": { description: "Rent received (Section 194IB)", category: "Rent received" },
  "194N": { description: "Cash withdrawal (Section 194N)", category: "Cash withdrawals" },
  "194S": { description: "Transfer of virtual digital assets (Section 194S)", category: "Virtual digital assets" },
  "194T": { description: "Payment of a firm to its partner (Section 194T)", category: "Receipts from a firm" },
  "195": { description: "Receipt of a non-resident (Section 195)", category: "Receipts of non-residents" },
  "206C(1F)": { description: "Purchase of a motor vehicle (Section 206C(1F))", category: "Purchase of vehicle" },
};

/** A dividend is listed here and among the withheld taxes, as in the Department's own statements. */
function transactionEntries(income: YearIncome, incomeYear: IncomeYear): InformationEntry[] {
  const reportedOn = `${incomeYear + 1}-05-31` as CalendarDate;
  const { name: bank } = deductors.bank;
  const { name: registrar } = deductors.registrar;
  // Shares are sold for more than they gain; four times the gain is as good as any price.
  const none = fromPaise(0);
  const { undeclared, landSold } = income;
  const declared = fromPaise(4 * addRupees(income.shortTermGains ?? none, income.longTermGains ?? none));
  const sold = addRupees(declared, undeclared?.sharesSold ?? none);
  const depositInterest = addRupees(income.depositInterest ?? none, undeclared?.depositInterest ?? none);
  const dividend = addRupees(income.dividend ?? none, undeclared?.dividend ?? none);
  // Sales are dated, and have no day of a report.
  const soldOn = `${incomeYear}-12-05` as CalendarDate;
  const reports = [
    ["SFT-016(SB)", "Interest income (SFT-016) - Savings", income.savingsInterest, bank, "Interest from savings bank"],
    ["SFT-016(TD)", "Interest income (SFT-016) - Term deposit", depositInterest, bank, "Interest from deposit"],
    ["SFT-015", "Dividend income (SFT-015)", dividend, registrar, "Dividend"],
    [
      "SFT-17-LES(M)",
      "Sale of listed equity share (Depository)",
      sold,
      "INVENTED DEPOSITORY LIMITED",
      "Sale of securities and units of mutual fund",
    ],
    [
      "SFT-012",
      "Sale of immovable property (SFT-012)",
      landSold?.price,
      "SUB-REGISTRAR, INVENTED TALUK",
      "Sale of land or building",
    ],
  ] as const;
  return reports.flatMap(([code, description, amount, reportedBy, category]) => {
    if (!amount) return [];
    const days = code === "SFT-17-LES(M)" ? { transactedOn: soldOn } : { reportedOn };
    const report = { status: "ACTIVE", ...days, amount, taxWithheld: null, taxDeposited: null } as const;
    const more = { description, reportedBy, category, reportedOn: report.reportedOn, count: 1, reports: [report] };
    return [entry("FINANCIAL_TRANSACTION", code, amount, more)];
  });
}

function turnoverEntries({ gstTurnover, undeclared }: YearIncome, incomeYear: IncomeYear): InformationEntry[] {
  const amount = addRupees(gstTurnover ?? fromPaise(0), undeclared?.gstTurnover ?? fromPaise(0));
  if (!amount) return [];
  const reportedOn = `${incomeYear + 1}-05-31` as CalendarDate;
  const report = { status: "ACTIVE", reportedOn, amount, taxWithheld: null, taxDeposited: null } as const;
  const words = { description: "GST turnover (EXC-GSTR3B)", category: "GST turnover" };
  const more = { ...words, reportedBy: "INVENTED GST NETWORK", reportedOn, count: 1, reports: [report] };
  return [entry("OTHER", "EXC-GSTR3B", amount, more)];
}

/** Filings are sorted newest first. */
function newestOfEachYear(filings: readonly Filing[]): readonly Filing[] {
  return filings.filter((filing, at) => at === filings.findIndex(({ incomeYear }) => incomeYear === filing.incomeYear));
}

interface Paying {
  readonly paidIn: IncomeYear;
  readonly today: CalendarDate;
}

/** The year's newest return holds all payments: advance tax within the year, the rest at the first filing. */
function paymentEntries(
  { incomeYear, taxesPaid }: Filing,
  filings: readonly Filing[],
  { paidIn, today }: Paying,
): InformationEntry[] {
  const filedFirstOn = filings.findLast((filing) => filing.incomeYear === incomeYear)?.filedOn;
  const payments = [
    ["Advance Tax", taxesPaid?.advanceTax, `${incomeYear + 1}-03-14` as CalendarDate],
    ["Self Assessment", taxesPaid?.selfAssessmentTax, filedFirstOn],
  ] as const;
  return payments.flatMap(([description, amount, reportedOn]) => {
    if (!amount || !reportedOn || reportedOn > today || !isWithin(reportedOn, paidIn)) return [];
    const category = "Income Tax (Other than Companies)";
    return [entry("TAX_PAYMENT", undefined, amount, { incomeYear, description, category, reportedOn })];
  });
}

function refundEntries({ refund, incomeYear }: Filing, paidIn: IncomeYear): InformationEntry[] {
  const issuedOn = refund?.issuedOn;
  if (!issuedOn || !isWithin(issuedOn, paidIn)) return [];
  const about = {
    incomeYear,
    description: "ECS (direct credit to bank account)",
    category: "Refund",
    reportedOn: issuedOn,
  };
  return [entry("DEMAND_OR_REFUND", "refund", refund.claimed, about)];
}

function isWithin(day: CalendarDate, year: IncomeYear): boolean {
  return day >= `${year}-04-01` && day <= `${year + 1}-03-31`;
}

function entry(
  part: InformationEntry["part"],
  code: string | undefined,
  amount: Rupees | null,
  more: Partial<InformationEntry>,
): InformationEntry {
  // A taxpayer gives no feedback on what was paid to the Department or by it.
  const isOpenToFeedback = part === "TAX_DEDUCTED_OR_COLLECTED" || part === "FINANCIAL_TRANSACTION";
  const derivedAmount = isOpenToFeedback ? amount : null;
  return { part, ...(code !== undefined && { code }), ...more, amount, derivedAmount };
}
