/** The audit trail: records are appended to one hash chain per tenant, read back, and verified. */
export type { AuditHead } from "./auditChain";
export { appendAuditRecords, createAuditTrail } from "./auditTrail";
export { type VerifiedTrail, verifyTrails } from "./verification";
