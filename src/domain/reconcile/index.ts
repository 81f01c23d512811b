export type { Told } from "./trust";
export { beliefsOf, type Belief } from "./beliefs";
export type { Claim, Disagreement } from "./disagreement";
export type { Reconciled } from "./reconciled";
export type { ReconciledFiling, ToldFilings } from "./reconciled";
export { agreesWithFilings } from "./compliance";
export { reconcileFilings } from "./filings";
export { reconcileProfiles } from "./profiles";
export { reconcileDemands, reconcileInformationStatements, reconcileTaxCredits } from "./statements";
