// Makes one answer of several: merges them, and keeps every disagreement and its reason.
export type { Reported } from "./choice";
export { beliefsOf, type Belief, type Reconciled, type ReconciledFiling, type ReportedFilings } from "./reconciled";
export type { Claim, Disagreement } from "./disagreement";
export { agreesWithFilings } from "./compliance";
export { reconcileFilings } from "./filings";
export { reconcileProfiles } from "./profiles";
export { reconcileDemands, reconcileInformationStatements, reconcileTaxCredits } from "./statements";
