// Sessions, consents and erasure: queries, mutations and subscriptions.
export { AadhaarLinkResolver } from "./aadhaarLink";
export { Consent, ConsentResolver, ConsentRevocationResolver, toConsent } from "./consent";
export { ErasureResolver } from "./erasure";
export { Session, SessionResolver, sessionById, toSession } from "./session";
export { ConsentInput, toConsentTerms } from "./sessionInputs";
export { SessionMutationResolver, SessionQueryResolver, SessionSubscriptionResolver } from "./sessionOperations";
