// The GraphQL types of one filing, its documents and its page.
export { Filing, toFiling } from "./filing";
export { FilingConnection, type KnownFilings, toFilingConnection } from "./filingConnection";
export {
  FilingDocument,
  FilingDocumentResolver,
  type ReportedFile,
  type ReportedForm,
  toFilingDocuments,
  toStatementFile,
} from "./filingDocument";
export { readFilingId } from "./filingId";
