export type { AuditHead } from "./auditChain";
export { appendAuditRecords, createAuditTrail } from "./auditTrail";
export { type VerifiedTrail, tenantsWithTrails, verifyTrail } from "./verification";
