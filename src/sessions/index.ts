export { type Sessions, createSessions } from "./lifecycle";
export { type NextStep, nextStepOf } from "./nextStep";
export type { OpenRequest } from "./opening";
export {
  type DocumentOfYear,
  type EndReason,
  type OpenLogin,
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
} from "./session";
export { stateDiagram } from "./transition";
