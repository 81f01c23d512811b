import { registerEnumType } from "type-graphql";
import {
  documentKinds,
  provenanceMethods,
  auditRecordKinds,
  checkNames,
  checkOutcomes,
  complianceStandings,
  consentPurposes,
  consentRecordKinds,
  bankAccountKinds,
  filingKinds,
  returnForms,
  taxRegimes,
  timelinesses,
  filingStatuses,
  holderTypes,
  informationParts,
  reportStatuses,
  severities,
  bookingStatuses,
  taxCreditKinds,
  gainTerms,
  houseUses,
  lossHeads,
  otherIncomeKinds,
  residentialStatuses,
  updateReasons,
  averagings,
  businessBases,
  crossCheckNames,
  crossCheckOutcomes,
  figureStates,
  locales,
  stabilities,
} from "../../domain";
import { faultCodes } from "../../kernel";
import { breakerStates, providerIds } from "../../providers";
import { endReasons, sessionStates } from "../../sessions";

type EnumObject<Value extends string> = { readonly [Each in Value]: Each };

function enumOf<Value extends string>(name: string, values: readonly Value[], description: string): EnumObject<Value> {
  const members = Object.fromEntries(values.map((value) => [value, value])) as EnumObject<Value>;
  registerEnumType(members, { name, description });
  return members;
}

export const outcomes = ["FOUND", "ABSENT", "UNSUPPORTED", "NOT_CONNECTED", "FAILED"] as const;

export const consentStandings = ["LIVE", "NOT_STARTED", "EXPIRED", "REVOKED"] as const;

export const nextActionKinds = ["SUBMIT_OTP", "WAIT", "READ_DATA", "OPEN_SESSION", "NONE"] as const;

export const filingDocumentKinds = [
  "VERIFICATION_FORM",
  "RETURN_FILE",
  "INFORMATION_STATEMENT",
  "INCOME_REPORT",
] as const;

const reportFormats = ["PDF", "CSV"] as const;

export const ProviderIdEnum = enumOf("ProviderId", providerIds, "The vendors this graph reads through.");
export const DocumentKindEnum = enumOf("DocumentKind", documentKinds, "What can be asked about a taxpayer.");
export const ProvenanceMethodEnum = enumOf(
  "ProvenanceMethod",
  provenanceMethods,
  "REPORTED: the provider said so. PARSED: read out of a document it sent. DERIVED: reckoned by us.",
);
export const OutcomeEnum = enumOf(
  "Outcome",
  outcomes,
  "FOUND; ABSENT: the provider says there is none; UNSUPPORTED: it does not carry this; NOT_CONNECTED: it needs a session first; FAILED: see the problem.",
);
export const HolderTypeEnum = enumOf("HolderType", holderTypes, "Who holds a PAN, as its fourth letter says.");
export const ComplianceStandingEnum = enumOf(
  "ComplianceStanding",
  complianceStandings,
  "Whether filing obligations are met. UNKNOWN: the provider used a word we do not know; see standingLabel.",
);
export const FilingStatusEnum = enumOf(
  "FilingStatus",
  filingStatuses,
  "How far a return has come. DISCARDED: taken back before it was verified, as if never filed. ADJUSTMENT_PROPOSED: section 143(1)(a). UNDER_SCRUTINY: section 143(2). REASSESSMENT: section 148.",
);
export const ProblemCodeEnum = enumOf("ProblemCode", faultCodes, "The one vocabulary of failure.");
export const BlameEnum = enumOf(
  "Blame",
  ["CALLER", "TAXPAYER", "PROVIDER", "PORTAL", "US"],
  "Whose doing a failure is, and so who can mend it.",
);
export const LoginMethodEnum = enumOf(
  "LoginMethod",
  ["NONE", "PASSWORD", "PASSWORD_AND_OTP"],
  "What a provider needs from the taxpayer.",
);
export const ProviderModeEnum = enumOf(
  "ProviderMode",
  ["LIVE", "SANDBOX", "OFF"],
  "LIVE: reached at its address. SANDBOX: played by a simulator. OFF: not set up here.",
);
export const BreakerStateEnum = enumOf(
  "BreakerState",
  breakerStates,
  "CLOSED: calls go through. OPEN: calls are refused at once, because too many failed. HALF_OPEN: one call is on trial.",
);
export const NextActionKindEnum = enumOf(
  "NextActionKind",
  nextActionKinds,
  "What is due: a mutation, a pause, or a query.",
);
export const SessionStateEnum = enumOf(
  "SessionState",
  sessionStates,
  "OPENING: the login is under way. AWAITING_OTP: the taxpayer has been sent a one-time password. PROCESSING: the provider reads the portal. READY: the documents can be queried. FAILED and ENDED: it is over.",
);
export const EndReasonEnum = enumOf(
  "EndReason",
  endReasons,
  "Why a session is over. FAILED: see its problem. EXPIRED: its time, its one-time password's or its consent's has run out.",
);
export const ConsentPurposeEnum = enumOf(
  "ConsentPurpose",
  consentPurposes,
  "What the taxpayer's data may be used for: nothing fetched for one purpose is handed to another.",
);
export const ConsentStandingEnum = enumOf(
  "ConsentStanding",
  consentStandings,
  "LIVE: it holds now. NOT_STARTED: it begins later. EXPIRED and REVOKED: nothing is read or fetched under it any more.",
);
export const ConsentRecordKindEnum = enumOf(
  "ConsentRecordKind",
  consentRecordKinds,
  "What was done: a consent was GRANTED, USED to fetch something, REVOKED or EXPIRED; a session was REFUSED for want of one; " +
    "everything was ERASED. Who has read what stands in the audit trail.",
);
export const AuditRecordKindEnum = enumOf(
  "AuditRecordKind",
  auditRecordKinds,
  "What was done: READ, REVEALED (shown whole), REFUSED (for want of a consent or a scope: see the code), DOCUMENT_HANDED_OUT; the steps of a session, from SESSION_OPENED to SESSION_ENDED; AADHAAR_LINK_CHECKED (a number went to a provider); CONSENT_REVOKED; ERASED; AUDIT_READ: this very trail was read.",
);
export const ReturnFormEnum = enumOf(
  "ReturnForm",
  returnForms,
  "The form that a return was filed in. ITR_1 is for plain salaries; UNKNOWN: no provider tells it.",
);
export const FilingKindEnum = enumOf(
  "FilingKind",
  filingKinds,
  "ORIGINAL: filed first, in time. BELATED: filed first, after the due date. REVISED and UPDATED: filed to put an earlier one right. DEFECTIVE_RESPONSE: filed to cure a defect. OTHER: of another kind, or of a kind that is not told.",
);
export const TimelinessEnum = enumOf("Timeliness", timelinesses, "Whether a return was filed by its due date.");
export const TaxRegimeEnum = enumOf(
  "TaxRegime",
  taxRegimes,
  "OLD: higher rates, many deductions. NEW: lower rates, few deductions.",
);
export const BankAccountKindEnum = enumOf("BankAccountKind", bankAccountKinds, "What kind of bank account it is.");
export const FilingDocumentKindEnum = enumOf(
  "FilingDocumentKind",
  filingDocumentKinds,
  "VERIFICATION_FORM: the one-page acknowledgement called ITR-V. RETURN_FILE: the return itself, as it was filed. INFORMATION_STATEMENT: the statement called AIS. INCOME_REPORT: our own page of the insights.",
);
export const SeverityEnum = enumOf(
  "Severity",
  severities,
  "INFO: a curiosity. WARNING: a reason to look closer. SERIOUS: a reason not to rely on the figures.",
);
export const CheckNameEnum = enumOf(
  "CheckName",
  checkNames,
  "HEADS_ADD_UP: heads of income to gross total income. TOTAL_INCOME_ADDS_UP: gross total income less deductions. SETTLEMENT_ADDS_UP: tax less payments. FILED_IN_TIME: filing date to last day. ACKNOWLEDGEMENT_DATED: filing date to the end of the acknowledgement number. TAX_CREDITS_COVER_CLAIM: tax deposited to tax claimed. TAX_RECOMPUTED: tax to the rates of the year.",
);
export const CheckOutcomeEnum = enumOf(
  "CheckOutcome",
  checkOutcomes,
  "NOT_POSSIBLE: not everything is told that the check needs.",
);
export const TaxCreditKindEnum = enumOf(
  "TaxCreditKind",
  taxCreditKinds,
  "DEDUCTED: held back by the one who paid the taxpayer (TDS). COLLECTED: charged by a seller on top of the price (TCS).",
);
export const BookingStatusEnum = enumOf(
  "BookingStatus",
  bookingStatuses,
  "FINAL: the tax has reached the treasury. PROVISIONAL: a government office reports it, and it is not yet verified. UNMATCHED: no deposit was found for it. OVERBOOKED: more is claimed than was deposited.",
);
export const ReportStatusEnum = enumOf(
  "ReportStatus",
  reportStatuses,
  "Whether a report is counted. The portal marks corrected and withdrawn reports as inactive.",
);

export const InformationPartEnum = enumOf(
  "InformationPart",
  informationParts,
  "The part of the statement that an entry stands in.",
);
export const ResidentialStatusEnum = enumOf(
  "ResidentialStatus",
  residentialStatuses,
  "Where the taxpayer lives, as tax law has it. UNKNOWN: no source tells it.",
);
export const HouseUseEnum = enumOf(
  "HouseUse",
  houseUses,
  "DEEMED_LET_OUT: it stands empty, beyond those a taxpayer may live in.",
);
export const GainTermEnum = enumOf(
  "GainTerm",
  gainTerms,
  "How long an asset was held. Virtual assets have no term, and count as SHORT.",
);
export const IncomeHeadEnum = enumOf("IncomeHead", lossHeads, "The kind of income that a loss belongs to.");
export const OtherIncomeKindEnum = enumOf(
  "OtherIncomeKind",
  otherIncomeKinds,
  "REFUND_INTEREST: paid by the Department on a refund. LOTTERY: games and races too. OTHER: all that has no kind of its own.",
);
export const UpdateReasonEnum = enumOf(
  "UpdateReason",
  updateReasons,
  "Why a return was updated, in the words of section 139(8A)'s form.",
);
export const BusinessBasisEnum = enumOf(
  "BusinessBasis",
  businessBases,
  "What counts of a business. DECLARED: the income in the return. CASH_PROFIT: net profit with depreciation, loan interest and partner's pay added back, less tax on it. GROSS_PROFIT: gross profit, up to a share of turnover. RECEIPTS: a multiple of turnover.",
);
export const AveragingEnum = enumOf(
  "Averaging",
  averagings,
  "How one amount is made of several years. MEAN_IF_RISING_ELSE_LATEST: the mean where no year is below the year before it.",
);
export const FigureStateEnum = enumOf(
  "FigureState",
  figureStates,
  "KNOWN: every input is told. FLAGGED: computed, but an input is disputed, fails a check or is left out. NOT_POSSIBLE: an input that it needs is not told.",
);
export const StabilityEnum = enumOf(
  "Stability",
  stabilities,
  "By the standard deviation over the mean. STABLE: up to 0.15. VARIABLE: up to 0.35. VOLATILE: more. UNKNOWN: fewer than two years, or a year that is not possible.",
);
export const CrossCheckNameEnum = enumOf(
  "CrossCheckName",
  crossCheckNames,
  "What is compared: the return with the tax credits, with the information statement, or one of its amounts with another.",
);
export const CrossCheckOutcomeEnum = enumOf(
  "CrossCheckOutcome",
  crossCheckOutcomes,
  "FLAGGED: beyond the tolerance, a reason to ask. NOT_POSSIBLE: one side is not told.",
);
export const LocaleEnum = enumOf("Locale", locales, "The language of texts. EN: English. HI: Hindi.");
export const ReportFormatEnum = enumOf("ReportFormat", reportFormats, "PDF: for people. CSV: for spreadsheets.");
