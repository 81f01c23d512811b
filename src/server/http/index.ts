export { createDocumentRoute } from "./documentRoute";
export { type MakeContext, createGraphqlRoute } from "./graphqlRoute";
export { createHttpServer, mayOpenSocket } from "./http";
export { type Figures, countsIn, createMetrics, joinFigures, watchStore } from "./metrics";
export { createPlayground } from "./playground";
export { createUploadRoute } from "./uploadRoute";
