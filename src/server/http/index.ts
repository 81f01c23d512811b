export { createDocumentRoute } from "./documentRoute";
export { type MakeContext, createGraphqlRoute } from "./graphqlRoute";
export { createHttpServer, mayOpenSocket } from "./http";
export { createMetrics, watchStore } from "./metrics";
export { createPlayground } from "./playground";
