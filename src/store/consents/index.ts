// Consents and the append-only records of their use.
export { appendConsentRecords } from "./consentRecords";
export { createConsents } from "./consents";
