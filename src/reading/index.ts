export { type Trail, createLedger, createTrail } from "./audit";
export { type DocumentLinks, type FilePlace, createDocumentLinks, documentsPath } from "./documentLinks";
export { createGatherWishes } from "./gather";
export { type Loader, type Loaders, createLoaders } from "./loaders";
export { planFor } from "./plan";
export type { Asker, Cost, Gathered, Gathering, NotConnected, Telling, Want, Wish } from "./question";
export { createKeepReadings } from "./storedAnswer";
