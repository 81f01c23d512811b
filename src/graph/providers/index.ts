// Queries of the providers and of the plan of an answer.
export { PlanQueryResolver } from "./plan";
export { ProviderHealthResolver, ProviderResolver } from "./provider";
