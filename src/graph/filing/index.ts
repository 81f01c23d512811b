export { Filing, toFiling } from "./filing";
export { FilingConnection, type KnownFilings, toFilingConnection } from "./filingConnection";
export {
  FilingDocument,
  FilingDocumentResolver,
  type ToldFile,
  type ToldForm,
  toFilingDocuments,
  toStatementFile,
} from "./filingDocument";
export { readFilingId } from "./filingId";
