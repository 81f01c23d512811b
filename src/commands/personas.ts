import { personaList } from "../sandbox";

/** Prints whom the sandbox knows: `npm start -- personas`. */
export function printPersonas(): Promise<void> {
  process.stdout.write(personaList());
  return Promise.resolve();
}
