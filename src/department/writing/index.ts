/** The JSON of a return as the sandbox's people have filed it. */
export { writeItrJson } from "./writeItrJson";
