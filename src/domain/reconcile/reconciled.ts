import type { Provenance, ProviderId } from "../answer";
import type { Filing } from "../filing";
import type { IncomeYear } from "../taxPeriod";
import type { Word } from "../vocabulary";
import type { Instant } from "../calendarDate";
import { type Choice, reasonOf } from "./choice";
import type { Disagreement } from "./disagreement";
import { isAlike } from "./facts";

/** One body made of what several providers report. */
export interface Reconciled<Body> extends Believed {
  readonly value: Body;
  /** Most believed first. */
  readonly provenance: readonly Provenance[];
}

/** What one answer reports about a year's returns. */
export interface ReportedFilings {
  readonly provenance: Provenance;
  /** The year that was asked about. No filings then means that the provider says there are none. */
  readonly incomeYear?: IncomeYear | undefined;
  readonly filings: readonly Filing[];
}

export interface ReconciledFiling extends Believed {
  readonly filing: Filing;
  /** Most believed first. */
  readonly provenance: readonly Provenance[];
  /** Whether this is the return of its year that counts. */
  readonly effective: boolean;
}

/** The provider whose value of a fact is shown, and why. */
export interface Belief {
  /** Where the fact stands in its document: "incomeHeads.salary". */
  readonly path: string;
  readonly provider: ProviderId;
  readonly method: Word<"ProvenanceMethod">;
  readonly fetchedAt: Instant;
  /** In plain words. */
  readonly reason: string;
  /** The other providers that report the same. */
  readonly agreedBy: readonly ProviderId[];
}

interface Believed {
  /** Computed only on demand. */
  readonly choices: () => readonly Choice[];
  readonly disagreements: readonly Disagreement[];
}

/** One for each reported fact. */
export function beliefsOf({ choices, disagreements }: Believed): readonly Belief[] {
  return choices().map((choice) => {
    const { path, chosen, reports } = choice;
    const { provider, method, fetchedAt } = chosen.provenance;
    const others = reports.filter(({ provenance }) => provenance.provider !== provider);
    const agreeing = others.filter(({ value }) => isAlike(path, chosen.value, value));
    const disputed = disagreements.find((each) => each.path === path && each.chosen === provider);
    const agreedBy = agreeing.map(({ provenance }) => provenance.provider);
    return { path, provider, method, fetchedAt, reason: disputed?.reason ?? reasonOf(choice), agreedBy };
  });
}
