// Answers questions about taxpayers: from the store, from a provider, or through an open session.
export { type CallerAudit, createAuditBatch, createCallerAudit } from "./audit";
export { type AadhaarLinkOutcome, type AadhaarLinkRequest, createCheckAadhaarLink } from "./checkAadhaarLink";
export { type ComplianceChecks, createComplianceChecks } from "./complianceChecks";
export {
  type DocumentLinks,
  type FilePlace,
  type LinkKind,
  type OpenRunFile,
  type RunFilePlace,
  createDocumentLinks,
  documentsPath,
} from "./documentLinks";
export { createGather } from "./gather";
export { type Loader, type Loaders, createLoaders } from "./loaders";
export { planFor } from "./plan";
export { type ReadHealth, createReadHealth } from "./providerHealth";
export type {
  AnsweredDocument,
  Asker,
  Cost,
  DocumentRequest,
  Documents,
  NotConnected,
  SourceAnswer,
  WantedDocument,
} from "./question";
export type { MakeReport, ReportFormat, ReportPlace } from "./reports";
export { createKeepReadings } from "./storedAnswer";
