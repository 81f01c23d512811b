// Taxpayers with their sealed answers, files and consents, read through a cache.
export { type ConsentRow, consentColumns, insertConsent, readConsent } from "./consentRows";
export { createFiles } from "./files";
export { makeReceipt, openReceipt, type ReceiptColumns, receiptColumns } from "./receipts";
export type { OnUnreadable } from "./rows";
export { type SubjectKeyRow, lockSubject, openKey, subjectForOpening, subjectKeyColumns } from "./subjects";
export { createTaxpayers } from "./taxpayers";
