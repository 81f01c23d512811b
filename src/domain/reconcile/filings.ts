import type { Filing } from "../filing";
import { mostBelievedFirst, sourcesOf, type Told } from "./belief";
import { bestOf, noted } from "./choice";
import { withContradictions } from "./contradictions";
import { denialsOf, withDenials } from "./denials";
import { effectiveOf, lastFirst } from "./effective";
import { mergeBodies, type Rules } from "./mergeBodies";
import type { ReconciledFiling, ToldFilings } from "./reconciledFiling";
import { settleStatus } from "./settleStatus";
import { groupBySameReturn } from "./sameReturn";
import { severityInFiling } from "./severities";

/** One filing for each return that was filed: the newest year first, and within it the effective one, then the last filed. */
export function reconcileFilings(told: readonly ToldFilings[]): readonly ReconciledFiling[] {
  const filings = [...new Set(told)].flatMap((answer) =>
    answer.filings.map((value) => ({ value, provenance: answer.provenance, answer })),
  );
  const merged = groupBySameReturn(mostBelievedFirst(filings)).flatMap(mergeReturn);
  const years = [...Map.groupBy(merged, ({ filing }) => filing.incomeYear)];
  return years
    .toSorted(([one], [other]) => other - one)
    .flatMap(([incomeYear, ofYear]) => {
      const [first, ...rest] = inOrder(ofYear);
      return first ? [withDenials(first, denialsOf(told, incomeYear)), ...rest] : [];
    });
}

/** A status has rules of its own, and contradictions are no facts of the return. */
const notMerged: readonly string[] = ["status", "statusHistory", "contradictions"];

const rules: Rules = {
  severityOf: (path) => (notMerged.includes(path) ? undefined : severityInFiling(path)),
  choose: bestOf,
};

type MergedReturn = Omit<ReconciledFiling, "effective">;

function mergeReturn(ofOneReturn: readonly Told<Filing>[]): readonly MergedReturn[] {
  const told = mostBelievedFirst(ofOneReturn);
  const merged = mergeBodies(told, rules);
  if (merged === undefined) return [];
  const { disagreement, choices: statusChoices, ...settled } = settleStatus(told);
  const disagreements = [...merged.disagreements, ...(disagreement ? [disagreement] : [])];
  return [
    {
      filing: { ...merged.value, ...settled },
      provenance: sourcesOf(told),
      disagreements: withContradictions(disagreements, told),
      choices: () => [
        ...noted((note) => mergeBodies(told, rules, note)).filter(({ path }) => !notMerged.includes(path)),
        ...statusChoices(),
      ],
    },
  ];
}

function inOrder(ofYear: readonly MergedReturn[]): readonly ReconciledFiling[] {
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
