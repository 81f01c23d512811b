/** Webhooks: the endpoints of backends, and the delivery of events to them. */
export { startDeliveries } from "./deliveries";
export { createWebhooks, type EndpointOutcome, type Webhooks } from "./endpoints";
