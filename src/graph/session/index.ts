// Sessions, consents and erasure: queries, mutations and subscriptions.
export { AadhaarLinkResolver } from "./aadhaarLink";
export { ConsentRevocationResolver } from "./consent";
export { ErasureResolver } from "./erasure";
export { SessionResolver, sessionById } from "./session";
export { SessionMutationResolver, SessionQueryResolver, SessionSubscriptionResolver } from "./sessionOperations";
