export { createApollo } from "./graphql";
export {
  type Figures,
  type MakeContext,
  countsIn,
  createDocumentRoute,
  createGraphqlRoute,
  createHttpServer,
  createMetrics,
  createPlayground,
  createUploadRoute,
  joinFigures,
  watchStore,
} from "./http";
export { linesTogether, logEvents, unmixedBytes } from "./log";
export { stopServing } from "./stopServing";
export { openTracing } from "./tracing";
export { type TokenTrust, createAuthentication, signToken } from "./tokens";
export { acceptWebSockets } from "./webSocket";
