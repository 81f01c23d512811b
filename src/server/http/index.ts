export { createDocumentRoute } from "./documentRoute";
export { createGraphqlRoute } from "./graphqlRoute";
export { createConsole } from "./console";
export { type ServedPage, type TaxpayerPages, createHttpServer, mayOpenSocket } from "./http";
export { type Figures, countsIn, createMetrics, joinFigures, watchStore } from "./metrics";
export { readFormBody } from "./requestBody";
export { createPlayground } from "./playground";
export { createUploadRoute } from "./uploadRoute";
