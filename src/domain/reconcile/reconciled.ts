import type { Provenance } from "../answer";
import type { Filing } from "../filing";
import type { IncomeYear } from "../taxPeriod";
import type { Believed } from "./beliefs";

/** One body of what several providers tell. */
export interface Reconciled<Body> extends Believed {
  readonly value: Body;
  /** Most believed first. */
  readonly provenance: readonly Provenance[];
}

/** What one answer tells of a year's returns. */
export interface ToldFilings {
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
