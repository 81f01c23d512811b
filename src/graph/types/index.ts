// GraphQL types that several rooms share: enums, scalars, pages, problems, provenance.
export { enums } from "./enums";
export { Node } from "./node";
export {
  type Connection,
  PageArgs,
  PageInfo,
  connectionOf,
  isPageSize,
  pageInfoOf,
  pageInList,
  pageOf,
  toConnection,
} from "./paging";
export { panArgument } from "./panArgument";
export { NextAction, Problem, problemIn, toNextAction, toProblem } from "./problem";
export { Belief, Disagreement, Provenance } from "./provenance";
export { Amount, AssessmentYearScalar, DateScalar, DateTimeScalar, PanScalar, RupeesScalar, toRupees } from "./scalars";
export { TaxPeriod, yearsAsked } from "./taxPeriod";
