import type { Provenance } from "../answer";
import type { Believed } from "./beliefs";

/** One body of what several providers tell. */
export interface Reconciled<Body> extends Believed {
  readonly value: Body;
  /** Most believed first. */
  readonly provenance: readonly Provenance[];
}
