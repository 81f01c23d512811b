import {
  type CalendarDate,
  percentOf,
  roundToRupee,
  addRupees,
  negateRupees,
  rupees,
  subtractRupees,
  zeroRupees,
  type Rupees,
  type BookingStatus,
  type TaxCredit,
  type TaxCreditKind,
  type IncomeYear,
  type TdsSection,
  daysAfter,
} from "../../domain";
import { deductors, employerOf, type DeductorName } from "./deductors";
import type { Facts, YearIncome } from "./facts";
import { reckon } from "./reckoning";

/** One line of what others withheld, and who they are. */
export interface Withholding {
  readonly deductor: DeductorName;
  readonly credit: BookedCredit;
}

type Told = "section" | "transactedOn" | "bookedOn" | "amountPaid" | "taxWithheld" | "taxDeposited";

/** A credit with nothing left out. */
type BookedCredit = TaxCredit & { readonly [Key in Told]: NonNullable<TaxCredit[Key]> };

interface Payment {
  readonly deductor: DeductorName;
  readonly section: string;
  readonly amount: Rupees;
  readonly tax: Rupees;
  readonly kind?: TaxCreditKind;
  readonly bookingStatus?: BookingStatus;
}

const unmatchedFee = rupees(40_000);
/** Below these a bank and a company pay without deducting. */
const leastTaxedInterest = rupees(40_000);
const leastTaxedDividend = rupees(5_000);

/** All that was withheld for a year, whether it is booked by now or not. */
export function withholdingsOf(facts: Facts, incomeYear: IncomeYear): Withholding[] {
  const income = facts.income(incomeYear);
  const payments = [...salaryPayments(facts, incomeYear, income), ...otherPayments(facts, incomeYear, income)];
  const lines = payments.flatMap((payment) => quarterly(payment, incomeYear));
  return income.oddities?.includes("REVERSED_BOOKING") ? withReversal(lines) : lines;
}

/** What was withheld and counts against the year's tax. */
export function creditedOf(lines: readonly Withholding[], kind: TaxCreditKind): Rupees {
  const counting = lines.filter(({ credit }) => credit.kind === kind && credit.bookingStatus !== "UNMATCHED");
  return addRupees(...counting.map(({ credit }) => credit.taxDeposited));
}

/** An employer knows of the salary and of what is saved from it, and of no other income. */
function salaryPayments(facts: Facts, incomeYear: IncomeYear, income: YearIncome): Payment[] {
  const { salary, investments = zeroRupees, overdeducted = zeroRupees } = income;
  if (!salary) return [];
  const { netTaxLiability } = reckon(facts, incomeYear, { salary, investments }).tax;
  const tax = Math.max(0, addRupees(netTaxLiability ?? zeroRupees, overdeducted)) as Rupees;
  const paid = { section: "192", amount: salary, tax };
  // What a government office deducts is provisional until its accountant has verified it, and counts already.
  return income.oddities?.includes("GOVERNMENT_EMPLOYER")
    ? [{ ...paid, deductor: deductors.treasury, bookingStatus: "PROVISIONAL" }]
    : [{ ...paid, deductor: employerOf(facts.pan) }];
}

function otherPayments(facts: Facts, incomeYear: IncomeYear, income: YearIncome): Payment[] {
  const { presumptive, rent, cashWithdrawn, carBought, oddities = [] } = income;
  const { depositInterest = zeroRupees, dividend = zeroRupees } = income;
  const payments: Payment[] = [];
  const add = (deductor: DeductorName, section: string, amount: Rupees, percent: number, more?: Partial<Payment>) =>
    payments.push({ deductor, section, amount, tax: roundToRupee(percentOf(amount, percent)), ...more });

  if (facts.residence === "NRI") {
    add(deductors.bank, "195", depositInterest, 31.2);
  } else if (depositInterest >= leastTaxedInterest) {
    const isOdd = oddities.includes("ODD_DEDUCTOR_NAME");
    add(isOdd ? deductors.oddlyNamed : deductors.bank, "194A", depositInterest, 10);
  }
  if (dividend > leastTaxedDividend) add(deductors.registrar, "194", dividend, 10);
  if (presumptive?.profitPercent === 50) {
    const unmatched = oddities.includes("UNMATCHED_BOOKING") ? unmatchedFee : zeroRupees;
    const matched = subtractRupees(presumptive.receipts, unmatched);
    add(deductors.client, "194J(b)", matched, 10);
    if (unmatched > 0) add(deductors.otherClient, "194J(b)", unmatched, 10, { bookingStatus: "UNMATCHED" });
  }
  if (rent && facts.holder !== "FAMILY") add(deductors.tenant, "194IB", rent.received, incomeYear >= 2024 ? 2 : 5);
  if (cashWithdrawn) add(deductors.bank, "194N", cashWithdrawn, 2);
  if (carBought) add(deductors.carDealer, "206C(1F)", carBought, 1, { kind: "COLLECTED" });
  return payments;
}

/** Four payments of whole rupees; the last brings what the division leaves. */
function quarterly({ deductor, section, amount, tax, kind, bookingStatus }: Payment, year: IncomeYear): Withholding[] {
  const ends = [`${year}-06-30`, `${year}-09-30`, `${year}-12-31`, `${year + 1}-03-31`] as CalendarDate[];
  const [amounts, taxes] = [inFour(amount), inFour(tax)];
  return ends.map((transactedOn, at) => {
    const paid = { amountPaid: amounts[at] ?? zeroRupees, taxWithheld: taxes[at] ?? zeroRupees };
    const credit = {
      kind: kind ?? "DEDUCTED",
      section: section as TdsSection,
      sectionLabel: section,
      bookingStatus: bookingStatus ?? "FINAL",
      transactedOn,
      // The deductor's own return for a quarter is due a month after it, and two after the last.
      bookedOn: daysAfter(transactedOn, at === 3 ? 55 : 28),
      ...paid,
      taxDeposited: paid.taxWithheld,
    };
    return { deductor, credit };
  });
}

function inFour(amount: Rupees): Rupees[] {
  const part = rupees(Math.floor(amount / 400));
  return [part, part, part, subtractRupees(amount, addRupees(part, part, part))];
}

/** The first line is booked, taken back, and booked once more. */
function withReversal(lines: readonly Withholding[]): Withholding[] {
  const [first, ...rest] = lines;
  if (first === undefined) return [];
  const { deductor, credit } = first;
  const reversal = {
    ...credit,
    bookedOn: daysAfter(credit.bookedOn, 10),
    amountPaid: negateRupees(credit.amountPaid),
    taxWithheld: negateRupees(credit.taxWithheld),
    taxDeposited: negateRupees(credit.taxDeposited),
  };
  const again = { ...credit, bookedOn: daysAfter(credit.bookedOn, 11) };
  return [first, { deductor, credit: reversal }, { deductor, credit: again }, ...rest];
}
