import type { Word } from "../vocabulary";
import { rupees, zeroRupees, type Rupees } from "../rupees";
import type { IncomeYear } from "../taxPeriod";

export type TaxRegime = Word<"TaxRegime">;

/** A regime whose rules are known. */
export type KnownRegime = Exclude<TaxRegime, "UNKNOWN">;

export const ageTiers = ["BELOW_60", "FROM_60", "FROM_80"] as const;
export type AgeTier = (typeof ageTiers)[number];

export interface Slab {
  readonly above: Rupees;
  readonly percent: number;
}

interface RebateRule {
  readonly upTo: Rupees;
  readonly most: Rupees;
  /** Just above the limit the tax is no more than the income above it. */
  readonly isRelievedAbove: boolean;
  /**
   * Whether tax at special rates is rebated too; that of section 112A never is. DISPUTED: the law of two years says so, and
   * the Department's utility refused it.
   */
  readonly specialRates: "REBATED" | "DISPUTED" | "NOT_REBATED";
}

export interface RegimeRules {
  /** Lowest first; below the first nothing is taxed. */
  readonly slabs: readonly Slab[];
  readonly standardDeduction: Rupees;
  readonly rebate: RebateRule;
  readonly surcharges: readonly Slab[];
}

const lakh = 100_000;

function slabs(...steps: readonly (readonly [lakhs: number, percent: number])[]): readonly Slab[] {
  return steps.map(([lakhs, percent]) => ({ above: rupees(lakhs * lakh), percent }));
}

const oldSlabs: Record<AgeTier, readonly Slab[]> = {
  BELOW_60: slabs([2.5, 5], [5, 20], [10, 30]),
  FROM_60: slabs([3, 5], [5, 20], [10, 30]),
  FROM_80: slabs([5, 20], [10, 30]),
};

const surchargesTo37 = slabs([50, 10], [100, 15], [200, 25], [500, 37]);
const surchargesTo25 = slabs([50, 10], [100, 15], [200, 25]);

function rebate(lakhs: number, most: number, more: Omit<RebateRule, "upTo" | "most">): RebateRule {
  return { upTo: rupees(lakhs * lakh), most: rupees(most), ...more };
}

const rebateToFiveLakh = rebate(5, 12_500, { isRelievedAbove: false, specialRates: "REBATED" });
const rebateToSevenLakh = rebate(7, 25_000, { isRelievedAbove: true, specialRates: "DISPUTED" });
const rebateToTwelveLakh = rebate(12, 60_000, { isRelievedAbove: true, specialRates: "NOT_REBATED" });

/** Each entry holds from its year until the next entry. The new regime began with the income of 2020-21. */
const newRules: readonly { readonly from: number; readonly rules: RegimeRules }[] = [
  {
    from: 2020,
    rules: {
      slabs: slabs([2.5, 5], [5, 10], [7.5, 15], [10, 20], [12.5, 25], [15, 30]),
      standardDeduction: zeroRupees,
      rebate: rebateToFiveLakh,
      surcharges: surchargesTo37,
    },
  },
  {
    from: 2023,
    rules: {
      slabs: slabs([3, 5], [6, 10], [9, 15], [12, 20], [15, 30]),
      standardDeduction: rupees(50_000),
      rebate: rebateToSevenLakh,
      surcharges: surchargesTo25,
    },
  },
  {
    from: 2024,
    rules: {
      slabs: slabs([3, 5], [7, 10], [10, 15], [12, 20], [15, 30]),
      standardDeduction: rupees(75_000),
      rebate: rebateToSevenLakh,
      surcharges: surchargesTo25,
    },
  },
  {
    from: 2025,
    rules: {
      slabs: slabs([4, 5], [8, 10], [12, 15], [16, 20], [20, 25], [24, 30]),
      standardDeduction: rupees(75_000),
      rebate: rebateToTwelveLakh,
      surcharges: surchargesTo25,
    },
  },
];

/** Years before the first entry use the first one, later years the last one. */
export function rulesOf(incomeYear: IncomeYear, regime: KnownRegime, ageTier: AgeTier): RegimeRules {
  if (regime === "OLD") {
    return {
      slabs: oldSlabs[ageTier],
      standardDeduction: rupees(50_000),
      rebate: rebateToFiveLakh,
      surcharges: surchargesTo37,
    };
  }
  const entry = newRules.findLast(({ from }) => from <= incomeYear) ?? newRules[0];
  if (entry === undefined) throw new RangeError("The table of the new regime is empty.");
  return entry.rules;
}
