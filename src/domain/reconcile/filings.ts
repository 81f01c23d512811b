import { type Filing, type FilingKind, dueDateOf, dueDateOfForm, lastDayFor, type FilingStatus } from "../filing";
import type { Provenance } from "../answer";
import { type IncomeYear, taxPeriodOf } from "../taxPeriod";
import { indianDayOf } from "../calendarDate";
import {
  mostBelievedFirst,
  sourcesOf,
  type Choice,
  type Reported,
  newestFirst,
  compareTexts,
  bestOf,
  noted,
} from "./choice";
import { isKnown } from "./facts";
import { mergeBodies, type Rules, claimOf } from "./mergeBodies";
import type { ReconciledFiling, ReportedFilings } from "./reconciled";
import { reconcileStatus } from "./status";
import { groupBySameReturn } from "./sameReturn";
import { severityInFiling } from "./severities";
import type { Claim, Disagreement } from "./disagreement";

/** Adds a claim to the disagreement of its path, or opens one. */
function withClaim(
  disagreements: readonly Disagreement[],
  opened: Omit<Disagreement, "claims">,
  { believed, denied }: { readonly believed: Claim; readonly denied: Claim },
): readonly Disagreement[] {
  const known = disagreements.find(({ path }) => path === opened.path);
  if (known === undefined) return [...disagreements, { ...opened, claims: [believed, denied] }];
  const isHeard = known.claims.some((claim) => claim.provider === denied.provider && claim.value === denied.value);
  if (isHeard) return disagreements;
  return disagreements.map((each) => (each === known ? { ...known, claims: [...known.claims, denied] } : each));
}

/** Two different values from one provider are a disagreement, also without a second provider. */
function withContradictions(
  disagreements: readonly Disagreement[],
  reported: readonly Reported<Filing>[],
): readonly Disagreement[] {
  const contradictions = reported.flatMap(({ value, provenance }) =>
    (value.contradictions ?? []).map((contradiction) => ({ ...contradiction, provenance })),
  );
  return contradictions.reduce((known, { path, believed, alsoTold, provenance }) => {
    const isParsed = provenance.method === "PARSED";
    const reason = isParsed ? "parsed from the return itself" : "the better of the provider's two words";
    return withClaim(
      known,
      { path, severity: severityInFiling(path), chosen: provenance.provider, reason },
      {
        believed: claimOf(path, { value: believed, provenance }),
        denied: claimOf(path, { value: alsoTold, provenance }),
      },
    );
  }, disagreements);
}

/**
 * A return that is defective, invalid, discarded or not yet verified counts as not filed. The return that it was meant to
 * replace stays effective. Without one, the year has no effective return.
 */
const withoutEffect: readonly FilingStatus[] = [
  "VERIFICATION_PENDING",
  "DEFECTIVE",
  "INVALID",
  "DISCARDED",
  "NOT_FILED",
];

/** The effective return of a year: each return replaces those filed before it. */
export function effectiveOf(filings: readonly Filing[]): Filing | undefined {
  return lastFirst(filings.filter(hasEffect))[0];
}

function hasEffect({ status }: Filing): boolean {
  return !withoutEffect.includes(status);
}

function lastFirst(filings: readonly Filing[]): readonly Filing[] {
  return filings.toSorted(
    (one, other) =>
      compareTexts(placeInTime(other), placeInTime(one)) ||
      compareTexts(other.acknowledgementNumber ?? "", one.acknowledgementNumber ?? ""),
  );
}

/** If the filing date is unknown, the kind decides whether a return comes before the others or after them. */
function placeInTime({ filedOn, kind, incomeYear }: Filing): string {
  return filedOn ?? assumedDate[kind](incomeYear);
}

const assumedDate: Record<FilingKind, (incomeYear: IncomeYear) => string> = {
  ORIGINAL: (year) => taxPeriodOf(year).endsOn,
  BELATED: (year) => dueDateOf(year, "INDIVIDUAL"),
  OTHER: (year) => taxPeriodOf(year).endsOn,
  DEFECTIVE_RESPONSE: (year) => lastDayFor("REVISED", year),
  REVISED: (year) => lastDayFor("REVISED", year),
  UPDATED: (year) => lastDayFor("UPDATED", year),
};

/** The providers that were asked about this year and report no return, newest first. */
function denialsOf(reported: readonly ReportedFilings[], incomeYear: IncomeYear): readonly Provenance[] {
  if (reported.every(({ filings }) => filings.length > 0)) return [];
  const having = reported.filter(({ filings }) => filings.some((filing) => filing.incomeYear === incomeYear));
  const holders = having.map(({ provenance }) => provenance.provider);
  const denying = reported.filter(
    ({ incomeYear: asked, filings, provenance }) =>
      asked === incomeYear && filings.length === 0 && !holders.includes(provenance.provider),
  );
  const claims = denying.map(({ filings, provenance }) => ({ value: filings, provenance }));
  return newestFirst(claims).map(({ provenance }) => provenance);
}

/** A provider that reports no return after it was filed contradicts the providers that have it. */
function withDenials(reconciled: ReconciledFiling, denials: readonly Provenance[]): ReconciledFiling {
  const [holder] = reconciled.provenance;
  if (holder === undefined || denials.length === 0) return reconciled;
  const { filedOn, verifiedOn } = reconciled.filing;
  // A return that was verified had been filed by then.
  const filedBy = filedOn ?? verifiedOn;
  const wasFiled = ({ fetchedAt }: Provenance) =>
    filedBy === undefined ? fetchedAt >= holder.fetchedAt : indianDayOf(fetchedAt) > filedBy;
  const opened = {
    path: "status",
    severity: severityInFiling("status"),
    chosen: holder.provider,
    reason: "a return that is held was filed",
  };
  const believed = claimOf("status", { value: "FILED", provenance: holder });
  const disagreements = denials.filter(wasFiled).reduce((known, provenance) => {
    const denied = claimOf("status", { value: "NOT_FILED", provenance });
    return withClaim(known, opened, { believed, denied });
  }, reconciled.disagreements);
  return { ...reconciled, disagreements };
}

/** One filing for each return that was filed: the newest year first, and within it the effective one, then the last filed. */
export function reconcileFilings(reported: readonly ReportedFilings[]): readonly ReconciledFiling[] {
  const filings = [...new Set(reported)].flatMap((answer) =>
    answer.filings.map((value) => ({ value, provenance: answer.provenance, answer })),
  );
  const merged = areAllApart(filings)
    ? filings.map(returnOfOneSource)
    : groupBySameReturn(mostBelievedFirst(filings)).flatMap(mergeReturn);
  const years = [...Map.groupBy(merged, ({ filing }) => filing.incomeYear)];
  return years
    .toSorted(([one], [other]) => other - one)
    .flatMap(([incomeYear, ofYear]) => {
      const [first, ...rest] = inOrder(ofYear);
      return first ? [withDenials(first, denialsOf(reported, incomeYear)), ...rest] : [];
    });
}

/** Whether each return is of another year under another number: then no two reports can be about one return. */
function areAllApart(filings: readonly Reported<Filing>[]): boolean {
  const years = new Set<IncomeYear>();
  const numbers = new Set<string>();
  for (const { value } of filings) {
    const { incomeYear, acknowledgementNumber: number } = value;
    if (years.has(incomeYear) || (number !== undefined && numbers.has(number))) return false;
    years.add(incomeYear);
    if (number !== undefined) numbers.add(number);
  }
  return true;
}

/** The status has its own rules. Contradictions are no facts of the return. */
const notMerged: readonly string[] = ["status", "statusHistory", "contradictions"];

/** Particulars serve the checks only and are not shown. */
function isShown(path: string): boolean {
  return !notMerged.includes(path) && path !== "particulars" && !path.startsWith("particulars.");
}

const rules: Rules = {
  severityOf: (path) => (isShown(path) ? severityInFiling(path) : undefined),
  choose: bestOf,
};

type MergedReturn = Omit<ReconciledFiling, "effective">;

/** The same as a merge of one report comes to, without merging. */
function returnOfOneSource(only: Reported<Filing>): MergedReturn {
  const { value, provenance } = only;
  const { form, incomeYear, dueOn = dueDateOfForm(form, incomeYear) } = value;
  const isShownAsTold = value.dueOn !== undefined && isKnown(value.status);
  const status = isKnown(value.status) ? value.status : "UNKNOWN";
  return {
    filing: isShownAsTold ? value : { ...value, dueOn, status },
    provenance: [provenance],
    disagreements: value.contradictions === undefined ? [] : withContradictions([], [only]),
    choices: () => choicesOf([only]),
  };
}

function choicesOf(reported: readonly Reported<Filing>[]): readonly Choice[] {
  return [
    ...noted((note) => mergeBodies(reported, rules, note)).filter(({ path }) => isShown(path)),
    ...reconcileStatus(reported).choices(),
  ];
}

function mergeReturn(ofOneReturn: readonly Reported<Filing>[]): readonly MergedReturn[] {
  const reported = mostBelievedFirst(ofOneReturn);
  const merged = mergeBodies(reported, rules);
  if (merged === undefined) return [];
  const { disagreement, status, statusHistory } = reconcileStatus(reported);
  const { form, incomeYear, dueOn = dueDateOfForm(form, incomeYear) } = merged.value;
  const disagreements = [...merged.disagreements, ...(disagreement ? [disagreement] : [])];
  return [
    {
      filing: { ...merged.value, dueOn, status, statusHistory },
      provenance: sourcesOf(reported),
      disagreements: withContradictions(disagreements, reported),
      choices: () => choicesOf(reported),
    },
  ];
}

function inOrder(ofYear: readonly MergedReturn[]): readonly ReconciledFiling[] {
  const [only] = ofYear;
  if (only && ofYear.length === 1) return [{ ...only, effective: hasEffect(only.filing) }];
  const filings = ofYear.map(({ filing }) => filing);
  const effective = effectiveOf(filings);
  const order = lastFirst(filings);
  return ofYear
    .map((each) => ({ ...each, effective: each.filing === effective }))
    .toSorted(
      (one, other) =>
        Number(other.effective) - Number(one.effective) || order.indexOf(one.filing) - order.indexOf(other.filing),
    );
}
