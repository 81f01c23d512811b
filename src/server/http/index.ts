export { createDocumentRoute } from "./documentRoute";
export { createGraphqlRoute } from "./graphqlRoute";
export { type Pages, createHttpServer, mayOpenSocket } from "./http";
export { type Figures, countsIn, createMetrics, joinFigures, watchStore } from "./metrics";
export { readFormBody } from "./requestBody";
export { createPlayground } from "./playground";
export { createUploadRoute } from "./uploadRoute";
