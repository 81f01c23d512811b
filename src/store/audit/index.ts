/** The audit trail: records are appended to one hash chain per tenant, read back, verified, and anchored elsewhere. */
export { type Anchor, type AnchoredTrail, anchorTrails } from "./anchors";
export type { AuditHead } from "./auditChain";
export { acceptSetBack, appendAuditRecords, createAuditTrail } from "./auditTrail";
export { type DetachedRecord, type DetachedTrail, detachTrail } from "./detachment";
export { makeCheckpoints, type Verification, type VerifiedTrail, verifyTrails } from "./verification";
