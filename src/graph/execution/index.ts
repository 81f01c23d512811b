// Runs operations: variables, compilation, errors, and what an answer depends on.
export { errorFormatter, faultBehind, faultExtensions, isMasked, malformedCodes } from "./errors";
export { type Footprint, isUnchanged, watch } from "./footprint";
export { type Operation, type RunOperation, createOperations, extensionsOf, withUsualErrors } from "./operations";
export { coerceVariables } from "./variables";
