// Queries of the audit trail and of consent records.
export { AccessEventResolver } from "./accessEvent";
export { ConsentRecordResolver } from "./consentRecord";
