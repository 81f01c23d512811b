// What a taxpayer agrees to, in words, and the receipt of it.
export { consentNotice, dayText, documentText } from "./notice";
export { type ConsentReceipt, type ReceiptPayload, receiptPayload } from "./receipt";
