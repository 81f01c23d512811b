/** Webhooks: the endpoints of backends, and the delivery of events to them. */
export { type Deliveries, startDeliveries } from "./deliveries";
export { createWebhooks, type EndpointOutcome, type EndpointRequest, type Webhooks } from "./endpoints";
