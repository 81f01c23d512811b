import type { Word } from "../vocabulary";
import type { CalendarDate } from "../calendarDate";
import type { Rupees } from "../rupees";
import type { IncomeYear } from "../taxPeriod";

/**
 * The details of a return beyond its totals. An unknown fact is left out. An empty list means that the return has none.
 * Amounts are as filed. A list is always complete.
 */
export interface ReturnDetails {
  readonly verifiedOn?: CalendarDate | undefined;
  readonly residentialStatus?: Word<"ResidentialStatus"> | undefined;
  /** One for each employer. */
  readonly salaries?: readonly SalaryIncome[] | undefined;
  readonly houseProperties?: readonly HousePropertyIncome[] | undefined;
  readonly business?: BusinessIncome | undefined;
  readonly capitalGains?: CapitalGains | undefined;
  readonly losses?: Losses | undefined;
  readonly otherIncome?: readonly OtherIncome[] | undefined;
  readonly agriculturalIncome?: Rupees | undefined;
  readonly exemptIncome?: Rupees | undefined;
  readonly deductionsBySection?: readonly Deduction[] | undefined;
  /** Only an updated return has it. */
  readonly update?: ReturnUpdate | undefined;
}

export interface SalaryIncome {
  readonly employer?: string | undefined;
  readonly tan?: string | undefined;
  readonly gross: Rupees | null;
  readonly taxDeducted: Rupees | null;
}

export interface HousePropertyIncome {
  readonly use: Word<"HouseUse">;
  readonly grossRent: Rupees | null;
  readonly interestOnLoan: Rupees | null;
  /** Below zero where the interest is more than the rent. */
  readonly income: Rupees | null;
}

export interface BusinessIncome {
  /** Sales or gross receipts, presumptive or by the books. */
  readonly turnover: Rupees | null;
  /** "44AD"; left out where books are kept. */
  readonly presumptiveSection?: string | undefined;
  readonly grossProfit: Rupees | null;
  readonly netProfit: Rupees | null;
  readonly taxOnProfit: Rupees | null;
  readonly depreciation: Rupees | null;
  readonly interestPaid: Rupees | null;
  readonly partnerships: readonly Partnership[];
}

export interface Partnership {
  readonly firm?: string | undefined;
  readonly profitShare: Rupees | null;
  readonly remuneration: Rupees | null;
  readonly interest: Rupees | null;
  readonly capital: Rupees | null;
}

/** Losses are negative. */
export interface CapitalGains {
  readonly shortTerm: Rupees | null;
  readonly longTerm: Rupees | null;
  readonly exemptions: Rupees | null;
  readonly gains: readonly CapitalGain[];
}

export interface CapitalGain {
  readonly term: Word<"GainTerm">;
  readonly section?: string | undefined;
  /** Left out where the slabs apply. */
  readonly ratePercent?: number | undefined;
  readonly amount: Rupees;
}

export interface Losses {
  readonly setOffThisYear: Rupees | null;
  readonly broughtForwardSetOff: Rupees | null;
  readonly carriedForward: Rupees | null;
  /** What goes on to later years. */
  readonly entries: readonly CarriedLoss[];
}

export interface CarriedLoss {
  readonly head: Word<"IncomeHead">;
  /** The year of the loss. Left out if the return does not split the loss by year. */
  readonly incomeYear?: IncomeYear | undefined;
  readonly amount: Rupees;
}

export interface OtherIncome {
  readonly kind: Word<"OtherIncomeKind">;
  readonly amount: Rupees;
  readonly ratePercent?: number | undefined;
}

export interface Deduction {
  readonly section: string;
  readonly claimed: Rupees | null;
  readonly allowed: Rupees | null;
}

/** The facts of an update under section 139(8A). */
export interface ReturnUpdate {
  readonly reasons: readonly Word<"UpdateReason">[];
  /** What is paid on top of tax and interest for updating, section 140B(3). */
  readonly additionalTax: Rupees | null;
  readonly netPayable: Rupees | null;
  readonly taxPaid: Rupees | null;
  readonly balancePayable: Rupees | null;
}
