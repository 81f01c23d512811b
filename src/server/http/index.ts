export { createDocumentRoute } from "./documentRoute";
export { createGraphqlRoute } from "./graphqlRoute";
export { createHttpServer, mayOpenSocket } from "./http";
export { type Figures, countsIn, createMetrics, joinFigures, watchStore } from "./metrics";
export { createPlayground } from "./playground";
