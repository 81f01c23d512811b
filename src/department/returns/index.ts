/** The JSON of a filed return, read: its figures, and what it says beyond them. */
export { firstYearOfSimpleGains } from "./itrPlaces";
export { readItrJson } from "./readItrJson";
export { residentialStatusFromCode } from "./readReturnDetails";
export { readReturnIdentity } from "./returnIdentity";
