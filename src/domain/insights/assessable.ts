import { fromPaise, type Rupees } from "../rupees";
import type { IncomeYear } from "../taxPeriod";
import { input, type Expression } from "./expression";
import { stepOf, type Figure, type Step } from "./figure";
import type { IncomePolicy } from "./policy";

/** One year's income over the counted years. `missing` names years of which nobody could tell whether there is a return. */
export function assessableOf(recurring: readonly Step[], policy: IncomePolicy, missing: readonly string[]): Step {
  const [latest, next] = recurring;
  if (latest === undefined) return stepOf("assessable", { missing });
  const first = withGrowthCap(latest, next, policy.growthCap);
  const years = policy.averaging === "LATEST" ? [first] : [first, ...recurring.slice(1)];
  const inputs = years.flatMap(({ name, figure: { amount } }) =>
    amount === null ? [] : [input(name, name === "growthCapped" ? "growthCapped" : "recurring", amount)],
  );
  const expression = inputs.length === years.length ? averaged(inputs, policy.averaging) : undefined;
  return stepOf("assessable", { expression, before: years, missing });
}

function withGrowthCap(latest: Step, next: Step | undefined, cap: number | undefined): Step {
  if (cap === undefined || next === undefined) return latest;
  const [amount, before] = [latest.figure.amount, next.figure.amount];
  const parts = { before: [latest, next] };
  if (amount === null || before === null) return stepOf("growthCapped", parts);
  const factor = { path: "policy.growthCap", value: cap };
  const limit: Expression = { op: "TIMES", of: input(next.name, "recurring", before), factor };
  const expression: Expression = { op: "LOWER_OF", of: [input(latest.name, "recurring", amount), limit] };
  return stepOf("growthCapped", { ...parts, expression });
}

function averaged(of: readonly Expression[], averaging: IncomePolicy["averaging"]): Expression | undefined {
  switch (averaging) {
    case "LATEST":
      return of[0];
    case "MEAN":
      return { op: "MEAN", of };
    case "LOWEST":
      return { op: "LOWER_OF", of };
    case "MEAN_IF_RISING_ELSE_LATEST":
      return { op: "MEAN_IF_RISING_ELSE_FIRST", of };
  }
}

/** A twelfth, rounded down to the rupee. */
export function monthlyOf(assessable: Figure): Figure {
  const { amount } = assessable;
  return { ...assessable, amount: amount === null ? null : fromPaise(Math.floor(amount / 1_200) * 100) };
}

export const stabilities = ["STABLE", "VARIABLE", "VOLATILE", "UNKNOWN"] as const;
export type Stability = (typeof stabilities)[number];

export interface IncomeTrend {
  readonly growth: readonly { readonly incomeYear: IncomeYear; readonly ratio: number | null }[];
  readonly cagr: number | null;
  readonly variation: number | null;
  readonly stability: Stability;
}

interface YearAmount {
  readonly incomeYear: IncomeYear;
  readonly amount: Rupees | null;
}

const stableUpTo = 0.15;
const variableUpTo = 0.35;

/** How the counted years, newest first, compare with each other. */
export function trendOf(years: readonly YearAmount[]): IncomeTrend {
  const growth = years.map(({ incomeYear, amount }, at) => {
    const earlier = years[at + 1];
    const isNext = earlier?.incomeYear === incomeYear - 1;
    const ratio = isNext && amount !== null && isPositive(earlier.amount) ? amount / earlier.amount : null;
    return { incomeYear, ratio };
  });
  const variation = variationOf(years.map(({ amount }) => amount));
  return { growth, cagr: cagrOf(years), variation, stability: stabilityOf(variation) };
}

function cagrOf(years: readonly YearAmount[]): number | null {
  const [newest, oldest] = [years[0], years.at(-1)];
  if (newest === undefined || oldest === undefined || years.length < 2) return null;
  const hasGap = newest.incomeYear - oldest.incomeYear !== years.length - 1;
  if (hasGap || !isPositive(newest.amount) || !isPositive(oldest.amount)) return null;
  return (newest.amount / oldest.amount) ** (1 / (years.length - 1)) - 1;
}

/** Null where a year is not possible, and where the mean is not positive: there the ratio says nothing. */
function variationOf(amounts: readonly (Rupees | null)[]): number | null {
  const told = amounts.filter((amount) => amount !== null);
  if (told.length < 2 || told.length < amounts.length) return null;
  const mean = told.reduce((all, amount) => all + amount, 0) / told.length;
  const squares = told.reduce((all, amount) => all + (amount - mean) ** 2, 0) / told.length;
  return mean > 0 ? Math.sqrt(squares) / mean : null;
}

function stabilityOf(variation: number | null): Stability {
  if (variation === null) return "UNKNOWN";
  if (variation <= stableUpTo) return "STABLE";
  return variation <= variableUpTo ? "VARIABLE" : "VOLATILE";
}

function isPositive(amount: Rupees | null): amount is Rupees {
  return amount !== null && amount > 0;
}
