import { type Filing, type FilingKind, incomeHeadNames } from "../filing";
import { compareTexts, type NonEmpty, type Reported } from "./choice";
import { isSameAmount, isKnown } from "./facts";

/** A filing with the answer it came in. Two filings in one answer are two returns. */
interface ReportedFiling extends Reported<Filing> {
  readonly answer: object;
}

type SameReturn = NonEmpty<ReportedFiling>;

/**
 * Groups the reports of one return. The acknowledgement number identifies a return. A report without a number joins the
 * most similar return of the year that it does not contradict.
 */
export function groupBySameReturn(reported: readonly ReportedFiling[]): readonly SameReturn[] {
  let returns: readonly SameReturn[] = [];
  for (const filing of inOrderOfNaming(reported)) {
    const candidates = returns.filter((one) => isOneOf(one, filing));
    const known = likeliest(candidates, filing);
    const joined: SameReturn = known ? [...known, filing] : [filing];
    returns = [...returns.filter((one) => one !== known), joined];
  }
  return returns;
}

function inOrderOfNaming(reported: readonly ReportedFiling[]): readonly ReportedFiling[] {
  const isNamed = ({ value }: ReportedFiling) => value.acknowledgementNumber !== undefined;
  return [...reported.filter(isNamed), ...reported.filter((filing) => !isNamed(filing))];
}

function isOneOf(known: SameReturn, filing: ReportedFiling): boolean {
  const number = filing.value.acknowledgementNumber;
  if (number !== undefined) return known[0].value.acknowledgementNumber === number;
  return known.every((other) => other.answer !== filing.answer && mayBeSame(other.value, filing.value));
}

function mayBeSame(one: Filing, other: Filing): boolean {
  if (one.incomeYear !== other.incomeYear || differ(one.form, other.form)) return false;
  if (differ(one.filedOn, other.filedOn) || differ(familyOf(one.kind), familyOf(other.kind))) return false;
  const isOnlyOne = one.kind !== "OTHER" && other.kind !== "OTHER" && !repeatable.includes(one.kind);
  const isSameDay = one.filedOn !== undefined && one.filedOn === other.filedOn;
  return isOnlyOne || isSameDay || likeness(one, other) >= 0;
}

function differ(one: unknown, other: unknown): boolean {
  return isKnown(one) && isKnown(other) && one !== other;
}

/** One year may have several of each; of all other kinds it has one. */
const repeatable: readonly FilingKind[] = ["REVISED", "DEFECTIVE_RESPONSE"];

/** A year has one first return. Providers do not strictly distinguish ORIGINAL and BELATED. */
function familyOf(kind: FilingKind): FilingKind {
  return kind === "BELATED" ? "ORIGINAL" : kind;
}

/** Among equally similar returns the last filed: a provider that reports one return reports the effective one. */
function likeliest(returns: readonly SameReturn[], { value }: ReportedFiling): SameReturn | undefined {
  const likenessOf = (one: SameReturn) => one.reduce((sum, other) => sum + likeness(other.value, value), 0);
  const ranked = returns.toSorted(
    (one, other) => likenessOf(other) - likenessOf(one) || compareTexts(lastFiling(other), lastFiling(one)),
  );
  return ranked[0];
}

function lastFiling(one: SameReturn): string {
  const dates = one.map(({ value }) => value.filedOn ?? "");
  return dates.toSorted().at(-1) ?? "";
}

/** The number of equal figures, less the different ones. Two zeros count as nothing. */
function likeness(one: Filing, other: Filing): number {
  const others = figuresOf(other);
  return figuresOf(one).reduce<number>((sum, figure, at) => {
    const against = others[at] ?? null;
    if (figure === null || against === null || (figure === 0 && against === 0)) return sum;
    return sum + (isSameAmount(figure, against) ? 1 : -1);
  }, 0);
}

function figuresOf({ incomeHeads, grossTotalIncome, deductions, totalIncome, refund }: Filing) {
  const heads = incomeHeadNames.map((name) => incomeHeads?.[name] ?? null);
  return [...heads, grossTotalIncome, deductions, totalIncome, refund?.claimed ?? null];
}
