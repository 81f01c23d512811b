export type { AuditHead, VerifiedTrail } from "./audit";
export { forgetLocalSecret, localSecret, localSecrets, renewLocalSecret } from "./keys";
export { attachEmbedded } from "./postgres";
export { type Store, openStore, sweepExpired } from "./store";
export { StoreUnavailable } from "./storeUnavailable";
