export type { Told } from "./belief";
export { beliefsOf, type Belief } from "./beliefs";
export type { Claim, Disagreement } from "./disagreement";
export type { Reconciled } from "./reconciled";
export type { ReconciledFiling, ToldFilings } from "./reconciledFiling";
export { agreesWithFilings } from "./compliance";
export { reconcileFilings } from "./filings";
export { reconcileProfiles } from "./profiles";
export { reconcileDemands, reconcileInformationStatements, reconcileTaxCredits } from "./statements";
