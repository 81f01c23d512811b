// Compliance runs: their type, query, mutations and subscription.
export { ComplianceResultResolver, ComplianceRun, ComplianceRunResolver, runById } from "./complianceRun";
export { RunMutationResolver, RunQueryResolver, RunSubscriptionResolver } from "./runOperations";
