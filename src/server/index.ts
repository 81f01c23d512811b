export { createApollo, createDocumentCheck, createDocumentRun } from "./graphql";
export {
  type Figures,
  type TaxpayerPages,
  countsIn,
  type ServedPage,
  createConsole,
  createDocumentRoute,
  createGraphqlRoute,
  createHttpServer,
  createMetrics,
  createPlayground,
  createUploadRoute,
  joinFigures,
  watchStore,
} from "./http";
export { consentPath, createConsentRoute, createLinkRoute, linkPath } from "./pages";
export { linesTogether, logEvents, unmixedBytes } from "./log";
export type { MakeContext } from "./makeContext";
export { stopServing } from "./stopServing";
export { openTracing } from "./tracing";
export { type TokenTrust, createAuthentication, signToken } from "./tokens";
export { acceptWebSockets } from "./webSocket";
