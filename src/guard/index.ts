// What may be asked: size, cost, secrets in texts, trusted documents and request rates.
export { type Gate, createGate } from "./gate";
export type { Admitted } from "./guard";
export type { Leave } from "./requestRates";
export { loggableName, shapeOf } from "./shape";
export type { TrustedDocuments } from "./trustedDocuments";
