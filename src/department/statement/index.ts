/** The annual information statement: its layout, and how it is read and written. */
export { readAisJson } from "./readAisJson";
export { writeAisJson } from "./writeAisJson";
