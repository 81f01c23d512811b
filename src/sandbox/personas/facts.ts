import { rupees, type Rupees, type IncomeYear, type KnownRegime, type AadhaarLink } from "../../domain";
import type { PortalBehaviour } from "../../providers";
import type { CityName } from "./cities";

/** The few facts that make a persona. All figures and dates are computed from them. */
export interface Facts {
  readonly pan: string;
  readonly title: string;
  readonly name: string;
  readonly fatherName: string;
  /** For a family or a company, the day of its formation. */
  readonly bornOn: string;
  readonly gender?: "Male" | "Female";
  readonly city: CityName;
  readonly holder?: "INDIVIDUAL" | "FAMILY" | "FIRM" | "COMPANY";
  readonly residence?: "RES" | "NRI";
  readonly portal?: PortalBehaviour;
  readonly aadhaarLink?: AadhaarLink;
  /** The first year this person filed for. The default is 2020. */
  readonly firstYear?: number;
  /** The last year with any data. Without it there is no last year. */
  readonly lastYear?: number;
  readonly regime: (incomeYear: IncomeYear) => KnownRegime;
  readonly income: (incomeYear: IncomeYear) => YearIncome;
  /** What happened to the return of a year that was due this many years ago. Zero is the latest. */
  readonly story?: (incomeYear: IncomeYear, yearsAgo: number) => Story;
  /** The day on which the return of a year is filed, if the story does not decide it. */
  readonly filedOn?: (incomeYear: IncomeYear) => string | undefined;
  /** The Department has no record under this PAN. */
  readonly isUnknown?: boolean;
}

/** What a person earned, saved and had withheld in one year. */
export interface YearIncome {
  /** Before any deduction. */
  readonly salary?: Rupees;
  readonly rent?: { readonly received: Rupees; readonly loanInterest: Rupees };
  /** From an employer who knows nothing of the first, and deducts as if there were no other. */
  readonly secondSalary?: Rupees;
  /** Receipts taxed at a declared share of themselves: of a profession at least a half (44ADA), of a trade 6 % (44AD). */
  readonly presumptive?: { readonly receipts: Rupees; readonly profitPercent: number; readonly isProfession?: boolean };
  /** By the books; below zero, a loss, which lowers all but the salary. */
  readonly businessProfit?: Rupees;
  /** Losses of earlier years that are set off against the profit of this one. */
  readonly lossSetOff?: Rupees;
  /** What a firm pays a partner for work and capital. The share of its profit is not taxed again. */
  readonly fromFirm?: {
    readonly remuneration: Rupees;
    readonly interest: Rupees;
    readonly profitShare: Rupees;
    readonly capital: Rupees;
  };
  /** The turnover in the returns of goods and services tax. */
  readonly gstTurnover?: Rupees;
  readonly agriculturalIncome?: Rupees;
  /** On listed shares: sections 111A and 112A. */
  readonly shortTermGains?: Rupees;
  readonly longTermGains?: Rupees;
  /** The gain is what the price exceeds the cost by; section 54B frees what is spent on other farmland. */
  readonly landSold?: { readonly price: Rupees; readonly cost: Rupees; readonly exempt: Rupees };
  /** Gains on virtual digital assets, section 115BBH. */
  readonly virtualAssets?: { readonly sold: Rupees; readonly gain: Rupees };
  readonly familyPension?: Rupees;
  readonly savingsInterest?: Rupees;
  readonly depositInterest?: Rupees;
  readonly dividend?: Rupees;
  /** Sections 80C and 80D together; only the old regime knows them. */
  readonly investments?: Rupees;
  /** To political parties, section 80GGC, without limit. */
  readonly politicalDonation?: Rupees;
  /** What others report and the return leaves out. */
  readonly undeclared?: Undeclared | undefined;
  /** The return claims tax that was withheld and never reached the treasury. */
  readonly claimsUnmatched?: boolean;
  /** Pays nothing before the return, and owes interest for it. */
  readonly paysNoAdvance?: boolean;
  /** What the employer deducts beyond the year's tax; below zero, what is left to pay. */
  readonly overdeducted?: Rupees;
  readonly cashWithdrawn?: Rupees;
  /** Price of a car, on which its seller collects tax. */
  readonly carBought?: Rupees;
  readonly oddities?: readonly Oddity[];
}

/** Each amount comes on top of what the return tells. */
interface Undeclared {
  /** From one more employer, who pays too little to deduct tax. */
  readonly salary?: Rupees;
  /** Professional fees under section 194J. The tax on them is claimed nevertheless. */
  readonly fees?: Rupees;
  readonly gstTurnover?: Rupees;
  readonly depositInterest?: Rupees;
  /** Too little for a company to deduct tax. */
  readonly dividend?: Rupees;
  readonly sharesSold?: Rupees;
}

/** What real statements hold and naive readers trip over. */
type Oddity = "UNMATCHED_BOOKING" | "REVERSED_BOOKING" | "ODD_DEDUCTOR_NAME" | "GOVERNMENT_EMPLOYER";

export type Story =
  | "SETTLED"
  | "NOT_FILED"
  | "VERIFICATION_PENDING"
  | "UNDER_PROCESSING"
  | "DEFECTIVE"
  | "REFUND_PENDING"
  | "DEMAND"
  | "BELATED"
  /** Files without the interest on savings at first, and once more with it. */
  | "REVISED"
  /** As revised, but only years later. */
  | "UPDATED"
  /** Files nothing in time, and years later an updated return as the first. */
  | "UPDATED_FIRST"
  /** Discards the return unverified, and files once more when it is late. */
  | "DISCARDED";

/** An amount of 2020-21 that changes by this factor every year. It does not depend on the current date. */
export function growing(wholeRupeesIn2020: number, eachYear: number): (incomeYear: IncomeYear) => Rupees {
  return (incomeYear) => rupees(Math.max(0, wholeRupeesIn2020 + eachYear * (incomeYear - 2020)));
}

/** Most people took the new regime when it became the one that applies unless one opts out. */
export function newSince2023(incomeYear: IncomeYear): KnownRegime {
  return incomeYear >= 2023 ? "NEW" : "OLD";
}

export function alwaysOld(): KnownRegime {
  return "OLD";
}
