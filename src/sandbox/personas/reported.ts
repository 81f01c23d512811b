import {
  type CalendarDate,
  type Filing,
  type InformationEntry,
  type InformationStatement,
  addRupees,
  fromPaise,
  type Rupees,
  type TaxCreditStatement,
  type IncomeYear,
} from "../../domain";
import { deductors } from "./deductors";
import type { Facts, YearIncome } from "./facts";
import type { Withholding } from "./withholding";

/** The statement of taxes withheld, grouped by whoever withheld them. */
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
      ...paymentEntries(filings.find((filing) => filing.incomeYear === incomeYear)),
      ...filings.flatMap((filing) => refundEntries(filing, incomeYear)),
    ],
  };
}

/** One entry for each section and deductor. What is unmatched has not been reported. */
function withheldEntries(lines: readonly Withholding[]): InformationEntry[] {
  const matched = lines.filter(({ credit }) => credit.bookingStatus !== "UNMATCHED");
  const groups = Map.groupBy(matched, ({ credit, deductor }) => `${credit.section} ${deductor.name}`);
  return [...groups.values()].map((group) => {
    const { credit, deductor } = group[0] ?? {};
    const section = credit?.section ?? "";
    const amount = addRupees(...group.map((line) => line.credit.amountPaid));
    return entry("TAX_DEDUCTED_OR_COLLECTED", `${credit?.kind === "COLLECTED" ? "TCS" : "TDS"}-${section}`, amount, {
      description: descriptionBySection[section] ?? "Payment with tax withheld",
      category: categoryBySection[section],
      reportedBy: deductor?.name,
      count: group.length,
    });
  });
}

const descriptionBySection: Readonly<Record<string, string>> = {
  "192": "Salary",
  "194": "Dividend",
  "194A": "Interest other than interest on securities",
  "194J(b)": "Fees for professional services",
  "194IB": "Rent paid by an individual",
  "194N": "Cash withdrawal",
  "195": "Payment to a non-resident",
  "206C(1F)": "Sale of a motor vehicle",
};
const categoryBySection: Readonly<Record<string, string>> = { "192": "SAL", "194": "DIV", "194A": "INT", "195": "INT" };

/** A dividend stands here although it stands among the taxes withheld, as it does in the Department's own statements. */
function transactionEntries(income: YearIncome, incomeYear: IncomeYear): InformationEntry[] {
  const reportedOn = `${incomeYear + 1}-05-31` as CalendarDate;
  const { name: bank } = deductors.bank;
  const { name: registrar } = deductors.registrar;
  // Shares are sold for more than they gain; four times the gain is as good as any price.
  const sold = fromPaise(4 * addRupees(income.shortTermGains ?? fromPaise(0), income.longTermGains ?? fromPaise(0)));
  const reports = [
    ["SFT-016(SB)", "Interest on savings", income.savingsInterest, bank, "INT"],
    ["SFT-016(TD)", "Interest on deposits", income.depositInterest, bank, "INT"],
    ["SFT-015", "Dividend", income.dividend, registrar, "DIV"],
    ["SFT-17-LES(M)", "Sale of listed equity shares", sold, "INVENTED DEPOSITORY LIMITED", undefined],
  ] as const;
  return reports.flatMap(([code, description, amount, reportedBy, category]) =>
    amount
      ? [entry("FINANCIAL_TRANSACTION", code, amount, { description, reportedBy, category, reportedOn, count: 1 })]
      : [],
  );
}

/** The year's newest return tells all that was paid. */
function paymentEntries(newest: Filing | undefined): InformationEntry[] {
  const payments = [
    ["Advance tax (100)", newest?.taxesPaid?.advanceTax],
    ["Self-assessment tax (300)", newest?.taxesPaid?.selfAssessmentTax],
  ] as const;
  return payments.flatMap(([description, amount]) =>
    amount ? [entry("TAX_PAYMENT", undefined, amount, { description })] : [],
  );
}

function refundEntries({ refund, incomeYear }: Filing, paidIn: IncomeYear): InformationEntry[] {
  const issuedOn = refund?.issuedOn;
  const isOfYear = issuedOn && issuedOn >= `${paidIn}-04-01` && issuedOn <= `${paidIn + 1}-03-31`;
  if (!isOfYear) return [];
  const description = `Refund of the income of ${incomeYear}-${String(incomeYear + 1).slice(2)}`;
  return [entry("DEMAND_OR_REFUND", undefined, refund.claimed, { description, reportedOn: issuedOn })];
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
