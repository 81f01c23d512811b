// Compliance runs over many PANs: their lists, their lines, and the counting of their calls.
export { forgetInRuns } from "./erasure";
export { createUploads } from "./lists";
export { createRuns } from "./runs";
