import type { Word } from "../vocabulary";
import { withinRupees, type Rupees } from "../rupees";
import { distinct, evaluate, pathsIn, type Expression } from "./expression";

export const figureStates = ["KNOWN", "FLAGGED", "NOT_POSSIBLE"] as const;
export type FigureState = (typeof figureStates)[number];

/** Why an amount that was computed is not to be relied on as it is. */
export type Doubt =
  | { readonly kind: "DISPUTED"; readonly path: string }
  | { readonly kind: "CHECK_FAILED"; readonly check: Word<"CheckName">; readonly place: string };

/** An amount with what it was made of. */
export interface Figure {
  /** Null where it is not possible. */
  readonly amount: Rupees | null;
  readonly state: FigureState;
  /** The facts of the returns that went into it: "filings.2025-26.salaries[0].gross". */
  readonly basis: readonly string[];
  /** What was not told: left out of the amount, or the reason why there is none. */
  readonly missing: readonly string[];
  readonly doubts: readonly Doubt[];
}

/** One step of the trace. */
export interface Step {
  /** "2025-26.salary", "assessable". */
  readonly name: string;
  /** Undefined where the amount is not possible. */
  readonly expression: Expression | undefined;
  readonly figure: Figure;
  /** The steps before it that it rests on, in order. */
  readonly before: readonly Step[];
}

interface StepParts {
  readonly expression?: Expression | undefined;
  readonly missing?: readonly string[];
  readonly before?: readonly Step[];
  /** What is doubtful about facts at these paths. */
  readonly doubtsAt?: (basis: readonly string[]) => readonly Doubt[];
}

/** A step takes over the basis, the gaps and the doubts of the steps that it names. */
export function stepOf(name: string, { expression, missing = [], before = [], doubtsAt }: StepParts): Step {
  const own = expression ? pathsIn(expression).filter((path) => path.startsWith("filings.")) : [];
  const amount = expression ? withinRupees(() => evaluate(expression), null) : null;
  const basis = distinct([...before.flatMap(({ figure }) => figure.basis), ...own]);
  const gaps = distinct([...before.flatMap(({ figure }) => figure.missing), ...missing]);
  const doubts = distinctDoubts([...before.flatMap(({ figure }) => figure.doubts), ...(doubtsAt?.(own) ?? [])]);
  // Amounts that Rupees cannot hold are as good as not told.
  const missingNow = amount === null && gaps.length === 0 ? basis : gaps;
  const isClear = missingNow.length === 0 && doubts.length === 0;
  const state = amount === null ? "NOT_POSSIBLE" : isClear ? "KNOWN" : "FLAGGED";
  return { name, expression, before, figure: { amount, state, basis, missing: missingNow, doubts } };
}

function distinctDoubts(doubts: readonly Doubt[]): readonly Doubt[] {
  return [...new Map(doubts.map((doubt) => [JSON.stringify(doubt), doubt])).values()];
}

/** The steps that lead to this one, each once and before those that need it. */
export function stepsTo(last: Step): readonly Step[] {
  return distinct([...last.before.flatMap(stepsTo), last]);
}
