export { PlanQueryResolver } from "./plan";
export { ProviderResolver } from "./provider";
