export { accountKindFromType, accountTypeOf } from "./accountTypes";
export { cutPersonalNumbers } from "./cutPersonalNumbers";
export { readAisJson } from "./readAisJson";
export { readItrJson } from "./readItrJson";
export { residentialStatusFromCode } from "./readReturnDetails";
export { readReturnIdentity } from "./returnIdentity";
export { writeAisJson } from "./writeAisJson";
export { writeItrJson } from "./writeItrJson";
