// GraphQL types that several rooms share: enums, scalars, pages, problems, provenance.
export { enums } from "./enums";
export { Node } from "./node";
export {
  type AskedPage,
  type Connection,
  PageArgs,
  PageInfo,
  connectionOf,
  isPageSize,
  pageInList,
  pageOf,
  toConnection,
} from "./paging";
export { panArgument } from "./panArgument";
export { NextAction, Problem, afterFailure, problemIn, toConnect, toNextAction, toProblem } from "./problem";
export { Belief, Disagreement, Provenance, placedUnder } from "./provenance";
export { Amount, AssessmentYearScalar, DateScalar, DateTimeScalar, PanScalar, RupeesScalar } from "./scalars";
export { TaxPeriod, yearsAsked } from "./taxPeriod";
