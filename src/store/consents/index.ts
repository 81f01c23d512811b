export { appendConsentRecords } from "./consentRecords";
export { createConsents } from "./consents";
