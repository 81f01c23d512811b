export const businessBases = ["DECLARED", "CASH_PROFIT", "GROSS_PROFIT", "RECEIPTS"] as const;
export type BusinessBasis = (typeof businessBases)[number];

export const averagings = ["LATEST", "MEAN", "MEAN_IF_RISING_ELSE_LATEST", "LOWEST"] as const;
export type Averaging = (typeof averagings)[number];

/** A lender's own rules about what income counts. What is left out does not apply. */
export interface IncomePolicy {
  readonly name: string;
  readonly version: string;
  /** How many of the newest returns count. */
  readonly years: number;
  readonly businessBasis: BusinessBasis;
  /** GROSS_PROFIT: the lower of gross profit and this share of turnover. */
  readonly grossProfitShare: number;
  /** RECEIPTS: turnover times this. */
  readonly receiptsMultiple?: number | undefined;
  readonly rentShare: number;
  readonly agriculturalShare: number;
  /** Other income counts up to this multiple of business income. */
  readonly otherIncomeCap?: number | undefined;
  readonly averaging: Averaging;
  /** The latest year counts up to this multiple of the year before. */
  readonly growthCap?: number | undefined;
}

export const standardPolicy: IncomePolicy = {
  name: "Standard",
  version: "1",
  years: 3,
  businessBasis: "DECLARED",
  grossProfitShare: 0.2,
  rentShare: 1,
  agriculturalShare: 0,
  averaging: "MEAN_IF_RISING_ELSE_LATEST",
};

interface PolicyFlaw {
  readonly field: keyof IncomePolicy;
  /** One sentence. */
  readonly hint: string;
}

const longestText = 100;
const mostYears = 7;
const largestMultiple = 1_000;

/** The first thing that is wrong with a policy. */
export function flawOfPolicy(policy: IncomePolicy): PolicyFlaw | undefined {
  const { receiptsMultiple, otherIncomeCap, growthCap } = policy;
  const flaws: readonly (PolicyFlaw | undefined)[] = [
    ...(["name", "version"] as const).map((field) =>
      isText(policy[field]) ? undefined : { field, hint: `It must have 1 to ${longestText} letters.` },
    ),
    isWithin(policy.years, 1, mostYears) && Number.isInteger(policy.years)
      ? undefined
      : { field: "years", hint: `It must be 1 to ${mostYears}.` },
    ...(["grossProfitShare", "rentShare", "agriculturalShare"] as const).map((field) =>
      isWithin(policy[field], 0, 1) ? undefined : { field, hint: "It must be 0 to 1." },
    ),
    receiptsMultiple === undefined && policy.businessBasis === "RECEIPTS"
      ? { field: "receiptsMultiple", hint: "RECEIPTS needs it, since lenders differ." }
      : undefined,
    isMultiple(receiptsMultiple) ? undefined : { field: "receiptsMultiple", hint: multipleHint },
    isMultiple(growthCap) ? undefined : { field: "growthCap", hint: multipleHint },
    otherIncomeCap === 0 || isMultiple(otherIncomeCap) ? undefined : { field: "otherIncomeCap", hint: multipleHint },
  ];
  return flaws.find((flaw) => flaw !== undefined);
}

const multipleHint = `It must be above 0, and at most ${largestMultiple}.`;

function isText(text: string): boolean {
  return text.trim() !== "" && text.length <= longestText;
}

function isMultiple(multiple: number | undefined): boolean {
  return multiple === undefined || (multiple > 0 && isWithin(multiple, 0, largestMultiple));
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

/** JSON with sorted keys, no blanks, and without what is left out: equal for equal policies. Its SHA-256 is the digest. */
export function canonicalPolicy(policy: IncomePolicy): string {
  const told = Object.entries(policy).filter(([, value]) => value !== undefined && value !== null);
  const sorted = told.toSorted(([one], [other]) => (one < other ? -1 : 1));
  // Numbers print as JSON has them: 1.0 is 1.
  return JSON.stringify(Object.fromEntries(sorted));
}
