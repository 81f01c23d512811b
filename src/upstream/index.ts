// Calls to vendors: connection pool, circuit breaker, bulkhead, retry, single flight, files. And webhooks to callers' backends.
export { type Dependencies, type Connection, openConnection } from "./connection";
export { recordHealth } from "./healthRecorder";
export { createPortalWatch } from "./portalWatch";
export { SingleFlight } from "./singleFlight";
export { createWebhookSender } from "./webhookSender";
