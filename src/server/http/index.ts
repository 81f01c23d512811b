export { createDocumentRoute } from "./documentRoute";
export { type MakeContext, createGraphqlRoute } from "./graphqlRoute";
export { createConsole } from "./console";
export { createHttpServer, mayOpenSocket, type ServedPage } from "./http";
export { type Figures, countsIn, createMetrics, joinFigures, watchStore } from "./metrics";
export { createPlayground } from "./playground";
