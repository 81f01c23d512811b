// Queries of the audit trail and of consent records.
export { AccessEventResolver } from "./accessEvent";
export { AuditTrailResolver } from "./auditTrail";
export { ConsentRecordResolver } from "./consentRecord";
