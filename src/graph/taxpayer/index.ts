// The GraphQL type of a taxpayer, the documents that its fields need, and what they show.
export { ComplianceStatus, toComplianceStatus } from "./complianceStatus";
export { filingById } from "./filingQuery";
export { makeIncomeReport } from "./incomeReport";
export { ProfileResolver } from "./profile";
export { Taxpayer, TaxpayerResolver } from "./taxpayer";
export { TaxpayerQueryResolver, taxpayerById, usualYearsOf } from "./taxpayerQuery";
