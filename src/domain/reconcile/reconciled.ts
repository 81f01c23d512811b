import type { Provenance } from "../answer";
import type { Disagreement } from "./disagreement";

/** One body of what several providers tell. */
export interface Reconciled<Body> {
  readonly value: Body;
  /** Most believed first. */
  readonly provenance: readonly Provenance[];
  readonly disagreements: readonly Disagreement[];
}
