/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Whose doing a failure is, and so who can mend it. */
export type Blame =
  | 'CALLER'
  | 'PORTAL'
  | 'PROVIDER'
  | 'TAXPAYER'
  | 'US';

/** CLOSED: calls go through. OPEN: calls are refused at once, because too many failed. HALF_OPEN: one call is on trial. */
export type BreakerState =
  | 'CLOSED'
  | 'HALF_OPEN'
  | 'OPEN';

/** Whether filing obligations are met. UNKNOWN: the provider used a word we do not know; see standingLabel. */
export type ComplianceStanding =
  | 'COMPLIANT'
  | 'NON_COMPLIANT'
  | 'PENDING'
  | 'UNKNOWN';

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

/** How far a return has come. */
export type FilingStatus =
  | 'DEFECTIVE'
  | 'DEMAND_RAISED'
  | 'FILED'
  | 'INVALID'
  | 'NOT_FILED'
  | 'PROCESSED'
  | 'REFUND_ISSUED'
  | 'TRANSFERRED'
  | 'UNDER_PROCESSING'
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

export type ComplianceQueryVariables = Exact<{
  pan: string;
}>;


export type ComplianceQuery = { taxpayer: { id: string, pan: string, holderType: HolderType, compliance: { itrFiled: boolean, standing: ComplianceStanding, standingLabel: string, filingStatus: FilingStatus, assessmentYear: string | null, filedOn: string | null, acknowledgementNumber: string | null, checkedAt: string, provenance: { provider: ProviderId, method: ProvenanceMethod, fetchedAt: string } } | null, sources: Array<{ document: DocumentKind, provider: ProviderId, outcome: Outcome, asOf: string | null, problem: { code: ProblemCode, message: string, blame: Blame, retryable: boolean, retryAfterSeconds: number | null } | null, nextAction: { kind: NextActionKind, message: string, pollAfterMs: number | null } | null }> } };

export type ComplianceOfManyQueryVariables = Exact<{
  pans: Array<string> | string;
  maxAgeSeconds?: number | null | undefined;
}>;


export type ComplianceOfManyQuery = { taxpayers: Array<{ id: string, pan: string, compliance: { itrFiled: boolean, standing: ComplianceStanding, filingStatus: FilingStatus, assessmentYear: string | null, filedOn: string | null } | null, sources: Array<{ outcome: Outcome, problem: { code: ProblemCode } | null }> }> };

export type ProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ProvidersQuery = { providers: Array<{ id: ProviderId, name: string, mode: ProviderMode, documents: Array<DocumentKind>, login: LoginMethod, health: { operations: Array<{ operation: string, breaker: BreakerState, calls: number, successRate: number | null, p50Ms: number | null, p95Ms: number | null }> } }> };

export type TaxpayerByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type TaxpayerByIdQuery = { node: { pan: string, id: string, compliance: { standing: ComplianceStanding } | null } | null };


export const ComplianceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Compliance"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pan"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pan"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pan"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pan"}},{"kind":"Field","name":{"kind":"Name","value":"holderType"}},{"kind":"Field","name":{"kind":"Name","value":"compliance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itrFiled"}},{"kind":"Field","name":{"kind":"Name","value":"standing"}},{"kind":"Field","name":{"kind":"Name","value":"standingLabel"}},{"kind":"Field","name":{"kind":"Name","value":"filingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"filedOn"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgementNumber"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"provenance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"document"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blame"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nextAction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"pollAfterMs"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ComplianceQuery, ComplianceQueryVariables>;
export const ComplianceOfManyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ComplianceOfMany"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pans"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Pan"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"maxAgeSeconds"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taxpayers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pans"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pans"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pan"}},{"kind":"Field","name":{"kind":"Name","value":"compliance"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"maxAgeSeconds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"maxAgeSeconds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itrFiled"}},{"kind":"Field","name":{"kind":"Name","value":"standing"}},{"kind":"Field","name":{"kind":"Name","value":"filingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"assessmentYear"}},{"kind":"Field","name":{"kind":"Name","value":"filedOn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ComplianceOfManyQuery, ComplianceOfManyQueryVariables>;
export const ProvidersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"documents"}},{"kind":"Field","name":{"kind":"Name","value":"login"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"breaker"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"successRate"}},{"kind":"Field","name":{"kind":"Name","value":"p50Ms"}},{"kind":"Field","name":{"kind":"Name","value":"p95Ms"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ProvidersQuery, ProvidersQueryVariables>;
export const TaxpayerByIdDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TaxpayerById"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Taxpayer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pan"}},{"kind":"Field","name":{"kind":"Name","value":"compliance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"standing"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TaxpayerByIdQuery, TaxpayerByIdQueryVariables>;