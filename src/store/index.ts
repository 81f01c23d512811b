/** Everything the service keeps, in PostgreSQL: its own embedded server or yours. */
export type { Anchor, AuditHead, DetachedRecord, VerifiedTrail } from "./audit";
export { localSecrets } from "./keys";
export { attachEmbedded, startEmbedded } from "./postgres";
export { type Store, openStore, sweepExpired } from "./store";
export { StoreUnavailable } from "./storeUnavailable";
