/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What was done: READ, REVEALED (shown whole), REFUSED (for want of a consent or a scope: see the code), DOCUMENT_HANDED_OUT; the steps of a session, from SESSION_OPENED to SESSION_ENDED; CONSENT_REVOKED; ERASED; AUDIT_READ: this very trail was read. */
export type AuditRecordKind =
  | 'AUDIT_READ'
  | 'CONSENT_REVOKED'
  | 'DOCUMENT_HANDED_OUT'
  | 'ERASED'
  | 'OTP_AWAITED'
  | 'OTP_SUBMITTED'
  | 'READ'
  | 'REFUSED'
  | 'REVEALED'
  | 'SESSION_ENDED'
  | 'SESSION_FAILED'
  | 'SESSION_OPENED'
  | 'SESSION_PROCESSING'
  | 'SESSION_READY';

/** What kind of bank account it is. */
export type BankAccountKind =
  | 'CASH_CREDIT'
  | 'CURRENT'
  | 'NON_RESIDENT'
  | 'OTHER'
  | 'OVERDRAFT'
  | 'SAVINGS'
  | 'UNKNOWN';

/** Whose doing a failure is, and so who can mend it. */
export type Blame =
  | 'CALLER'
  | 'PORTAL'
  | 'PROVIDER'
  | 'TAXPAYER'
  | 'US';

/** FINAL: the tax has reached the treasury. PROVISIONAL: a government office reports it, and it is not yet verified. UNMATCHED: no deposit was found for it. OVERBOOKED: more is claimed than was deposited. */
export type BookingStatus =
  | 'FINAL'
  | 'OVERBOOKED'
  | 'PROVISIONAL'
  | 'UNKNOWN'
  | 'UNMATCHED';

/** CLOSED: calls go through. OPEN: calls are refused at once, because too many failed. HALF_OPEN: one call is on trial. */
export type BreakerState =
  | 'CLOSED'
  | 'HALF_OPEN'
  | 'OPEN';

/** HEADS_ADD_UP: heads of income to gross total income. TOTAL_INCOME_ADDS_UP: gross total income less deductions. SETTLEMENT_ADDS_UP: tax less payments. FILED_IN_TIME: filing date to last day. ACKNOWLEDGEMENT_DATED: filing date to the end of the acknowledgement number. TAX_CREDITS_COVER_CLAIM: tax deposited to tax claimed. TAX_RECOMPUTED: tax to the rates of the year. */
export type CheckName =
  | 'ACKNOWLEDGEMENT_DATED'
  | 'FILED_IN_TIME'
  | 'HEADS_ADD_UP'
  | 'SETTLEMENT_ADDS_UP'
  | 'TAX_CREDITS_COVER_CLAIM'
  | 'TAX_RECOMPUTED'
  | 'TOTAL_INCOME_ADDS_UP';

/** NOT_POSSIBLE: not everything is told that the check needs. */
export type CheckOutcome =
  | 'FAILED'
  | 'NOT_POSSIBLE'
  | 'PASSED';

/** Whether filing obligations are met. UNKNOWN: the provider used a word we do not know; see standingLabel. */
export type ComplianceStanding =
  | 'COMPLIANT'
  | 'NON_COMPLIANT'
  | 'PENDING'
  | 'UNKNOWN';

/** What the taxpayer agreed to, as the caller has it in writing. */
export type ConsentInput = {
  /** How many days what was fetched may be kept: 1 to 3650. */
  dataLifeDays: number;
  /** From then on nothing is fetched or read under it. After startsAt. */
  expiresAt: string;
  /** How often data may be fetched, this session included. Left out: as often as need be. */
  maxFetches?: number | null | undefined;
  /** What the data may be used for. */
  purpose: ConsentPurpose;
  /** Your own name for it, to find it again in your records. It is kept sealed. */
  reference?: string | null | undefined;
  /** From when on it holds. */
  startsAt: string;
};

/** What the taxpayer's data may be used for: nothing fetched for one purpose is handed to another. */
export type ConsentPurpose =
  | 'CREDIT_UNDERWRITING'
  | 'KYC'
  | 'MONITORING'
  | 'ONBOARDING'
  | 'TAX_ASSISTANCE';

/** What was done: a consent was GRANTED, USED to fetch something, REVOKED or EXPIRED; a session was REFUSED for want of one; everything was ERASED. Who has read what stands in the audit trail. */
export type ConsentRecordKind =
  | 'ERASED'
  | 'EXPIRED'
  | 'GRANTED'
  | 'REFUSED'
  | 'REVOKED'
  | 'USED';

/** LIVE: it holds now. NOT_STARTED: it begins later. EXPIRED and REVOKED: nothing is read or fetched under it any more. */
export type ConsentStanding =
  | 'EXPIRED'
  | 'LIVE'
  | 'NOT_STARTED'
  | 'REVOKED';

/** What can be asked about a taxpayer. */
export type DocumentKind =
  | 'AADHAAR_LINK'
  | 'COMPLIANCE'
  | 'DEMANDS'
  | 'FILINGS'
  | 'INFORMATION_STATEMENT'
  | 'PROFILE'
  | 'TAX_CREDITS'
  | 'VERIFICATION_FORM';

/** Why a session is over. FAILED: see its problem. EXPIRED: its time, its one-time password's or its consent's has run out. */
export type EndReason =
  | 'CLOSED_BY_CALLER'
  | 'CONSENT_REVOKED'
  | 'ERASED'
  | 'EXPIRED'
  | 'FAILED';

/** VERIFICATION_FORM: the one-page acknowledgement called ITR-V. RETURN_FILE: the return itself, as it was filed. INFORMATION_STATEMENT: the statement called AIS. */
export type FilingDocumentKind =
  | 'INFORMATION_STATEMENT'
  | 'RETURN_FILE'
  | 'VERIFICATION_FORM';

/** ORIGINAL: filed first, in time. BELATED: filed first, after the due date. REVISED and UPDATED: filed to put an earlier one right. DEFECTIVE_RESPONSE: filed to cure a defect. OTHER: of another kind, or of a kind that is not told. */
export type FilingKind =
  | 'BELATED'
  | 'DEFECTIVE_RESPONSE'
  | 'ORIGINAL'
  | 'OTHER'
  | 'REVISED'
  | 'UPDATED';

/** How far a return has come. DISCARDED: taken back before it was verified, as if never filed. ADJUSTMENT_PROPOSED: section 143(1)(a). UNDER_SCRUTINY: section 143(2). REASSESSMENT: section 148. */
export type FilingStatus =
  | 'ADJUSTMENT_PROPOSED'
  | 'DEFECTIVE'
  | 'DEMAND_RAISED'
  | 'DISCARDED'
  | 'FILED'
  | 'INVALID'
  | 'NOT_FILED'
  | 'PROCESSED'
  | 'REASSESSMENT'
  | 'REFUND_ISSUED'
  | 'TRANSFERRED'
  | 'UNDER_PROCESSING'
  | 'UNDER_SCRUTINY'
  | 'UNKNOWN'
  | 'VERIFICATION_PENDING'
  | 'VERIFIED';

/** Who holds a PAN, as its fourth letter says. */
export type HolderType =
  | 'ARTIFICIAL_JURIDICAL_PERSON'
  | 'ASSOCIATION_OF_PERSONS'
  | 'BODY_OF_INDIVIDUALS'
  | 'COMPANY'
  | 'FIRM'
  | 'GOVERNMENT'
  | 'HINDU_UNDIVIDED_FAMILY'
  | 'INDIVIDUAL'
  | 'LOCAL_AUTHORITY'
  | 'TRUST'
  | 'UNKNOWN';

/** The part of the statement that an entry stands in. */
export type InformationPart =
  | 'DEMAND_OR_REFUND'
  | 'FINANCIAL_TRANSACTION'
  | 'OTHER'
  | 'TAX_DEDUCTED_OR_COLLECTED'
  | 'TAX_PAYMENT';

/** What a provider needs from the taxpayer. */
export type LoginMethod =
  | 'NONE'
  | 'PASSWORD'
  | 'PASSWORD_AND_OTP';

/** What is due: a mutation, a pause, or a query. */
export type NextActionKind =
  | 'NONE'
  | 'OPEN_SESSION'
  | 'READ_DATA'
  | 'SUBMIT_OTP'
  | 'WAIT';

/** A login to make, and what it is for. */
export type OpenSessionInput = {
  /** What the taxpayer agreed to. Without it nobody logs in. */
  consent: ConsentInput;
  /** What is wanted: [FILINGS, TAX_CREDITS]. Left out: all that the provider has. */
  documents?: Array<DocumentKind> | null | undefined;
  /** A name of your own for this request, new for each, up to 200 letters. The same name with the same input brings the same session and makes no second login; with other input it is a CONFLICT. It is remembered for a day. */
  idempotencyKey: string;
  /** Whose login it is: "ABCDE1234F". */
  pan: string;
  /** The taxpayer's password at the income-tax portal. It is never kept. Send it as a variable only. */
  password: string;
  /** Who is to log in. Left out: whoever brings most of the documents and is up. */
  provider?: ProviderId | null | undefined;
  /** How many of the latest years: 1 to 7. */
  years?: number | null | undefined;
};

/** FOUND; ABSENT: the provider says there is none; UNSUPPORTED: it does not carry this; NOT_CONNECTED: it needs a session first; FAILED: see the problem. */
export type Outcome =
  | 'ABSENT'
  | 'FAILED'
  | 'FOUND'
  | 'NOT_CONNECTED'
  | 'UNSUPPORTED';

/** The one vocabulary of failure. */
export type ProblemCode =
  | 'ACCOUNT_LOCKED'
  | 'BAD_INPUT'
  | 'CONFLICT'
  | 'CONSENT_EXCEEDED'
  | 'CONSENT_EXPIRED'
  | 'CONSENT_REQUIRED'
  | 'CONSENT_REVOKED'
  | 'ERASED'
  | 'FORBIDDEN'
  | 'INTERNAL'
  | 'INVALID_CREDENTIALS'
  | 'LIMIT_EXCEEDED'
  | 'NOT_FOUND'
  | 'OTP_EXPIRED'
  | 'OTP_INVALID'
  | 'OTP_NOT_SENT'
  | 'PAN_NOT_FOUND'
  | 'PORTAL_UNAVAILABLE'
  | 'PROVIDER_BAD_RESPONSE'
  | 'PROVIDER_NOT_CONFIGURED'
  | 'PROVIDER_RATE_LIMITED'
  | 'PROVIDER_REJECTED_US'
  | 'PROVIDER_TIMEOUT'
  | 'PROVIDER_UNAVAILABLE'
  | 'RATE_LIMITED'
  | 'SESSION_ENDED'
  | 'SESSION_EXPIRED'
  | 'STEP_OUT_OF_ORDER'
  | 'UNAUTHENTICATED';

/** REPORTED: the provider said so. PARSED: read out of a document it sent. DERIVED: reckoned by us. */
export type ProvenanceMethod =
  | 'DERIVED'
  | 'PARSED'
  | 'REPORTED';

/** The vendors this graph reads through. */
export type ProviderId =
  | 'DEEPVUE'
  | 'EKO'
  | 'FINPASS'
  | 'KWIKID'
  | 'TUTELAR';

/** LIVE: reached at its address. SANDBOX: played by a simulator. OFF: not set up here. */
export type ProviderMode =
  | 'LIVE'
  | 'OFF'
  | 'SANDBOX';

/** Whether a report is counted. The portal marks corrected and withdrawn reports as inactive. */
export type ReportStatus =
  | 'ACTIVE'
  | 'INACTIVE'
  | 'UNKNOWN';

/** The form that a return was filed in. ITR_1 is for plain salaries; UNKNOWN: no provider tells it. */
export type ReturnForm =
  | 'ITR_1'
  | 'ITR_2'
  | 'ITR_3'
  | 'ITR_4'
  | 'ITR_5'
  | 'ITR_6'
  | 'ITR_7'
  | 'UNKNOWN';

/** OPENING: the login is under way. AWAITING_OTP: the taxpayer has been sent a one-time password. PROCESSING: the provider reads the portal. READY: the documents can be queried. FAILED and ENDED: it is over. */
export type SessionState =
  | 'AWAITING_OTP'
  | 'ENDED'
  | 'FAILED'
  | 'OPENING'
  | 'PROCESSING'
  | 'READY';

/** INFO: a curiosity. WARNING: a reason to look closer. SERIOUS: a reason not to rely on the figures. */
export type Severity =
  | 'INFO'
  | 'SERIOUS'
  | 'WARNING';

/** A one-time password that the taxpayer has been sent. */
export type SubmitOtpInput = {
  /** Only for providers that hand their access token to you and not to us. */
  accessToken?: string | null | undefined;
  /** 4 to 8 digits. It is never kept. Send it as a variable only. */
  otp: string;
  /** The session that awaits it. */
  sessionId: string | number;
};

/** DEDUCTED: held back by whoever paid the taxpayer (TDS). COLLECTED: charged by a seller on top of the price (TCS). */
export type TaxCreditKind =
  | 'COLLECTED'
  | 'DEDUCTED';

/** OLD: higher rates, many deductions. NEW: lower rates, few deductions. */
export type TaxRegime =
  | 'NEW'
  | 'OLD'
  | 'UNKNOWN';

/** Whether a return was filed by its due date. */
export type Timeliness =
  | 'LATE'
  | 'ON_TIME'
  | 'UNKNOWN';

export type AccessEventsQueryVariables = Exact<{
  pan: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AccessEventsQuery = { taxpayer: { id: string, accessEvents: { nodes: Array<{ id: string, sequence: number, kind: AuditRecordKind, at: string, caller: string | null, requestId: string | null, session: string | null, provider: ProviderId | null, consents: Array<string>, purposes: Array<ConsentPurpose>, documents: Array<DocumentKind>, assessmentYears: Array<string>, fields: Array<string>, code: ProblemCode | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } };

export type AuditRecordsQueryVariables = Exact<{
  pan?: string | null | undefined;
  kinds?: Array<AuditRecordKind> | AuditRecordKind | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditRecordsQuery = { auditRecords: { nodes: Array<{ id: string, kind: AuditRecordKind, at: string, caller: string | null, requestId: string | null, taxpayers: Array<string>, fields: Array<string>, code: ProblemCode | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CloseSessionMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type CloseSessionMutation = { closeSession: { session: { id: string, provider: ProviderId, state: SessionState, attemptsLeft: number | null, expiresAt: string | null, endedAt: string | null, endReason: EndReason | null, nextAction: { kind: NextActionKind, mutation: string | null, message: string, pollAfterMs: number | null, expiresAt: string | null, provider: ProviderId | null }, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null } | null } | null, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null, provider: ProviderId | null, field: string | null } | null } };

export type ComplianceQueryVariables = Exact<{
  pan: string;
}>;


export type ComplianceQuery = { taxpayer: { id: string, pan: string, holderType: HolderType, compliance: { itrFiled: boolean, standing: ComplianceStanding, standingLabel: string, filingStatus: FilingStatus, assessmentYear: string | null, filedOn: string | null, acknowledgementNumber: string | null, checkedAt: string, provenance: { provider: ProviderId, method: ProvenanceMethod, fetchedAt: string } } | null, sources: Array<{ document: DocumentKind, provider: ProviderId, outcome: Outcome, asOf: string | null, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null } | null, nextAction: { kind: NextActionKind, message: string, pollAfterMs: number | null } | null }> } };

export type ComplianceOfManyQueryVariables = Exact<{
  pans: Array<string> | string;
  maxAgeSeconds?: number | null | undefined;
}>;


export type ComplianceOfManyQuery = { taxpayers: Array<{ id: string, pan: string, compliance: { itrFiled: boolean, standing: ComplianceStanding, filingStatus: FilingStatus, assessmentYear: string | null, filedOn: string | null, acknowledgementNumber: string | null } | null, sources: Array<{ outcome: Outcome, problem: { code: ProblemCode } | null }> }> };

export type ConsentRecordsQueryVariables = Exact<{
  pan?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ConsentRecordsQuery = { consentRecords: { nodes: Array<{ id: string, kind: ConsentRecordKind, at: string, taxpayer: string | null, consent: string | null, session: string | null, provider: ProviderId | null, documents: Array<DocumentKind>, assessmentYears: Array<string>, code: ProblemCode | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type EraseTaxpayerMutationVariables = Exact<{
  pan: string;
  reason: string;
}>;


export type EraseTaxpayerMutation = { eraseTaxpayer: { receipt: { id: string, taxpayer: string, erasedAt: string, destroyed: { keys: number, answers: number, consents: number, sessions: number } } | null, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null, provider: ProviderId | null, field: string | null } | null } };

export type FilingDocumentsQueryVariables = Exact<{
  pan: string;
  assessmentYears?: Array<string> | string | null | undefined;
}>;


export type FilingDocumentsQuery = { taxpayer: { id: string, filings: { nodes: Array<{ id: string, acknowledgementNumber: string | null, documents: Array<{ kind: FilingDocumentKind, fileName: string, contentType: string, href: string | null }> }> | null } } };

export type InformationStatementQueryVariables = Exact<{
  pan: string;
  assessmentYear: string;
}>;


export type InformationStatementQuery = { taxpayer: { id: string, informationStatement: { assessmentYear: string, unreadCount: number, taxPaid: unknown, entries: Array<{ part: InformationPart, code: string | null, description: string | null, category: string | null, reportedBy: string | null, tan: string | null, assessmentYear: string | null, status: ReportStatus, reportedOn: string | null, count: number | null, amount: unknown, derivedAmount: unknown, taxWithheld: unknown, taxDeposited: unknown, reports: Array<{ status: ReportStatus, transactedOn: string | null, reportedOn: string | null, amount: unknown, taxWithheld: unknown, taxDeposited: unknown }> | null }>, provenance: Array<{ provider: ProviderId, method: ProvenanceMethod, fetchedAt: string }>, beliefs: Array<{ path: string, provider: ProviderId, method: ProvenanceMethod, reason: string, agreedBy: Array<ProviderId> }>, disagreements: Array<{ path: string, severity: Severity }> } | null } };

export type OpenSessionMutationVariables = Exact<{
  input: OpenSessionInput;
}>;


export type OpenSessionMutation = { openSession: { replayed: boolean, session: { id: string, provider: ProviderId, state: SessionState, attemptsLeft: number | null, expiresAt: string | null, endedAt: string | null, endReason: EndReason | null, documents: Array<DocumentKind>, nextAction: { kind: NextActionKind, mutation: string | null, message: string, pollAfterMs: number | null, expiresAt: string | null, provider: ProviderId | null }, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null } | null, consent: { id: string, standing: ConsentStanding, expiresAt: string } } | null, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null, provider: ProviderId | null, field: string | null } | null } };

export type PlanQueryVariables = Exact<{
  pan: string;
  documents: Array<DocumentKind> | DocumentKind;
  assessmentYears?: Array<string> | string | null | undefined;
}>;


export type PlanQuery = { plan: { portalLogins: number, upstreamCalls: number, priceRupees: unknown, unanswerable: Array<DocumentKind>, steps: Array<{ provider: ProviderId, documents: Array<DocumentKind>, login: LoginMethod, upstreamCalls: number, reason: string }> } };

export type ProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ProvidersQuery = { providers: Array<{ id: ProviderId, name: string, mode: ProviderMode, documents: Array<DocumentKind>, login: LoginMethod, health: { operations: Array<{ operation: string, breaker: BreakerState, calls: number, successRate: number | null, p50Ms: number | null, p95Ms: number | null }> } }> };

export type ResendOtpMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type ResendOtpMutation = { resendOtp: { session: { id: string, provider: ProviderId, state: SessionState, attemptsLeft: number | null, expiresAt: string | null, endedAt: string | null, endReason: EndReason | null, nextAction: { kind: NextActionKind, mutation: string | null, message: string, pollAfterMs: number | null, expiresAt: string | null, provider: ProviderId | null }, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null } | null } | null, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null, provider: ProviderId | null, field: string | null } | null } };

export type ReturnOfYearQueryVariables = Exact<{
  pan: string;
  assessmentYear: string;
}>;


export type ReturnOfYearQuery = { taxpayer: { id: string, filing: { id: string, acknowledgementNumber: string | null, form: ReturnForm, kind: FilingKind, section: string | null, filedOn: string | null, dueOn: string | null, timeliness: Timeliness, status: FilingStatus, regime: TaxRegime, grossTotalIncome: unknown, deductions: unknown, totalIncome: unknown, demand: unknown, incomeHeads: { salary: unknown, houseProperty: unknown, businessOrProfession: unknown, capitalGains: unknown, otherSources: unknown, total: unknown } | null, tax: { taxOnTotalIncome: unknown, rebate: unknown, surcharge: unknown, cess: unknown, netTaxLiability: unknown, interest: unknown, lateFilingFee: unknown, totalPayable: unknown } | null, taxesPaid: { advanceTax: unknown, taxDeducted: unknown, taxCollected: unknown, selfAssessmentTax: unknown, total: unknown, balancePayable: unknown } | null, refund: { claimed: unknown, issuedOn: string | null } | null, checks: Array<{ name: CheckName, outcome: CheckOutcome, severity: Severity, message: string }>, provenance: Array<{ provider: ProviderId, method: ProvenanceMethod, fetchedAt: string }>, beliefs: Array<{ path: string, provider: ProviderId, method: ProvenanceMethod, fetchedAt: string, reason: string, agreedBy: Array<ProviderId> }>, disagreements: Array<{ path: string, severity: Severity, chosen: ProviderId, reason: string, claims: Array<{ provider: ProviderId, value: string }> }> } | null, sources: Array<{ document: DocumentKind, assessmentYear: string | null, provider: ProviderId, outcome: Outcome, problem: { code: ProblemCode, message: string } | null, nextAction: { kind: NextActionKind, mutation: string | null, message: string, provider: ProviderId | null } | null }> } };

export type RevokeConsentMutationVariables = Exact<{
  consentId: string | number;
  reason?: string | null | undefined;
}>;


export type RevokeConsentMutation = { revokeConsent: { consent: { id: string, standing: ConsentStanding, revokedAt: string | null } | null, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null, provider: ProviderId | null, field: string | null } | null } };

export type SessionByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type SessionByIdQuery = { session: { id: string, provider: ProviderId, state: SessionState, attemptsLeft: number | null, expiresAt: string | null, endedAt: string | null, endReason: EndReason | null, openedAt: string, updatedAt: string, nextAction: { kind: NextActionKind, mutation: string | null, message: string, pollAfterMs: number | null, expiresAt: string | null, provider: ProviderId | null }, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null } | null, taxpayer: { id: string, pan: string }, consent: { id: string, purpose: ConsentPurpose, reference: string | null, standing: ConsentStanding, startsAt: string, expiresAt: string, dataLifeDays: number, maxFetches: number | null, fetches: number, documents: Array<DocumentKind>, assessmentYears: Array<string>, grantedAt: string, revokedAt: string | null }, events: Array<{ at: string, state: SessionState, code: ProblemCode | null, message: string }> } | null };

export type SessionsQueryVariables = Exact<{
  pan?: string | null | undefined;
  states?: Array<SessionState> | SessionState | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SessionsQuery = { sessions: { nodes: Array<{ id: string, provider: ProviderId, state: SessionState, attemptsLeft: number | null, expiresAt: string | null, endedAt: string | null, endReason: EndReason | null, openedAt: string, nextAction: { kind: NextActionKind, mutation: string | null, message: string, pollAfterMs: number | null, expiresAt: string | null, provider: ProviderId | null }, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null } | null, taxpayer: { id: string, pan: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type SubmitOtpMutationVariables = Exact<{
  input: SubmitOtpInput;
}>;


export type SubmitOtpMutation = { submitOtp: { session: { id: string, provider: ProviderId, state: SessionState, attemptsLeft: number | null, expiresAt: string | null, endedAt: string | null, endReason: EndReason | null, nextAction: { kind: NextActionKind, mutation: string | null, message: string, pollAfterMs: number | null, expiresAt: string | null, provider: ProviderId | null }, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null } | null } | null, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null, provider: ProviderId | null, field: string | null } | null } };

export type TaxCreditsQueryVariables = Exact<{
  pan: string;
  assessmentYear: string;
}>;


export type TaxCreditsQuery = { taxpayer: { id: string, taxCredits: { assessmentYear: string, creditedTotal: unknown, deductors: Array<{ name: string | null, tan: string | null, credits: Array<{ kind: TaxCreditKind, section: string | null, sectionLabel: string | null, bookingStatus: BookingStatus, transactedOn: string | null, bookedOn: string | null, amountPaid: unknown, taxWithheld: unknown, taxDeposited: unknown }> }>, provenance: Array<{ provider: ProviderId, method: ProvenanceMethod, fetchedAt: string }>, beliefs: Array<{ path: string, provider: ProviderId, method: ProvenanceMethod, reason: string, agreedBy: Array<ProviderId> }>, disagreements: Array<{ path: string, severity: Severity }> } | null } };

export type TaxpayerByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type TaxpayerByIdQuery = { node:
    | { id: string }
    | { id: string }
    | { pan: string, id: string, compliance: { standing: ComplianceStanding } | null }
   | null };

export type TaxpayerWithSessionsQueryVariables = Exact<{
  pan: string;
}>;


export type TaxpayerWithSessionsQuery = { taxpayer: { id: string, pan: string, holderType: HolderType, profile: { name: string | null, dateOfBirth: string | null, aadhaarLink: { linked: boolean | null } } | null, filings: { nodes: Array<{ id: string, assessmentYear: string, form: ReturnForm, kind: FilingKind, status: FilingStatus, filedOn: string | null, totalIncome: unknown, effective: boolean }> | null }, sources: Array<{ document: DocumentKind, assessmentYear: string | null, provider: ProviderId, outcome: Outcome, nextAction: { kind: NextActionKind, mutation: string | null, message: string, provider: ProviderId | null } | null }> }, sessions: { nodes: Array<{ id: string, provider: ProviderId, state: SessionState, documents: Array<DocumentKind>, openedAt: string, expiresAt: string | null, nextAction: { kind: NextActionKind, mutation: string | null, message: string, pollAfterMs: number | null, expiresAt: string | null, provider: ProviderId | null }, consent: { id: string, standing: ConsentStanding, expiresAt: string } }> } };

export type WatchSessionSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type WatchSessionSubscription = { sessionChanged: { id: string, provider: ProviderId, state: SessionState, attemptsLeft: number | null, expiresAt: string | null, endedAt: string | null, endReason: EndReason | null, nextAction: { kind: NextActionKind, mutation: string | null, message: string, pollAfterMs: number | null, expiresAt: string | null, provider: ProviderId | null }, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null } | null } };

export type WholeTaxpayerQueryVariables = Exact<{
  pan: string;
  assessmentYears?: Array<string> | string | null | undefined;
}>;


export type WholeTaxpayerQuery = { taxpayer: { id: string, compliance: { itrFiled: boolean, standing: ComplianceStanding, standingLabel: string, filingStatus: FilingStatus, filingStatusLabel: string | null, assessmentYear: string | null, filedOn: string | null, acknowledgementNumber: string | null, checkedAt: string, agreesWithFilings: boolean | null } | null, profile: { name: string | null, dateOfBirth: string | null, gender: string | null, category: string | null, status: string | null, email: string | null, mobile: string | null, aadhaar: string | null, address: { lines: Array<string>, locality: string | null, city: string | null, state: string | null, postalCode: string | null, country: string | null } | null, aadhaarLink: { linked: boolean | null, label: string | null }, jurisdiction: { name: string | null, areaCode: string | null, officerKind: string | null, rangeCode: string | null, officerNumber: string | null, office: string | null, email: string | null } | null, beliefs: Array<{ path: string, provider: ProviderId, method: ProvenanceMethod, reason: string, agreedBy: Array<ProviderId> }> } | null, filings: { nodes: Array<{ acknowledgementNumber: string | null, assessmentYear: string, form: ReturnForm, kind: FilingKind, section: string | null, filedOn: string | null, dueOn: string | null, timeliness: Timeliness, status: FilingStatus, regime: TaxRegime, grossTotalIncome: unknown, deductions: unknown, totalIncome: unknown, demand: unknown, effective: boolean, statusHistory: Array<{ status: FilingStatus, label: string, occurredOn: string | null }>, incomeHeads: { salary: unknown, houseProperty: unknown, businessOrProfession: unknown, capitalGains: unknown, otherSources: unknown } | null, tax: { taxOnTotalIncome: unknown, rebate: unknown, surcharge: unknown, cess: unknown, grossTaxLiability: unknown, relief: unknown, netTaxLiability: unknown, interest: unknown, lateFilingFee: unknown, totalPayable: unknown } | null, taxesPaid: { advanceTax: unknown, taxDeducted: unknown, taxCollected: unknown, selfAssessmentTax: unknown, total: unknown, balancePayable: unknown } | null, refund: { claimed: unknown, issuedOn: string | null } | null, bankAccounts: Array<{ accountNumber: string, kind: BankAccountKind, bankName: string | null, ifsc: string | null, isForRefund: boolean | null }>, checks: Array<{ name: CheckName, outcome: CheckOutcome }>, provenance: Array<{ provider: ProviderId, method: ProvenanceMethod, session: string | null }>, beliefs: Array<{ path: string, provider: ProviderId, method: ProvenanceMethod, reason: string, agreedBy: Array<ProviderId> }> }> | null }, demands: Array<{ assessmentYear: string | null, raisedOn: string | null, section: string | null, amount: unknown, statusLabel: string | null }> | null, disagreements: Array<{ path: string, severity: Severity, chosen: ProviderId, reason: string, claims: Array<{ provider: ProviderId, value: string }> }>, sources: Array<{ document: DocumentKind, assessmentYear: string | null, provider: ProviderId, outcome: Outcome }> } };


export const AccessEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccessEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accessEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"caller"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"session"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"consents"}},{"kind":"Field","name":{"kind":"Name","value":"purposes"}},{"kind":"Field","name":{"kind":"Name","value":"documents"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYears"}},{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AccessEventsQuery, AccessEventsQueryVariables>;
export const AuditRecordsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditRecords"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"kinds"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditRecordKind"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditRecords"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}},{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"kinds"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"caller"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"taxpayers"}},{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<AuditRecordsQuery, AuditRecordsQueryVariables>;
export const CloseSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CloseSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"closeSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"sessionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"pollAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attemptsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<CloseSessionMutation, CloseSessionMutationVariables>;
export const ComplianceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Compliance"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pan"}},{"kind":"Field","name":{"kind":"Name","value":"holderType"}},{"kind":"Field","name":{"kind":"Name","value":"compliance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itrFiled"}},{"kind":"Field","name":{"kind":"Name","value":"standing"}},{"kind":"Field","name":{"kind":"Name","value":"standingLabel"}},{"kind":"Field","name":{"kind":"Name","value":"filingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"filedOn"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgementNumber"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"provenance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"document"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"pollAfterMs"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ComplianceQuery, ComplianceQueryVariables>;
export const ComplianceOfManyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ComplianceOfMany"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pans"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"maxAgeSeconds"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pans"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pans"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pan"}},{"kind":"Field","name":{"kind":"Name","value":"compliance"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"maxAgeSeconds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"maxAgeSeconds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itrFiled"}},{"kind":"Field","name":{"kind":"Name","value":"standing"}},{"kind":"Field","name":{"kind":"Name","value":"filingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"filedOn"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgementNumber"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ComplianceOfManyQuery, ComplianceOfManyQueryVariables>;
export const ConsentRecordsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsentRecords"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consentRecords"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"taxpayer"}},{"kind":"Field","name":{"kind":"Name","value":"consent"}},{"kind":"Field","name":{"kind":"Name","value":"session"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"documents"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYears"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<ConsentRecordsQuery, ConsentRecordsQueryVariables>;
export const EraseTaxpayerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"EraseTaxpayer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"reason"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"eraseTaxpayer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"reason"},"value":{"kind":"Variable","name":{"kind":"Name","value":"reason"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"receipt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"taxpayer"}},{"kind":"Field","name":{"kind":"Name","value":"erasedAt"}},{"kind":"Field","name":{"kind":"Name","value":"destroyed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"keys"}},{"kind":"Field","name":{"kind":"Name","value":"answers"}},{"kind":"Field","name":{"kind":"Name","value":"consents"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<EraseTaxpayerMutation, EraseTaxpayerMutationVariables>;
export const FilingDocumentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FilingDocuments"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYears"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssessmentYear"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"assessmentYears"},"value":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYears"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgementNumber"}},{"kind":"Field","name":{"kind":"Name","value":"documents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"contentType"}},{"kind":"Field","name":{"kind":"Name","value":"href"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FilingDocumentsQuery, FilingDocumentsQueryVariables>;
export const InformationStatementDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"InformationStatement"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYear"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssessmentYear"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"informationStatement"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"assessmentYear"},"value":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYear"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"unreadCount"}},{"kind":"Field","name":{"kind":"Name","value":"taxPaid"}},{"kind":"Field","name":{"kind":"Name","value":"entries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"reportedBy"}},{"kind":"Field","name":{"kind":"Name","value":"tan"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reportedOn"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"derivedAmount"}},{"kind":"Field","name":{"kind":"Name","value":"taxWithheld"}},{"kind":"Field","name":{"kind":"Name","value":"taxDeposited"}},{"kind":"Field","name":{"kind":"Name","value":"reports"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"transactedOn"}},{"kind":"Field","name":{"kind":"Name","value":"reportedOn"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"taxWithheld"}},{"kind":"Field","name":{"kind":"Name","value":"taxDeposited"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"provenance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"beliefs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"agreedBy"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disagreements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}}]}}]}}]}}]}}]} as unknown as DocumentNode<InformationStatementQuery, InformationStatementQueryVariables>;
export const OpenSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"OpenSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpenSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"openSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"pollAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attemptsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"documents"}},{"kind":"Field","name":{"kind":"Name","value":"consent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"standing"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<OpenSessionMutation, OpenSessionMutationVariables>;
export const PlanDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Plan"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"documents"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DocumentKind"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYears"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssessmentYear"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plan"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}},{"kind":"Argument","name":{"kind":"Name","value":"documents"},"value":{"kind":"Variable","name":{"kind":"Name","value":"documents"}}},{"kind":"Argument","name":{"kind":"Name","value":"assessmentYears"},"value":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYears"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"documents"}},{"kind":"Field","name":{"kind":"Name","value":"login"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamCalls"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"portalLogins"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamCalls"}},{"kind":"Field","name":{"kind":"Name","value":"priceRupees"}},{"kind":"Field","name":{"kind":"Name","value":"unanswerable"}}]}}]}}]} as unknown as DocumentNode<PlanQuery, PlanQueryVariables>;
export const ProvidersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"documents"}},{"kind":"Field","name":{"kind":"Name","value":"login"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"breaker"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"successRate"}},{"kind":"Field","name":{"kind":"Name","value":"p50Ms"}},{"kind":"Field","name":{"kind":"Name","value":"p95Ms"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ProvidersQuery, ProvidersQueryVariables>;
export const ResendOtpDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResendOtp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resendOtp"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"sessionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"pollAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attemptsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<ResendOtpMutation, ResendOtpMutationVariables>;
export const ReturnOfYearDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReturnOfYear"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYear"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssessmentYear"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"filing"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"assessmentYear"},"value":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYear"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgementNumber"}},{"kind":"Field","name":{"kind":"Name","value":"form"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"section"}},{"kind":"Field","name":{"kind":"Name","value":"filedOn"}},{"kind":"Field","name":{"kind":"Name","value":"dueOn"}},{"kind":"Field","name":{"kind":"Name","value":"timeliness"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"regime"}},{"kind":"Field","name":{"kind":"Name","value":"incomeHeads"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"salary"}},{"kind":"Field","name":{"kind":"Name","value":"houseProperty"}},{"kind":"Field","name":{"kind":"Name","value":"businessOrProfession"}},{"kind":"Field","name":{"kind":"Name","value":"capitalGains"}},{"kind":"Field","name":{"kind":"Name","value":"otherSources"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"grossTotalIncome"}},{"kind":"Field","name":{"kind":"Name","value":"deductions"}},{"kind":"Field","name":{"kind":"Name","value":"totalIncome"}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxOnTotalIncome"}},{"kind":"Field","name":{"kind":"Name","value":"rebate"}},{"kind":"Field","name":{"kind":"Name","value":"surcharge"}},{"kind":"Field","name":{"kind":"Name","value":"cess"}},{"kind":"Field","name":{"kind":"Name","value":"netTaxLiability"}},{"kind":"Field","name":{"kind":"Name","value":"interest"}},{"kind":"Field","name":{"kind":"Name","value":"lateFilingFee"}},{"kind":"Field","name":{"kind":"Name","value":"totalPayable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taxesPaid"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advanceTax"}},{"kind":"Field","name":{"kind":"Name","value":"taxDeducted"}},{"kind":"Field","name":{"kind":"Name","value":"taxCollected"}},{"kind":"Field","name":{"kind":"Name","value":"selfAssessmentTax"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"balancePayable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refund"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"claimed"}},{"kind":"Field","name":{"kind":"Name","value":"issuedOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"demand"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"provenance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"beliefs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"agreedBy"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disagreements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"chosen"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"claims"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"document"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ReturnOfYearQuery, ReturnOfYearQueryVariables>;
export const RevokeConsentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeConsent"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"consentId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"reason"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeConsent"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"consentId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"consentId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"reason"},"value":{"kind":"Variable","name":{"kind":"Name","value":"reason"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"standing"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<RevokeConsentMutation, RevokeConsentMutationVariables>;
export const SessionByIdDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SessionById"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"pollAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attemptsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pan"}}]}},{"kind":"Field","name":{"kind":"Name","value":"consent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"standing"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"dataLifeDays"}},{"kind":"Field","name":{"kind":"Name","value":"maxFetches"}},{"kind":"Field","name":{"kind":"Name","value":"fetches"}},{"kind":"Field","name":{"kind":"Name","value":"documents"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYears"}},{"kind":"Field","name":{"kind":"Name","value":"grantedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SessionByIdQuery, SessionByIdQueryVariables>;
export const SessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Sessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"states"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionState"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}},{"kind":"Argument","name":{"kind":"Name","value":"states"},"value":{"kind":"Variable","name":{"kind":"Name","value":"states"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"pollAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attemptsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pan"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<SessionsQuery, SessionsQueryVariables>;
export const SubmitOtpDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SubmitOtp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SubmitOtpInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"submitOtp"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"pollAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attemptsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<SubmitOtpMutation, SubmitOtpMutationVariables>;
export const TaxCreditsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TaxCredits"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYear"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssessmentYear"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"taxCredits"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"assessmentYear"},"value":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYear"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"creditedTotal"}},{"kind":"Field","name":{"kind":"Name","value":"deductors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"tan"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"section"}},{"kind":"Field","name":{"kind":"Name","value":"sectionLabel"}},{"kind":"Field","name":{"kind":"Name","value":"bookingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"transactedOn"}},{"kind":"Field","name":{"kind":"Name","value":"bookedOn"}},{"kind":"Field","name":{"kind":"Name","value":"amountPaid"}},{"kind":"Field","name":{"kind":"Name","value":"taxWithheld"}},{"kind":"Field","name":{"kind":"Name","value":"taxDeposited"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"provenance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"beliefs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"agreedBy"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disagreements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TaxCreditsQuery, TaxCreditsQueryVariables>;
export const TaxpayerByIdDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TaxpayerById"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Taxpayer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pan"}},{"kind":"Field","name":{"kind":"Name","value":"compliance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"standing"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TaxpayerByIdQuery, TaxpayerByIdQueryVariables>;
export const TaxpayerWithSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TaxpayerWithSessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pan"}},{"kind":"Field","name":{"kind":"Name","value":"holderType"}},{"kind":"Field","name":{"kind":"Name","value":"profile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"aadhaarLink"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"linked"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"filings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"7"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"form"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"filedOn"}},{"kind":"Field","name":{"kind":"Name","value":"totalIncome"}},{"kind":"Field","name":{"kind":"Name","value":"effective"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"document"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"pollAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}}]}},{"kind":"Field","name":{"kind":"Name","value":"documents"}},{"kind":"Field","name":{"kind":"Name","value":"consent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"standing"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]}}]} as unknown as DocumentNode<TaxpayerWithSessionsQuery, TaxpayerWithSessionsQueryVariables>;
export const WatchSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"WatchSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"pollAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attemptsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}}]}}]}}]} as unknown as DocumentNode<WatchSessionSubscription, WatchSessionSubscriptionVariables>;
export const WholeTaxpayerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WholeTaxpayer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYears"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssessmentYear"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"compliance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itrFiled"}},{"kind":"Field","name":{"kind":"Name","value":"standing"}},{"kind":"Field","name":{"kind":"Name","value":"standingLabel"}},{"kind":"Field","name":{"kind":"Name","value":"filingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"filingStatusLabel"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"filedOn"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgementNumber"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"agreesWithFilings"}}]}},{"kind":"Field","name":{"kind":"Name","value":"profile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"gender"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"mobile"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lines"}},{"kind":"Field","name":{"kind":"Name","value":"locality"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}},{"kind":"Field","name":{"kind":"Name","value":"country"}}]}},{"kind":"Field","name":{"kind":"Name","value":"aadhaar"}},{"kind":"Field","name":{"kind":"Name","value":"aadhaarLink"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"linked"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jurisdiction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"areaCode"}},{"kind":"Field","name":{"kind":"Name","value":"officerKind"}},{"kind":"Field","name":{"kind":"Name","value":"rangeCode"}},{"kind":"Field","name":{"kind":"Name","value":"officerNumber"}},{"kind":"Field","name":{"kind":"Name","value":"office"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"beliefs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"agreedBy"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"filings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"assessmentYears"},"value":{"kind":"Variable","name":{"kind":"Name","value":"assessmentYears"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acknowledgementNumber"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"form"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"section"}},{"kind":"Field","name":{"kind":"Name","value":"filedOn"}},{"kind":"Field","name":{"kind":"Name","value":"dueOn"}},{"kind":"Field","name":{"kind":"Name","value":"timeliness"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusHistory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"occurredOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"regime"}},{"kind":"Field","name":{"kind":"Name","value":"incomeHeads"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"salary"}},{"kind":"Field","name":{"kind":"Name","value":"houseProperty"}},{"kind":"Field","name":{"kind":"Name","value":"businessOrProfession"}},{"kind":"Field","name":{"kind":"Name","value":"capitalGains"}},{"kind":"Field","name":{"kind":"Name","value":"otherSources"}}]}},{"kind":"Field","name":{"kind":"Name","value":"grossTotalIncome"}},{"kind":"Field","name":{"kind":"Name","value":"deductions"}},{"kind":"Field","name":{"kind":"Name","value":"totalIncome"}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxOnTotalIncome"}},{"kind":"Field","name":{"kind":"Name","value":"rebate"}},{"kind":"Field","name":{"kind":"Name","value":"surcharge"}},{"kind":"Field","name":{"kind":"Name","value":"cess"}},{"kind":"Field","name":{"kind":"Name","value":"grossTaxLiability"}},{"kind":"Field","name":{"kind":"Name","value":"relief"}},{"kind":"Field","name":{"kind":"Name","value":"netTaxLiability"}},{"kind":"Field","name":{"kind":"Name","value":"interest"}},{"kind":"Field","name":{"kind":"Name","value":"lateFilingFee"}},{"kind":"Field","name":{"kind":"Name","value":"totalPayable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taxesPaid"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"advanceTax"}},{"kind":"Field","name":{"kind":"Name","value":"taxDeducted"}},{"kind":"Field","name":{"kind":"Name","value":"taxCollected"}},{"kind":"Field","name":{"kind":"Name","value":"selfAssessmentTax"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"balancePayable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refund"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"claimed"}},{"kind":"Field","name":{"kind":"Name","value":"issuedOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bankAccounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountNumber"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"bankName"}},{"kind":"Field","name":{"kind":"Name","value":"ifsc"}},{"kind":"Field","name":{"kind":"Name","value":"isForRefund"}}]}},{"kind":"Field","name":{"kind":"Name","value":"demand"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}}]}},{"kind":"Field","name":{"kind":"Name","value":"provenance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"session"}}]}},{"kind":"Field","name":{"kind":"Name","value":"beliefs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"agreedBy"}}]}},{"kind":"Field","name":{"kind":"Name","value":"effective"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"demands"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"raisedOn"}},{"kind":"Field","name":{"kind":"Name","value":"section"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"statusLabel"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disagreements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"chosen"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"claims"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"document"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}}]}}]}}]}}]} as unknown as DocumentNode<WholeTaxpayerQuery, WholeTaxpayerQueryVariables>;