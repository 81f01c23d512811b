export {
  AuditRecordKindEnum,
  BankAccountKindEnum,
  BookingStatusEnum,
  BreakerStateEnum,
  CheckNameEnum,
  CheckOutcomeEnum,
  ComplianceStandingEnum,
  ConsentPurposeEnum,
  ConsentRecordKindEnum,
  ConsentStandingEnum,
  DocumentKindEnum,
  EndReasonEnum,
  FilingDocumentKindEnum,
  FilingKindEnum,
  FilingStatusEnum,
  HolderTypeEnum,
  InformationPartEnum,
  LoginMethodEnum,
  OutcomeEnum,
  ReportStatusEnum,
  ProblemCodeEnum,
  ProviderIdEnum,
  ProviderModeEnum,
  ReturnFormEnum,
  SessionStateEnum,
  SeverityEnum,
  TaxCreditKindEnum,
  TaxRegimeEnum,
  TimelinessEnum,
  consentStandings,
  filingDocumentKinds,
  outcomes,
} from "./enums";
export { Node } from "./node";
export {
  type Connection,
  PageArgs,
  PageInfo,
  type PageWish,
  connectionOf,
  isPageSize,
  pageInList,
  pageOf,
  toConnection,
} from "./paging";
export { panArgument } from "./panArgument";
export { NextAction, Problem, afterFailure, problemIn, toConnect, toNextAction, toProblem } from "./problem";
export { Belief, Disagreement, Provenance, placedUnder } from "./provenance";
export { Amount, AssessmentYearScalar, DateScalar, DateTimeScalar, PanScalar } from "./scalars";
export { TaxPeriod } from "./taxPeriod";
