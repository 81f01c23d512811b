export { createDocumentRoute } from "./documentRoute";
export { createGraphqlRoute } from "./graphqlRoute";
export { createConsole } from "./console";
export { type Pages, createHttpServer, mayOpenSocket, type ServedPage } from "./http";
export { type Figures, countsIn, createMetrics, joinFigures, watchStore } from "./metrics";
export { readFormBody } from "./requestBody";
export { createPlayground } from "./playground";
export { createUploadRoute } from "./uploadRoute";
