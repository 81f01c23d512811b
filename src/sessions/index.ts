export { type Sessions, createSessions } from "./lifecycle";
export { type NextStep, nextStepOf } from "./nextStep";
export type { OpenRequest } from "./opening";
export { asLoginProvider } from "./tools";
export { chooseLogin, documentsOf } from "./chooseLogin";
export {
  type DocumentOfYear,
  type EndReason,
  type OpenLogin,
  type Problem,
  type Progress,
  type Session,
  type SessionOutcome,
  type SessionState,
  endReasons,
  faultOf,
  isOver,
  problemOf,
  sessionStates,
  stateOf,
  toOpenLogin,
  toProblem,
} from "./session";
export { stateDiagram } from "./transition";
