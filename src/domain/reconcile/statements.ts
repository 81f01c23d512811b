import { type Word, vocabulary } from "../vocabulary";
import type { Demand } from "../compliance";
import {
  statusOfEntry,
  type InformationEntry,
  type InformationStatement,
  creditedTotal,
  type TaxCreditStatement,
} from "../statements";
import { withinRupees, sumOfAll, type Rupees } from "../rupees";
import { mostBelievedFirst, newestFirst, sourcesOf, type Reported, firstOf } from "./choice";
import { mergeBodies } from "./mergeBodies";
import type { Reconciled } from "./reconciled";

/**
 * Statements are lists of bookings without numbers of their own, so two of them cannot be merged line by line without
 * counting some twice. The best one is taken whole, and its sums are compared with those of the others.
 */
function takeWhole<Body>(
  inOrder: readonly Reported<Body>[],
  path: string,
  sumsOf: (body: Body) => Readonly<Record<string, Rupees | null>>,
): Reconciled<Body> | undefined {
  const [best] = inOrder;
  const sums = inOrder.map(({ value, provenance }) => ({ value: withinRupees(() => sumsOf(value), {}), provenance }));
  const [first, ...rest] = sums;
  if (best === undefined || first === undefined) return undefined;
  return {
    value: best.value,
    provenance: sourcesOf(inOrder),
    disagreements: mergeBodies(sums, { severityOf: () => "SERIOUS" })?.disagreements ?? [],
    choices: () => [firstOf(path, [first, ...rest])],
  };
}

/** All of one year. A statement with deposits is preferred to one without. */
export function reconcileTaxCredits(
  reported: readonly Reported<TaxCreditStatement>[],
): Reconciled<TaxCreditStatement> | undefined {
  const hasDeposits = ({ value }: Reported<TaxCreditStatement>) =>
    withinRupees(() => creditedTotal(value), null) !== null;
  const inOrder = mostBelievedFirst(reported);
  return takeWhole(
    [...inOrder.filter(hasDeposits), ...inOrder.filter((each) => !hasDeposits(each))],
    "deductors",
    (statement) => ({
      // One by one, since a list of deductions says nothing of what sellers have collected.
      taxDeducted: withheldIn(statement, "DEDUCTED"),
      taxCollected: withheldIn(statement, "COLLECTED"),
      taxDeposited: creditedTotal(statement),
    }),
  );
}

function withheldIn({ deductors }: TaxCreditStatement, wanted: Word<"TaxCreditKind">): Rupees | null {
  const credits = deductors.flatMap((deductor) => deductor.credits).filter(({ kind }) => kind === wanted);
  return sumIfAny(credits.map(({ taxWithheld }) => taxWithheld));
}

/** Null, not zero, for a part that a provider does not report. */
function sumIfAny(amounts: readonly (Rupees | null)[]): Rupees | null {
  return amounts.length === 0 ? null : sumOfAll(amounts);
}

/** All of one year. Reports come in for months after it, so the newer statement is the fuller one. */
export function reconcileInformationStatements(
  reported: readonly Reported<InformationStatement>[],
): Reconciled<InformationStatement> | undefined {
  return takeWhole(newestFirst(reported), "entries", ({ entries }) =>
    Object.fromEntries(
      vocabulary.InformationPart.map((part) => [
        part,
        sumIfAny(entries.filter((entry) => isCounted(entry, part)).map(({ amount }) => amount)),
      ]),
    ),
  );
}

/** A newer statement may leave out what an older one has as inactive. */
function isCounted(entry: InformationEntry, part: Word<"InformationPart">): boolean {
  return entry.part === part && statusOfEntry(entry) !== "INACTIVE";
}

/** A demand is raised and paid in its own time, so the newest list is believed. */
export function reconcileDemands(
  reported: readonly Reported<readonly Demand[]>[],
): Reconciled<readonly Demand[]> | undefined {
  return takeWhole(newestFirst(reported), "demands", (demands) => ({
    outstanding: sumOfAll(demands.map(({ amount }) => amount)),
  }));
}
