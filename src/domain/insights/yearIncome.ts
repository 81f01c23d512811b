import type { Word } from "../vocabulary";
import { addRupees, negateRupees, zeroRupees, type Rupees } from "../rupees";
import { businessOf } from "./business";
import { input, sum, type Expression } from "./expression";
import { stepOf, type Step } from "./figure";
import type { Label } from "./labels";
import type { IncomePolicy } from "./policy";
import { mayHaveSalary, type YearReturn } from "./yearReturn";

/** What counts of one year under a policy, step by step. */
interface YearIncome {
  readonly recurring: Step;
  readonly salary: Step;
  readonly business: Step;
  readonly rent: Step;
  readonly other: Step;
}

/** `before` is the return of the assessment year before, where there is one: other income is a mean of both. */
export function yearIncomeOf(ofYear: YearReturn, before: YearReturn | undefined, policy: IncomePolicy): YearIncome {
  const salary = salaryOf(ofYear);
  const business = businessOf(ofYear, policy);
  const rent = rentOf(ofYear, policy.rentShare);
  const other = capped(otherOf(ofYear, before), business, policy.otherIncomeCap);
  const agricultural = agriculturalOf(ofYear, policy.agriculturalShare);
  const parts = [salary, business, rent, other, ...agricultural];
  return { salary, business, rent, other, recurring: recurringOf(ofYear, parts) };
}

/** Without salary or business there is no sum. Another part that is missing is left out, and said to be. */
function recurringOf({ year }: YearReturn, parts: readonly Step[]): Step {
  const isPossible = parts.slice(0, 2).every(({ figure }) => figure.amount !== null);
  const terms = parts.flatMap(({ name, figure: { amount } }) =>
    amount === null ? [] : [input(name, labelOfStep(name), amount)],
  );
  return stepOf(`${year}.recurring`, { expression: isPossible ? sum(...terms) : undefined, before: parts });
}

function labelOfStep(name: string): Label {
  return (name.split(".")[1] ?? "recurring") as Label;
}

function salaryOf({ filing, year, place, doubtsAt }: YearReturn): Step {
  const name = `${year}.salary`;
  if (!mayHaveSalary(filing)) {
    return stepOf(name, { expression: { op: "NOTHING", path: `${place}.form`, label: "noneInForm" } });
  }
  const head = filing.incomeHeads?.salary ?? null;
  const headPath = `${place}.incomeHeads.salary`;
  const { salaries } = filing;
  // A list without employers says that there is no salary, unless the head tells one.
  const isTold = salaries !== undefined && (salaries.length > 0 || head === null || head === 0);
  if (!isTold && head === 0) return stepOf(name, { expression: input(headPath, "headOfSalary", head), doubtsAt });
  const gaps = isTold
    ? salaries.flatMap(({ gross }, at) => (gross === null ? [`${place}.salaries[${at}].gross`] : []))
    : [`${place}.salaries`];
  if (isTold && gaps.length === 0) {
    const terms = salaries.map(({ gross }, at) =>
      input(`${place}.salaries[${at}].gross`, "grossSalary", gross ?? zeroRupees),
    );
    const nothing: Expression = { op: "NOTHING", path: `${place}.salaries`, label: "noneInReturn" };
    return stepOf(name, { expression: terms.length === 0 ? nothing : sum(...terms), doubtsAt });
  }
  if (head === null) return stepOf(name, { missing: [...gaps, headPath] });
  return stepOf(name, { expression: input(headPath, "headOfSalary", head), missing: gaps, doubtsAt });
}

function rentOf({ filing, year, place, doubtsAt }: YearReturn, value: number): Step {
  const name = `${year}.rent`;
  const factor = { path: "policy.rentShare", value };
  const head = filing.incomeHeads?.houseProperty ?? null;
  const headPath = `${place}.incomeHeads.houseProperty`;
  const houses = filing.houseProperties?.map((house, at) => ({ ...house, path: `${place}.houseProperties[${at}]` }));
  // A house of unknown use counts as let out where it brings rent.
  const isLetOut = ({ use, grossRent }: { use: string; grossRent: Rupees | null }) =>
    use === "LET_OUT" || (use === "UNKNOWN" && grossRent !== 0);
  const letOut = houses?.filter(isLetOut) ?? [];
  const hasHeadAlone = !houses?.some(({ use }) => use === "DEEMED_LET_OUT") && letOut.length === 0 && (head ?? 0) > 0;
  const gaps = [
    ...(houses === undefined || hasHeadAlone ? [`${place}.houseProperties`] : []),
    ...letOut.flatMap(({ grossRent, path }) => (grossRent === null ? [`${path}.grossRent`] : [])),
  ];
  if (gaps.length === 0) {
    const unknownUses = letOut.filter(({ use }) => use === "UNKNOWN").map(({ path }) => `${path}.use`);
    const rents = letOut.map(({ grossRent, path }) => input(`${path}.grossRent`, "grossRent", grossRent ?? zeroRupees));
    const nothing: Expression = { op: "NOTHING", path: `${place}.houseProperties`, label: "noneInReturn" };
    const expression: Expression = rents.length === 0 ? nothing : { op: "TIMES", of: sum(...rents), factor };
    return stepOf(name, { expression, missing: unknownUses, doubtsAt });
  }
  if (head === null) return stepOf(name, { missing: [...gaps, headPath] });
  const isOwnHouse = head <= 0 && letOut.length === 0;
  const expression: Expression =
    head <= 0
      ? { op: "NOT_BELOW_ZERO", of: input(headPath, "headOfHouseProperty", head) }
      : { op: "TIMES", of: input(headPath, "headOfHouseProperty", head), factor };
  return stepOf(name, { expression, missing: isOwnHouse ? [] : gaps, doubtsAt });
}

const recurringKinds = [
  ["INTEREST", "interest"],
  ["DIVIDEND", "dividend"],
  ["FAMILY_PENSION", "familyPension"],
] as const;

/** Interest, dividend and family pension: each as the mean of this year and the one before, where both are told. */
function otherOf(ofYear: YearReturn, before: YearReturn | undefined): Step {
  const { filing, year, place, doubtsAt } = ofYear;
  const name = `${year}.other`;
  const head = filing.incomeHeads?.otherSources ?? null;
  if (filing.otherIncome === undefined) {
    return head === 0
      ? stepOf(name, { expression: input(`${place}.incomeHeads.otherSources`, "other", head), doubtsAt })
      : stepOf(name, { missing: [`${place}.otherIncome`] });
  }
  const years = before?.filing.otherIncome === undefined ? [ofYear] : [ofYear, before];
  const kinds = recurringKinds.map(([kind, label]): Expression => {
    const sums = years.map((each) => sumOfKind(each, kind, label));
    return sums.length === 1 ? (sums[0] ?? sum()) : { op: "MEAN", of: sums };
  });
  const allDoubts = (paths: readonly string[]) => years.flatMap((each) => each.doubtsAt(paths));
  return stepOf(name, { expression: sum(...kinds), doubtsAt: allDoubts });
}

function sumOfKind({ filing, place }: YearReturn, kind: Word<"OtherIncomeKind">, label: Label): Expression {
  const entries = (filing.otherIncome ?? []).flatMap((entry, at) =>
    entry.kind === kind ? [input(`${place}.otherIncome[${at}].amount`, label, entry.amount)] : [],
  );
  // The list is told as a whole: a kind that it does not have is 0.
  return entries.length === 0 ? input(`${place}.otherIncome`, label, zeroRupees) : sum(...entries);
}

/** Other income beside a business counts up to a multiple of it. */
function capped(other: Step, business: Step, cap: number | undefined): Step {
  const [amount, income] = [other.figure.amount, business.figure.amount];
  if (cap === undefined || amount === null) return other;
  const uncapped: Step = { ...other, name: other.name.replace(".other", ".otherUncapped") };
  const itself = input(uncapped.name, "other", amount);
  if (income !== null && income <= 0) return other;
  if (income === null) {
    // Whether the cap holds cannot be said: it counts in full, and is flagged for what the business lacks.
    return stepOf(other.name, { expression: itself, before: [uncapped], missing: business.figure.missing });
  }
  const limit: Expression = {
    op: "TIMES",
    of: input(business.name, "business", income),
    factor: { path: "policy.otherIncomeCap", value: cap },
  };
  return stepOf(other.name, { expression: { op: "LOWER_OF", of: [itself, limit] }, before: [uncapped, business] });
}

/** Nothing where the policy counts none of it. */
function agriculturalOf({ filing, year, place, doubtsAt }: YearReturn, value: number): readonly Step[] {
  if (value === 0) return [];
  const name = `${year}.agricultural`;
  const path = `${place}.agriculturalIncome`;
  if (filing.agriculturalIncome === undefined) return [stepOf(name, { missing: [path] })];
  const of = input(path, "agriculturalIncome", filing.agriculturalIncome);
  return [
    stepOf(name, { expression: { op: "TIMES", of, factor: { path: "policy.agriculturalShare", value } }, doubtsAt }),
  ];
}

const exclusions = [
  "CAPITAL_GAINS",
  "LOTTERY",
  "VIRTUAL_ASSETS",
  "EXEMPT",
  "REFUND_INTEREST",
  "DEEMED",
  "OTHER",
] as const;
export type Exclusion = (typeof exclusions)[number];

/** What is told of a year and does not count under any policy. */
export interface ExcludedIncome {
  readonly what: Exclusion;
  readonly amount: Rupees;
}

export function excludedOf({ filing }: YearReturn): readonly ExcludedIncome[] {
  const { incomeHeads, capitalGains, otherIncome = [], exemptIncome, houseProperties = [] } = filing;
  const ofKind = (kind: Word<"OtherIncomeKind">) =>
    otherIncome.filter((each) => each.kind === kind).map(({ amount }) => amount);
  const virtual = (capitalGains?.gains ?? []).filter(({ section }) => section === "115BBH").map(({ amount }) => amount);
  const gains = incomeHeads?.capitalGains ?? addTold(capitalGains?.shortTerm, capitalGains?.longTerm);
  const deemed = houseProperties.flatMap(({ use, income }) => (use === "DEEMED_LET_OUT" ? (income ?? []) : []));
  const amounts: Readonly<Record<Exclusion, readonly Rupees[]>> = {
    CAPITAL_GAINS: [gains, ...virtual.map(negateRupees)],
    LOTTERY: ofKind("LOTTERY"),
    VIRTUAL_ASSETS: [...virtual, ...ofKind("VIRTUAL_ASSETS")],
    EXEMPT: [exemptIncome ?? zeroRupees],
    REFUND_INTEREST: ofKind("REFUND_INTEREST"),
    DEEMED: deemed,
    OTHER: ofKind("OTHER"),
  };
  return exclusions.flatMap((what) => {
    const amount = addRupees(...amounts[what]);
    return amount === 0 ? [] : [{ what, amount }];
  });
}

function addTold(...amounts: readonly (Rupees | null | undefined)[]): Rupees {
  return addRupees(...amounts.map((amount) => amount ?? zeroRupees));
}
