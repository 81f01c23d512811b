import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, concatAST, findBreakingChanges, graphqlSync, parse, separateOperations, validate } from "graphql";
import { tabs } from "../../playground/tabs";
import { buildGraph } from "../../src/graph/schema";
import { insightsContract, readingContract } from "./readingContract";

const folder = join(__dirname, "../../schema");
const committed = readFileSync(join(folder, "subgraph.graphql"), "utf8");
const files = readdirSync(join(folder, "operations"));
const operations = concatAST(files.map((file) => parse(readFileSync(join(folder, "operations", file), "utf8"))));
const { schema, sdl } = buildGraph();

describe("the schema", () => {
  it("is the one that is committed: `npm run schema` prints it anew", () => {
    expect(sdl).toBe(committed);
  });

  it.each(["Taxpayer", "Session"])("is a Federation 2 subgraph in which a %s has a key", (type) => {
    expect(committed).toContain('extend schema @link(url: "https://specs.apollo.dev/federation/v2');
    expect(committed).toContain(`type ${type} implements Node @key(fields: "id")`);
  });

  it("is what a router is told", () => {
    expect(graphqlSync({ schema, source: "{ _service { sdl } }" }).data).toEqual({ _service: { sdl: committed } });
  });

  it.each(Object.entries(separateOperations(operations)))("can answer the operation %s", (_name, operation) => {
    expect(validate(schema, operation)).toEqual([]);
  });

  it("keeps to what others write against insights", () => {
    const contract = buildSchema(readingContract + insightsContract);
    const changes = findBreakingChanges(contract, schema).filter(({ description }) =>
      /Insight|Income(Policy|Trend)|Figure|CrossCheck|Trace|Punctuality|Growth|Excluded/.test(description),
    );
    expect(changes).toEqual([]);
  });

  it("can answer every fragment that operations share", () => {
    expect(validate(schema, operations)).toEqual([]);
  });

  it.each(tabs.map(({ query }) => query))("can answer the playground's tab: %s", (query) => {
    expect(validate(schema, parse(query))).toEqual([]);
  });
});

/** What others already write against; it may grow, and may not change. */
const agreed = buildSchema(`
  scalar Pan scalar AssessmentYear scalar Date scalar DateTime
  interface Node { id: ID! }
  type Query {
    taxpayer(pan: Pan!): Taxpayer!
    taxpayers(pans: [Pan!]!): [Taxpayer!]!
    providers: [Provider!]!
    node(id: ID!): Node
    session(id: ID!): Session
    sessions(pan: Pan, states: [SessionState!], first: Int = 20, after: String): SessionConnection!
  }
  type Mutation {
    openSession(input: OpenSessionInput!): SessionPayload!
    submitOtp(input: SubmitOtpInput!): SessionPayload!
    resendOtp(input: SessionInput!): SessionPayload!
    closeSession(input: SessionInput!): SessionPayload!
    revokeConsent(input: RevokeConsentInput!): RevokeConsentPayload!
    eraseTaxpayer(input: EraseTaxpayerInput!): ErasePayload!
    checkAadhaarLink(input: AadhaarLinkInput!): AadhaarLinkPayload!
  }
  type Subscription { sessionChanged(id: ID!): Session! }
  input OpenSessionInput {
    pan: Pan! password: String! provider: ProviderId documents: [DocumentKind!] years: Int = 3 consent: ConsentInput!
    idempotencyKey: String!
  }
  input ConsentInput {
    purpose: ConsentPurpose! reference: String startsAt: DateTime! expiresAt: DateTime! dataLifeDays: Int! maxFetches: Int
  }
  input SubmitOtpInput { sessionId: ID! otp: String! accessToken: String }
  input SessionInput { sessionId: ID! }
  input RevokeConsentInput { consentId: ID! reason: String }
  input EraseTaxpayerInput { pan: Pan! reason: String! }
  input AadhaarLinkInput { pan: Pan! aadhaar: String! consent: ConsentInput! idempotencyKey: String! }
  type AadhaarLinkPayload { linked: Boolean label: String problem: Problem replayed: Boolean! }
  type SessionPayload { session: Session problem: Problem replayed: Boolean! }
  type RevokeConsentPayload { consent: Consent problem: Problem }
  type ErasePayload { receipt: ErasureReceipt problem: Problem }
  type ErasureReceipt { id: ID! taxpayer: ID! erasedAt: DateTime! }
  type SessionConnection { edges: [SessionEdge!]! nodes: [Session!]! pageInfo: PageInfo! }
  type SessionEdge { cursor: String! node: Session! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Session implements Node {
    id: ID! provider: ProviderId! taxpayer: Taxpayer! state: SessionState! nextAction: NextAction! problem: Problem
    attemptsLeft: Int consent: Consent! documents: [DocumentKind!]! openedAt: DateTime! updatedAt: DateTime!
    expiresAt: DateTime endedAt: DateTime endReason: EndReason events: [SessionEvent!]!
  }
  type Consent { id: ID! purpose: ConsentPurpose! }
  type SessionEvent { at: DateTime! state: SessionState! }
  enum SessionState { OPENING AWAITING_OTP PROCESSING READY FAILED ENDED }
  enum EndReason { CLOSED_BY_CALLER EXPIRED CONSENT_REVOKED ERASED FAILED }
  enum ConsentPurpose { CREDIT_UNDERWRITING KYC ONBOARDING MONITORING TAX_ASSISTANCE }
  type Taxpayer implements Node {
    id: ID!
    pan(reveal: Boolean = false): String!
    holderType: HolderType!
    compliance(maxAgeSeconds: Int): ComplianceStatus
    sources: [SourceReport!]!
  }
  type ComplianceStatus {
    itrFiled: Boolean! standing: ComplianceStanding! standingLabel: String! filingStatus: FilingStatus!
    filingStatusLabel: String assessmentYear: AssessmentYear filedOn: Date acknowledgementNumber: String
    checkedAt: DateTime! agreesWithFilings: Boolean provenance: Provenance!
  }
  type SourceReport {
    document: DocumentKind! assessmentYear: AssessmentYear provider: ProviderId! outcome: Outcome!
    asOf: DateTime problem: Problem nextAction: NextAction
  }
  type Provenance { provider: ProviderId! method: ProvenanceMethod! fetchedAt: DateTime! session: ID }
  type Provider {
    id: ProviderId! name: String! mode: ProviderMode! documents: [DocumentKind!]! login: LoginMethod! health: ProviderHealth!
  }
  type ProviderHealth { operations: [OperationHealth!]! }
  type OperationHealth { operation: String! }
  type NextAction { kind: NextActionKind! mutation: String message: String! pollAfterMs: Int expiresAt: DateTime }
  type Problem {
    code: ProblemCode! message: String! blame: Blame! retryable: Boolean! retryAfterSeconds: Int provider: ProviderId field: String
  }
  enum DocumentKind { PROFILE COMPLIANCE FILINGS TAX_CREDITS INFORMATION_STATEMENT DEMANDS VERIFICATION_FORM AADHAAR_LINK }
  enum ProviderId { KWIKID DEEPVUE TUTELAR FINPASS EKO }
  enum ProviderMode { LIVE SANDBOX OFF }
  enum LoginMethod { NONE PASSWORD PASSWORD_AND_OTP }
  enum Outcome { FOUND ABSENT UNSUPPORTED NOT_CONNECTED FAILED }
  enum ProvenanceMethod { REPORTED PARSED DERIVED }
  enum ComplianceStanding { COMPLIANT NON_COMPLIANT PENDING UNKNOWN }
  enum FilingStatus {
    FILED VERIFICATION_PENDING VERIFIED UNDER_PROCESSING PROCESSED REFUND_ISSUED
    DEMAND_RAISED DEFECTIVE INVALID TRANSFERRED NOT_FILED UNKNOWN
  }
  enum NextActionKind { SUBMIT_OTP WAIT READ_DATA OPEN_SESSION NONE }
  enum Blame { CALLER TAXPAYER PROVIDER PORTAL US }
  enum HolderType { INDIVIDUAL }
  enum ProblemCode {
    BAD_INPUT UNAUTHENTICATED FORBIDDEN NOT_FOUND CONFLICT RATE_LIMITED LIMIT_EXCEEDED
    CONSENT_REQUIRED CONSENT_EXPIRED CONSENT_REVOKED CONSENT_EXCEEDED
    PAN_NOT_FOUND INVALID_CREDENTIALS ACCOUNT_LOCKED OTP_INVALID OTP_EXPIRED OTP_NOT_SENT STEP_OUT_OF_ORDER
    SESSION_EXPIRED SESSION_ENDED PROVIDER_NOT_CONFIGURED PROVIDER_REJECTED_US PROVIDER_UNAVAILABLE PROVIDER_TIMEOUT
    PROVIDER_RATE_LIMITED PROVIDER_BAD_RESPONSE PORTAL_UNAVAILABLE ERASED STORE_UNAVAILABLE INTERNAL
  }
`);

it("keeps every name and type that was agreed with others", () => {
  expect(findBreakingChanges(agreed, schema)).toEqual([]);
});
