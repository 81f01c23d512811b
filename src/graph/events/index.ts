// What has happened: the feed of events, and the webhooks that deliver it.
export { EventResolver, eventById } from "./event";
export { WebhookEndpointResolver, WebhookMutationResolver } from "./webhooks";
