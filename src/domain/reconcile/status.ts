import type { Filing, StatusEvent, FilingStatus } from "../filing";
import { firstOfEachProvider, newestFirst, type Reported, asKnown, firstOf, type Choice } from "./choice";
import type { Disagreement } from "./disagreement";
import { isKnown } from "./facts";
import { claimOf } from "./mergeBodies";
import { severityInFiling } from "./severities";

interface ReconciledStatus {
  readonly status: FilingStatus;
  readonly statusHistory: readonly StatusEvent[];
  readonly disagreement: Disagreement | undefined;
  readonly choices: () => readonly Choice[];
}

/** How far a return has come. Statuses of one stage exclude each other. */
const stageByStatus: Record<FilingStatus, number> = {
  UNKNOWN: -1,
  NOT_FILED: -1,
  FILED: 0,
  VERIFICATION_PENDING: 1,
  VERIFIED: 2,
  UNDER_PROCESSING: 3,
  DEFECTIVE: 4,
  TRANSFERRED: 4,
  ADJUSTMENT_PROPOSED: 4,
  INVALID: 5,
  DISCARDED: 5,
  PROCESSED: 5,
  REFUND_ISSUED: 6,
  DEMAND_RAISED: 6,
  UNDER_SCRUTINY: 7,
  REASSESSMENT: 7,
};

/** A return may leave these for an earlier stage: a defect is cured, a delay condoned, a case closed. */
const setbacks: readonly FilingStatus[] = [
  "DEFECTIVE",
  "TRANSFERRED",
  "INVALID",
  "ADJUSTMENT_PROPOSED",
  "UNDER_SCRUTINY",
  "REASSESSMENT",
];

/**
 * The status of a return moves on over time, so an older answer with an earlier status is no disagreement. An earlier
 * status reported at the same time or later is one: a return is not processed twice.
 */
export function reconcileStatus(reported: readonly Reported<Filing>[]): ReconciledStatus {
  const [first, ...rest] = newestFirst(reported).filter(({ value }) => isKnown(value.status));
  if (first === undefined) {
    const histories = historiesOf(reported);
    const statusHistory = histories[0]?.value ?? [];
    return { status: "UNKNOWN", statusHistory, disagreement: undefined, choices: () => historyChoices(histories) };
  }
  const seen = firstOfEachProvider([first, ...rest]);
  const chosen = seen.toReversed().reduce(furthest);
  const dissenting = seen.some((other) => contradicts(other, chosen));
  const histories = historiesOf([chosen, first, ...rest]);
  return {
    status: chosen.value.status,
    statusHistory: histories[0]?.value ?? [],
    disagreement: dissenting ? disagreementOn(chosen, seen) : undefined,
    choices: () => [statusChoice(chosen, seen), ...historyChoices(histories)],
  };
}

/** The later stage of two, where the other was fetched at the same time or later. */
function furthest(one: Reported<Filing>, other: Reported<Filing>): Reported<Filing> {
  const [stage, otherStage] = [stageOf(one), stageOf(other)];
  const hasComeBack = setbacks.includes(one.value.status) && isOlder(one, other) && other.value.status !== "FILED";
  return otherStage >= stage || hasComeBack ? other : one;
}

function contradicts(other: Reported<Filing>, chosen: Reported<Filing>): boolean {
  const [said, believed] = [other.value.status, chosen.value.status];
  // FILED stays true forever, and some providers report nothing else.
  if (said === believed || said === "FILED") return false;
  const isEarlierInLife = stageOf(other) < stageOf(chosen) || setbacks.includes(said);
  return !(isEarlierInLife && isOlder(other, chosen));
}

function stageOf({ value }: Reported<Filing>): number {
  return stageByStatus[value.status];
}

function isOlder(one: Reported<Filing>, other: Reported<Filing>): boolean {
  return one.provenance.fetchedAt < other.provenance.fetchedAt;
}

/** The history of the chosen provider comes first, else the newest one. */
function historiesOf(reported: readonly Reported<Filing>[]): readonly Reported<readonly StatusEvent[]>[] {
  const histories = reported.map(({ value, provenance }) => ({ value: value.statusHistory, provenance }));
  return histories.filter(({ value }) => value.length > 0);
}

function disagreementOn(chosen: Reported<Filing>, seen: readonly Reported<Filing>[]): Disagreement {
  return {
    path: "status",
    severity: severityInFiling("status"),
    claims: seen.map(({ value, provenance }) => claimOf("status", { value: value.status, provenance })),
    chosen: chosen.provenance.provider,
    reason: reasonFor(chosen, seen),
  };
}

function reasonFor(chosen: Reported<Filing>, seen: readonly Reported<Filing>[]): string {
  const isNewest = seen.every((other) => other === chosen || isOlder(other, chosen));
  return isNewest ? "newer" : "furthest on the way of a return, which does not go back";
}

function statusChoice(chosen: Reported<Filing>, seen: readonly Reported<Filing>[]): Choice {
  const statusOf = ({ value, provenance }: Reported<Filing>) => asKnown("status", { value: value.status, provenance });
  return { path: "status", chosen: statusOf(chosen), reports: seen.map(statusOf), reason: reasonFor(chosen, seen) };
}

function historyChoices([first, ...rest]: readonly Reported<readonly StatusEvent[]>[]): readonly Choice[] {
  return first ? [firstOf("statusHistory", [first, ...rest])] : [];
}
