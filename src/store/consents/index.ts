// Consents and the append-only records of their use.
export { createAadhaarChecks, forgetAadhaarChecks } from "./aadhaarChecks";
export { appendConsentRecords } from "./consentRecords";
export { createConsents } from "./consents";
