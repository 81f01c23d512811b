export { cutPersonalNumbers } from "./cutPersonalNumbers";
export type { Person, PersonAccount } from "./person";
export { readAisJson } from "./readAisJson";
export { readItrJson, type ReadReturn } from "./readItrJson";
export { writeAisJson } from "./writeAisJson";
export type { TaxLayout } from "./writeFullReturn";
export { writeItrJson } from "./writeItrJson";
export { accountKindFromType, accountTypeOf } from "./accountTypes";
