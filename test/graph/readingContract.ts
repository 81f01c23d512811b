/** The reading side as others already write against it; it may grow, and may not change. */
export const readingContract = `
  scalar AssessmentYear scalar Rupees scalar Date scalar DateTime
  interface Node { id: ID! }
  type Query { taxpayer: Taxpayer! }
  type Taxpayer implements Node {
    id: ID!
    profile: Profile
    compliance(maxAgeSeconds: Int): ComplianceStatus
    filings(assessmentYears: [AssessmentYear!], first: Int = 10, after: String): FilingConnection!
    filing(assessmentYear: AssessmentYear!): Filing
    taxCredits(assessmentYear: AssessmentYear!): TaxCreditStatement
    informationStatement(assessmentYear: AssessmentYear!): InformationStatement
    demands: [Demand!]
    disagreements: [Disagreement!]!
  }
  type Profile {
    name: String dateOfBirth: Date gender: String category: String status: String
    email(reveal: Boolean = false): String mobile(reveal: Boolean = false): String
    address: Address aadhaar: String aadhaarLink: AadhaarLink! jurisdiction: Jurisdiction
  }
  type Address { lines: [String!]! city: String }
  type AadhaarLink { linked: Boolean }
  type Jurisdiction { name: String }
  type ComplianceStatus { itrFiled: Boolean! agreesWithFilings: Boolean }
  type TaxPeriod { incomeYear: String! assessmentYear: AssessmentYear taxYear: String startsOn: Date! endsOn: Date! }
  type FilingConnection { edges: [FilingEdge!] nodes: [Filing!] pageInfo: PageInfo! }
  type FilingEdge { cursor: String! node: Filing! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Filing implements Node {
    id: ID! acknowledgementNumber: String assessmentYear: AssessmentYear! period: TaxPeriod! form: ReturnForm!
    kind: FilingKind! section: String filedOn: Date dueOn: Date timeliness: Timeliness! status: FilingStatus!
    statusHistory: [StatusEvent!]! regime: TaxRegime! incomeHeads: IncomeHeads grossTotalIncome: Rupees
    deductions: Rupees totalIncome: Rupees tax: TaxComputation taxesPaid: TaxesPaid refund: Refund demand: Rupees
    bankAccounts: [BankAccount!]! documents: [FilingDocument!]! checks: [Check!]! provenance: [Provenance!]!
    disagreements: [Disagreement!]! effective: Boolean!
  }
  type StatusEvent { status: FilingStatus! label: String! occurredOn: Date }
  type IncomeHeads {
    salary: Rupees houseProperty: Rupees businessOrProfession: Rupees capitalGains: Rupees otherSources: Rupees
    total: Rupees
  }
  type TaxComputation { taxOnTotalIncome: Rupees totalPayable: Rupees }
  type TaxesPaid { taxDeducted: Rupees total: Rupees }
  type Refund { claimed: Rupees issuedOn: Date }
  type BankAccount { accountNumber: String! }
  type FilingDocument { fileName: String! contentType: String! href: String }
  type Check { name: CheckName! outcome: CheckOutcome! severity: Severity! message: String! expected: Rupees found: Rupees }
  type TaxCreditStatement { assessmentYear: AssessmentYear! deductors: [Deductor!]! }
  type Deductor { name: String tan: String credits: [TaxCredit!]! }
  type TaxCredit { section: String taxDeposited: Rupees }
  type InformationStatement { assessmentYear: AssessmentYear! entries: [InformationEntry!]! }
  type InformationEntry { code: String amount: Rupees }
  type Demand { assessmentYear: AssessmentYear amount: Rupees }
  type Provenance { provider: ProviderId! method: ProvenanceMethod! fetchedAt: DateTime! session: ID }
  type Disagreement { path: String! severity: Severity! claims: [Claim!]! chosen: ProviderId! reason: String! }
  type Claim { provider: ProviderId! value: String! asOf: DateTime! }
  type Plan {
    steps: [PlanStep!]! portalLogins: Int! upstreamCalls: Int! priceRupees: Rupees unanswerable: [DocumentKind!]!
  }
  type PlanStep {
    provider: ProviderId! documents: [DocumentKind!]! login: LoginMethod! upstreamCalls: Int! reason: String!
  }
  enum ReturnForm { ITR_1 ITR_2 ITR_3 ITR_4 ITR_5 ITR_6 ITR_7 UNKNOWN }
  enum FilingKind { ORIGINAL BELATED REVISED UPDATED DEFECTIVE_RESPONSE OTHER }
  enum Timeliness { ON_TIME LATE UNKNOWN }
  enum TaxRegime { OLD NEW UNKNOWN }
  enum FilingStatus {
    FILED VERIFICATION_PENDING VERIFIED UNDER_PROCESSING PROCESSED REFUND_ISSUED
    DEMAND_RAISED DEFECTIVE INVALID TRANSFERRED NOT_FILED UNKNOWN
  }
  enum DocumentKind { PROFILE COMPLIANCE FILINGS TAX_CREDITS INFORMATION_STATEMENT DEMANDS VERIFICATION_FORM AADHAAR_LINK }
  enum ProviderId { KWIKID DEEPVUE TUTELAR FINPASS EKO }
  enum ProvenanceMethod { REPORTED PARSED DERIVED }
  enum LoginMethod { NONE PASSWORD PASSWORD_AND_OTP }
  enum CheckName { HEADS_ADD_UP }
  enum CheckOutcome { PASSED FAILED NOT_POSSIBLE }
  enum Severity { INFO WARNING SERIOUS }
`;

/** The same of insights. */
export const insightsContract = `
  extend type Taxpayer {
    incomeInsights(policy: IncomePolicyInput, assessmentYears: [AssessmentYear!]): IncomeInsights
  }
  input IncomePolicyInput {
    name: String! = "Standard"
    version: String! = "1"
    years: Int! = 3
    businessBasis: BusinessBasis! = DECLARED
    grossProfitShare: Float! = 0.2
    receiptsMultiple: Float
    rentShare: Float! = 1.0
    agriculturalShare: Float! = 0.0
    otherIncomeCap: Float
    averaging: Averaging! = MEAN_IF_RISING_ELSE_LATEST
    growthCap: Float
  }
  type IncomeInsights {
    policy: IncomePolicy!
    years: [InsightYear!]!
    assessable: Figure!
    assessableMonthly: Figure!
    trend: IncomeTrend!
    punctuality: FilingPunctuality!
    crossChecks: [CrossCheck!]!
    trace: [TraceStep!]!
  }
  type Figure { amount: Rupees state: FigureState! basis: [String!]! missing: [String!]! }
  type InsightYear { assessmentYear: AssessmentYear! filing: Filing recurring: Figure! salary: Figure! business: Figure! rent: Figure! other: Figure! excluded: [ExcludedIncome!]! }
  type ExcludedIncome { what: String! amount: Rupees! reason: String! }
  type IncomeTrend { growth: [YearGrowth!]! cagr: Float variation: Float stability: Stability! }
  type YearGrowth { assessmentYear: AssessmentYear! ratio: Float }
  type FilingPunctuality { due: Int! filed: Int! onTime: Int! late: Int! missing: [AssessmentYear!]! longestVerificationDays: Int filedTogether: Boolean! }
  type CrossCheck { name: CrossCheckName! assessmentYear: AssessmentYear! outcome: CrossCheckOutcome! left: Rupees right: Rupees difference: Rupees tolerance: Rupees message: String! basis: [String!]! }
  type TraceStep { step: String! formula: String! amount: Rupees inputs: [String!]! }
  enum BusinessBasis { DECLARED CASH_PROFIT GROSS_PROFIT RECEIPTS }
  enum Averaging { LATEST MEAN MEAN_IF_RISING_ELSE_LATEST LOWEST }
  enum FigureState { KNOWN FLAGGED NOT_POSSIBLE }
  enum Stability { STABLE VARIABLE VOLATILE UNKNOWN }
  enum CrossCheckOutcome { PASSED FLAGGED NOT_POSSIBLE }
  enum CrossCheckName {
    SALARY_AGAINST_TAX_CREDITS TURNOVER_AGAINST_TAX_CREDITS TURNOVER_AGAINST_GST INTEREST_AGAINST_STATEMENT
    DIVIDEND_AGAINST_STATEMENT SALES_WITHOUT_GAINS TDS_CLAIM_AGAINST_DEPOSITS REFUND_SHARE DEDUCTION_SHARE DONATION_SHARE
  }
  type IncomePolicy {
    name: String! version: String! years: Int! businessBasis: BusinessBasis! grossProfitShare: Float! receiptsMultiple: Float
    rentShare: Float! agriculturalShare: Float! otherIncomeCap: Float averaging: Averaging! growthCap: Float digest: String!
  }
`;
