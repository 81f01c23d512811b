export { IncomeInsights, toIncomeInsights } from "./insights";
export { IncomePolicyInput, isPolicy, toPolicy, withDigest } from "./policy";
export { pdfOf } from "./pdf";
export { csvOf, fileOfReport, sectionsOf } from "./report";
