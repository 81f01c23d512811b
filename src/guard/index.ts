export { type Gate, createGate } from "./gate";
export type { Admitted } from "./guard";
export type { Leave } from "./requestRates";
export { loggableName, shapeOf } from "./shape";
export type { TrustedDocuments } from "./trustedDocuments";
