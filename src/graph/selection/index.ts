// What an operation selects of a taxpayer, and what was gathered for it.
export { type Rights, coordinatesOf, listed } from "./coordinates";
export { type AnswerAbout, type AnsweredDocument, answersIn, faultIn, gather, gatherEach } from "./gathered";
export { type Selection, selectedFields } from "./selection";
