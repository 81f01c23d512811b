/** The Income Tax Department's own files, read and written: return JSON and information statements. */
export { accountKindFromType, accountTypeOf } from "./accountTypes";
export { cutPersonalNumbers } from "./cutPersonalNumbers";
export { readAisJson } from "./readAisJson";
export { readItrJson } from "./readItrJson";
export { residentialStatusFromCode } from "./readReturnDetails";
export { readReturnIdentity } from "./returnIdentity";
export { writeAisJson } from "./writeAisJson";
export { writeItrJson } from "./writeItrJson";
