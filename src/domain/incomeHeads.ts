import { sumOfReported, type Rupees } from "./rupees";

export const incomeHeadNames = [
  "salary",
  "houseProperty",
  "businessOrProfession",
  "capitalGains",
  "otherSources",
] as const;
export type IncomeHeadName = (typeof incomeHeadNames)[number];

/** Null where no source reports the head; zero where a source reports zero. */
export type IncomeHeads = Readonly<Record<IncomeHeadName, Rupees | null>>;

export function totalOfHeads(heads: IncomeHeads): Rupees | null {
  return sumOfReported(incomeHeadNames.map((name) => heads[name]));
}
