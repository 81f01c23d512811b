// Queries of the providers and of the plan of an answer.
export { ProviderHealthResolver } from "./health";
export { PlanQueryResolver } from "./plan";
export { ProviderResolver } from "./provider";
