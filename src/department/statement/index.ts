/** The annual information statement: its layout, and how it is read and written. */
export { readAisFile } from "./aisFile";
export { writeAisJson } from "./writeAisJson";
