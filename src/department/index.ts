export { accountKindFromType, accountTypeOf } from "./accountTypes";
export { cutPersonalNumbers } from "./cutPersonalNumbers";
export { readAisJson } from "./readAisJson";
export { readItrJson } from "./readItrJson";
export { writeAisJson } from "./writeAisJson";
export { writeItrJson } from "./writeItrJson";
