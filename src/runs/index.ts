// Compliance runs: many PANs asked about in the background, at the provider's pace and within a budget.
export { estimatedFinishOf, isOver, type Run, type RunState, runStates } from "./run";
export type { LineResult } from "./results";
export { createRuns, type RunOutcome, type RunRequest, type Runs } from "./runs";
