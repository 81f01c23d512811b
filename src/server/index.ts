export { createApollo } from "./graphql";
export {
  type MakeContext,
  createDocumentRoute,
  createGraphqlRoute,
  createHttpServer,
  createMetrics,
  createPlayground,
  watchStore,
} from "./http";
export { linesTogether, logEvents } from "./log";
export { stopServing } from "./stopServing";
export { openTracing } from "./tracing";
export { type TokenTrust, createAuthentication, signToken } from "./tokens";
export { acceptWebSockets } from "./webSocket";
