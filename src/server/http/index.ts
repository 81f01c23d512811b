export { createDocumentRoute } from "./documentRoute";
export { type MakeContext, createGraphqlRoute } from "./graphqlRoute";
export { createHttpServer, mayOpenSocket } from "./http";
export { createMetrics } from "./metrics";
export { createPlayground } from "./playground";
