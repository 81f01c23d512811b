// The GraphQL schema and its execution.
// First of all: the decorators of every room need it.
import "reflect-metadata";
export { type Access, allows, requireScope, scopes } from "./access";
export { type SensitiveNames, refusalOfFields, scopeByLink, scopesByRoute, sensitiveNames } from "./authorization";
export { costs } from "./costs";
export { type GraphContext, type Rate, createSessionLoaders } from "./context";
export {
  type Footprint,
  type Operation,
  type RunOperation,
  coerceVariables,
  createOperations,
  errorFormatter,
  extensionsOf,
  faultBehind,
  faultExtensions,
  isMasked,
  isUnchanged,
  malformedCodes,
  watch,
  withUsualErrors,
} from "./execution";
export { makeIncomeReport } from "./taxpayer";
export { buildGraph } from "./schema";
