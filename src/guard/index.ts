// What may be asked: size, cost, secrets in texts, trusted documents and request rates.
export { type Gate, createGate } from "./gate";
export type { Admitted } from "./guard";
export { createPageRates, type PageRates } from "./pageRates";
export type { Leave } from "./requestRates";
export { loggableName, shapeOf } from "./shape";
export type { TrustedDocuments } from "./trustedDocuments";
