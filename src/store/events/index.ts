/** The outbox: what has happened is written in the transaction that makes it happen, numbered afterwards, read and delivered. */
export { createDeliveryQueue } from "./deliveries";
export { createEndpoints, deleteExpiredWebhookKeys } from "./endpoints";
export { createEventFeed } from "./feed";
export { appendEvents } from "./outbox";
export { deleteOldEvents } from "./publication";
