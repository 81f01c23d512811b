// The part of our schema that is asked for; a wider one would change nothing that is measured.
export const typeDefs = /* GraphQL */ `
  scalar Pan
  scalar Date
  scalar Rupees
  type Query {
    taxpayer(pan: Pan!): Taxpayer!
    taxpayers(pans: [Pan!]!): [Taxpayer!]!
  }
  type Taxpayer {
    pan: String!
    holderType: HolderType!
    compliance(maxAgeSeconds: Int): ComplianceStatus
    filings(first: Int = 10): FilingConnection!
  }
  enum HolderType {
    INDIVIDUAL
    COMPANY
  }
  type ComplianceStatus {
    itrFiled: Boolean!
    standing: ComplianceStanding!
    filingStatus: FilingStatus!
    assessmentYear: String
    filedOn: Date
  }
  enum ComplianceStanding {
    COMPLIANT
    NON_COMPLIANT
  }
  enum FilingStatus {
    PROCESSED
    VERIFIED
  }
  enum ReturnForm {
    ITR_1
    ITR_2
  }
  type FilingConnection {
    nodes: [Filing!]
  }
  type Filing {
    assessmentYear: String!
    form: ReturnForm!
    filedOn: Date
    status: FilingStatus!
    totalIncome: Rupees
    incomeHeads: IncomeHeads
  }
  type IncomeHeads {
    salary: Rupees
    houseProperty: Rupees
    businessOrProfession: Rupees
    capitalGains: Rupees
    otherSources: Rupees
  }
`;
