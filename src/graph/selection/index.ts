export { type Rights, coordinatesOf, listed } from "./coordinates";
export {
  gather,
  gatherEach,
  type AnsweredDocument,
  type Telling,
  demandsIn,
  faultIn,
  filingsIn,
  foundIn,
  tellingsOf,
  yearsOf,
} from "./gathered";
export { type Selection, selectedFields } from "./selection";
