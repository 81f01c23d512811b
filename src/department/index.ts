/** The Income Tax Department's own files, read and written: return JSON and information statements. */
export { accountKindFromType, accountTypeOf } from "./accountTypes";
export { cutPersonalNumbers } from "./cutPersonalNumbers";
export { readItrJson, readReturnIdentity, residentialStatusFromCode } from "./returns";
export { readAisFile, writeAisJson } from "./statement";
export { writeItrJson } from "./writing";
