import {
  type Word,
  type CalendarDate,
  percentOf,
  roundToRupee,
  addRupees,
  negateRupees,
  rupees,
  subtractRupees,
  zeroRupees,
  type Rupees,
  type TaxCredit,
  type IncomeYear,
  type Tan,
  type TdsSection,
  daysAfter,
} from "../../domain";
import type { Facts, YearIncome } from "./facts";
import { pickFrom } from "./identity";
import { above, ageTierOf, computeReturn } from "./computedReturn";

/** The deductors and collectors. A tenant has no TAN. */
interface DeductorName {
  readonly name: string;
  readonly tan?: Tan;
}

function deductor(name: string, tan: string): DeductorName {
  return { name, tan: tan as Tan };
}

const employers = [
  deductor("NILGIRI SOFTWARE PRIVATE LIMITED", "BLRN90001A"),
  deductor("SAHYADRI MOTORS LIMITED", "PNES90002B"),
  deductor("GANGA TEXTILES LIMITED", "CALG90003C"),
  deductor("MALABAR LOGISTICS PRIVATE LIMITED", "CHNM90004D"),
] as const;

export const deductors = {
  treasury: deductor("PAY AND ACCOUNTS OFFICE, DELHI", "DELP90005E"),
  bank: deductor("INVENTED BANK LIMITED", "MUMI90006F"),
  registrar: deductor("ARAVALLI INDUSTRIES LIMITED", "JPRA90007G"),
  client: deductor("KAVERI CONSULTING LLP", "BLRK90008H"),
  otherClient: deductor("TEESTA MEDIA PRIVATE LIMITED", "CALT90009J"),
  /** A name that breaks readers which split the Department's text file at its carets. */
  oddlyNamed: deductor("RAO, MEHTA ^ SONS", "MUMR90010K"),
  carDealer: deductor("DECCAN AUTOMOBILES", "PNED90011L"),
  exchange: deductor("INVENTED COIN EXCHANGE PRIVATE LIMITED", "BLRI90012M"),
  firm: deductor("KHANNA AND SONS", "DELK90013N"),
  tenant: { name: "TENANT OF THE HOUSE" } satisfies DeductorName,
};

/** Another one for each job of the same year. */
function employerOf(pan: string, job = 0): DeductorName {
  const first = pickFrom(`${pan} employer`, employers);
  return employers[(employers.findIndex(({ name }) => name === first.name) + job) % employers.length] ?? first;
}

/** One line of withheld tax, and its deductor. */
export interface Withholding {
  readonly deductor: DeductorName;
  readonly credit: BookedCredit;
}

type Reported = "section" | "transactedOn" | "bookedOn" | "amountPaid" | "taxWithheld" | "taxDeposited";

/** A credit with nothing left out. */
type BookedCredit = TaxCredit & { readonly [Key in Reported]: NonNullable<TaxCredit[Key]> };

interface Payment {
  readonly deductor: DeductorName;
  readonly section: string;
  readonly amount: Rupees;
  readonly tax: Rupees;
  readonly kind?: Word<"TaxCreditKind">;
  readonly bookingStatus?: Word<"BookingStatus">;
}

const unmatchedFee = rupees(40_000);
const leastTaxedRent = rupees(600_000);
const leastTaxedCash = rupees(10_000_000);

/** Up to these a bank and a company pay without deducting. Finance Act, 2025 raised them. */
function untaxedAtSource(isSenior: boolean, incomeYear: IncomeYear): { interest: Rupees; dividend: Rupees } {
  const isRaised = incomeYear >= 2025;
  return {
    interest: rupees(
      (isSenior ? 50_000 : 40_000) * (isRaised && isSenior ? 2 : 1) + (isRaised && !isSenior ? 10_000 : 0),
    ),
    dividend: rupees(isRaised ? 10_000 : 5_000),
  };
}

/** All tax withheld for a year, booked or not. */
export function withholdingsOf(facts: Facts, incomeYear: IncomeYear): Withholding[] {
  const income = facts.income(incomeYear);
  const payments = [
    ...salaryPayments(facts, incomeYear, income),
    ...undeclaredSalary(facts, income),
    ...otherPayments(facts, incomeYear, income),
  ];
  const lines = payments.flatMap((payment) => quarterly(payment, incomeYear));
  return income.oddities?.includes("REVERSED_BOOKING") ? withReversal(lines) : lines;
}

/** What was withheld and counts against the year's tax; on demand with what is unmatched, which does not count. */
export function creditedOf(lines: readonly Withholding[], kind: Word<"TaxCreditKind">, withUnmatched = false): Rupees {
  const counting = lines.filter(
    ({ credit }) => credit.kind === kind && (withUnmatched || credit.bookingStatus !== "UNMATCHED"),
  );
  return addRupees(...counting.map(({ credit }) => credit.taxDeposited));
}

/** An employer knows the salary and the savings from it, and no other income. */
function salaryPayments(facts: Facts, incomeYear: IncomeYear, income: YearIncome): Payment[] {
  const { salary, secondSalary, investments = zeroRupees, overdeducted = zeroRupees } = income;
  if (secondSalary) {
    return [salary ?? zeroRupees, secondSalary].map((amount, at) => {
      const { netTaxLiability } = computeReturn(facts, incomeYear, { salary: amount }).tax;
      return { deductor: employerOf(facts.pan, at), section: "192", amount, tax: netTaxLiability ?? zeroRupees };
    });
  }
  if (!salary) return [];
  const { netTaxLiability } = computeReturn(facts, incomeYear, { salary, investments }).tax;
  const tax = Math.max(0, addRupees(netTaxLiability ?? zeroRupees, overdeducted)) as Rupees;
  const paid = { section: "192", amount: salary, tax };
  // Tax deducted by a government office is PROVISIONAL until its accountant verifies it. It counts already.
  return income.oddities?.includes("GOVERNMENT_EMPLOYER")
    ? [{ ...paid, deductor: deductors.treasury, bookingStatus: "PROVISIONAL" }]
    : [{ ...paid, deductor: employerOf(facts.pan) }];
}

/** The employer of the return is the first. */
function undeclaredSalary({ pan }: Facts, { undeclared }: YearIncome): Payment[] {
  const amount = undeclared?.salary;
  return amount ? [{ deductor: employerOf(pan, 1), section: "192", amount, tax: zeroRupees }] : [];
}

function otherPayments(facts: Facts, incomeYear: IncomeYear, income: YearIncome): Payment[] {
  const { presumptive, rent, cashWithdrawn, carBought, virtualAssets, fromFirm, oddities = [] } = income;
  const { depositInterest = zeroRupees, dividend = zeroRupees, undeclared } = income;
  const payments: Payment[] = [];
  const add = (deductor: DeductorName, section: string, amount: Rupees, percent: number, more?: Partial<Payment>) =>
    payments.push({ deductor, section, amount, tax: roundToRupee(percentOf(amount, percent)), ...more });

  const untaxed = untaxedAtSource(ageTierOf(facts, incomeYear) !== "BELOW_60", incomeYear);
  if (facts.residence === "NRI") {
    add(deductors.bank, "195", depositInterest, 31.2);
  } else if (depositInterest > untaxed.interest) {
    const isOdd = oddities.includes("ODD_DEDUCTOR_NAME");
    add(isOdd ? deductors.oddlyNamed : deductors.bank, "194A", depositInterest, 10);
  }
  if (dividend > untaxed.dividend) add(deductors.registrar, "194", dividend, 10);
  if (presumptive?.isProfession) {
    const unmatched = oddities.includes("UNMATCHED_BOOKING") ? unmatchedFee : zeroRupees;
    const matched = addRupees(subtractRupees(presumptive.receipts, unmatched), undeclared?.fees ?? zeroRupees);
    add(deductors.client, "194J(b)", matched, 10);
    if (unmatched > 0) add(deductors.otherClient, "194J(b)", unmatched, 10, { bookingStatus: "UNMATCHED" });
  }
  if (rent && rent.received > leastTaxedRent && facts.holder !== "FAMILY") {
    add(deductors.tenant, "194IB", rent.received, incomeYear >= 2024 ? 2 : 5);
  }
  if (cashWithdrawn) add(deductors.bank, "194N", above(cashWithdrawn, leastTaxedCash), 2);
  if (virtualAssets && incomeYear >= 2022) add(deductors.exchange, "194S", virtualAssets.sold, 1);
  // Firms deduct from what they pay their partners since Finance Act, 2024.
  if (fromFirm && incomeYear >= 2025)
    add(deductors.firm, "194T", addRupees(fromFirm.remuneration, fromFirm.interest), 10);
  if (carBought) add(deductors.carDealer, "206C(1F)", carBought, 1, { kind: "COLLECTED" });
  return payments;
}

/** Four payments of whole rupees. The last one includes the remainder of the division. */
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
