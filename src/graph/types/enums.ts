import { registerEnumType } from "type-graphql";
import {
  averagings,
  businessBases,
  crossCheckNames,
  crossCheckOutcomes,
  figureStates,
  locales,
  stabilities,
  vocabulary,
} from "../../domain";
import { faultCodes } from "../../kernel";
import { breakerStates, providerIds } from "../../providers";
import { linkStates } from "../../links";
import { runStates } from "../../runs";
import { endReasons, sessionStates } from "../../sessions";

type EnumObject<Value extends string> = { readonly [Each in Value]: Each };

function enumOf<const Value extends string>(values: readonly Value[], description: string) {
  return { members: Object.fromEntries(values.map((value) => [value, value])) as EnumObject<Value>, description };
}

const describedEnums = {
  ProviderId: enumOf(providerIds, "The vendors this graph reads through."),
  DocumentKind: enumOf(vocabulary.DocumentKind, "What can be asked about a taxpayer."),
  ProvenanceMethod: enumOf(
    vocabulary.ProvenanceMethod,
    "REPORTED: the provider said so. PARSED: read out of a document it sent. DERIVED: reckoned by us.",
  ),
  Outcome: enumOf(
    ["FOUND", "ABSENT", "UNSUPPORTED", "NOT_CONNECTED", "FAILED"],
    "FOUND; ABSENT: the provider says there is none; UNSUPPORTED: it does not carry this; NOT_CONNECTED: it needs a session first; FAILED: see the problem.",
  ),
  HolderType: enumOf(vocabulary.HolderType, "Who holds a PAN, as its fourth letter says."),
  ComplianceStanding: enumOf(
    vocabulary.ComplianceStanding,
    "Whether filing obligations are met. UNKNOWN: the provider used a word we do not know; see standingLabel.",
  ),
  FilingStatus: enumOf(
    vocabulary.FilingStatus,
    "How far a return has come. DISCARDED: taken back before it was verified, as if never filed. ADJUSTMENT_PROPOSED: section 143(1)(a). UNDER_SCRUTINY: section 143(2). REASSESSMENT: section 148.",
  ),
  ProblemCode: enumOf(faultCodes, "The one vocabulary of failure."),
  Blame: enumOf(
    ["CALLER", "TAXPAYER", "PROVIDER", "PORTAL", "US"],
    "Whose doing a failure is, and so who can mend it.",
  ),
  LoginMethod: enumOf(["NONE", "PASSWORD", "PASSWORD_AND_OTP"], "What a provider needs from the taxpayer."),
  ProviderMode: enumOf(
    ["LIVE", "SANDBOX", "OFF"],
    "LIVE: reached at its address. SANDBOX: played by a simulator. OFF: not set up here.",
  ),
  BreakerState: enumOf(
    breakerStates,
    "CLOSED: calls go through. OPEN: calls are refused at once, because too many failed. HALF_OPEN: one call is on trial.",
  ),
  NextActionKind: enumOf(
    ["SUBMIT_OTP", "WAIT", "READ_DATA", "OPEN_SESSION", "NONE"],
    "What is due: a mutation, a pause, or a query.",
  ),
  SessionState: enumOf(
    sessionStates,
    "OPENING: the login is under way. AWAITING_OTP: the taxpayer has been sent a one-time password. PROCESSING: the provider reads the portal. READY: the documents can be queried. FAILED and ENDED: it is over.",
  ),
  LinkState: enumOf(
    linkStates,
    "CREATED: not opened yet. OPENED: the taxpayer reads what is asked. CONSENTED: they have agreed, and log in. CONNECTED: the documents can be read. DECLINED, FAILED, EXPIRED and CANCELLED: it is over without.",
  ),
  RunState: enumOf(
    runStates,
    "RUNNING: PANs are being asked about. PAUSED: the budget is used up, or the provider is away: see its problem. FINISHED: every PAN has its result. CANCELLED: no more PANs are asked about.",
  ),
  EndReason: enumOf(
    endReasons,
    "Why a session is over. FAILED: see its problem. EXPIRED: its time, its one-time password's or its consent's has run out.",
  ),
  ConsentPurpose: enumOf(
    vocabulary.ConsentPurpose,
    "What the taxpayer's data may be used for: nothing fetched for one purpose is handed to another.",
  ),
  ConsentStanding: enumOf(
    ["LIVE", "NOT_STARTED", "EXPIRED", "REVOKED"],
    "LIVE: it holds now. NOT_STARTED: it begins later. EXPIRED and REVOKED: nothing is read or fetched under it any more.",
  ),
  ConsentRecordKind: enumOf(
    vocabulary.ConsentRecordKind,
    "What was done: a consent was GRANTED, USED to fetch something, REVOKED or EXPIRED; a session was REFUSED for want of one; " +
      "everything was ERASED. Who has read what stands in the audit trail.",
  ),
  AuditRecordKind: enumOf(
    vocabulary.AuditRecordKind,
    "What was done: READ, REVEALED (shown whole), REFUSED (for want of a consent or a scope: see the code), DOCUMENT_HANDED_OUT; the steps of a session, from SESSION_OPENED to SESSION_ENDED; AADHAAR_LINK_CHECKED (a number went to a provider); the steps of a link, from LINK_CREATED on, those of the taxpayer under the caller `taxpayer:` with the link's id; RUN_STARTED and RUN_CANCELLED, of a compliance run; CONSENT_REVOKED; ERASED; AUDIT_READ: this very trail was read; WEBHOOK_CREATED, _ROTATED and _DELETED: where events are sent, and signed by what. SET_BACK_ACCEPTED: an operator has accepted that the records before it end earlier than they did.",
  ),
  EventKind: enumOf(
    vocabulary.EventKind,
    "SESSION_CHANGED and LINK_CHANGED: it has come to another step. DATA_BROUGHT: answers were stored under a consent. CONSENT_EXPIRED: its time is over. TAXPAYER_ERASED: everything about them is destroyed. RUN_FINISHED: each of its PANs has its answer.",
  ),
  WebhookState: enumOf(
    ["ENABLED", "DISABLED"],
    "DISABLED: the receiver has answered 410 Gone, or has failed for five days. redeliver enables it again.",
  ),
  DeliveryState: enumOf(
    ["PENDING", "DELIVERED", "FAILED"],
    "PENDING: an attempt is due. DELIVERED: answered by a 2xx. FAILED: twelve attempts have failed, or the endpoint is disabled.",
  ),
  ReturnForm: enumOf(
    vocabulary.ReturnForm,
    "The form that a return was filed in. ITR_1 is for plain salaries; UNKNOWN: no provider tells it.",
  ),
  FilingKind: enumOf(
    vocabulary.FilingKind,
    "ORIGINAL: filed first, in time. BELATED: filed first, after the due date. REVISED and UPDATED: filed to put an earlier one right. DEFECTIVE_RESPONSE: filed to cure a defect. OTHER: of another kind, or of a kind that is not told.",
  ),
  Timeliness: enumOf(vocabulary.Timeliness, "Whether a return was filed by its due date."),
  TaxRegime: enumOf(vocabulary.TaxRegime, "OLD: higher rates, many deductions. NEW: lower rates, few deductions."),
  BankAccountKind: enumOf(vocabulary.BankAccountKind, "What kind of bank account it is."),
  FilingDocumentKind: enumOf(
    ["VERIFICATION_FORM", "RETURN_FILE", "INFORMATION_STATEMENT", "INCOME_REPORT", "COMPLIANCE_RUN"],
    "VERIFICATION_FORM: the one-page acknowledgement called ITR-V. RETURN_FILE: the return itself, as it was filed. INFORMATION_STATEMENT: the statement called AIS. INCOME_REPORT: our own page of the insights. COMPLIANCE_RUN: the results of a run.",
  ),
  Severity: enumOf(
    vocabulary.Severity,
    "INFO: a curiosity. WARNING: a reason to look closer. SERIOUS: a reason not to rely on the figures.",
  ),
  CheckName: enumOf(
    vocabulary.CheckName,
    "HEADS_ADD_UP: heads of income to gross total income. TOTAL_INCOME_ADDS_UP: gross total income less deductions. SETTLEMENT_ADDS_UP: tax less payments. FILED_IN_TIME: filing date to last day. ACKNOWLEDGEMENT_DATED: filing date to the end of the acknowledgement number. TAX_CREDITS_COVER_CLAIM: tax deposited to tax claimed. TAX_RECOMPUTED: tax to the rates of the year.",
  ),
  CheckOutcome: enumOf(vocabulary.CheckOutcome, "NOT_POSSIBLE: not everything is told that the check needs."),
  TaxCreditKind: enumOf(
    vocabulary.TaxCreditKind,
    "DEDUCTED: held back by the one who paid the taxpayer (TDS). COLLECTED: charged by a seller on top of the price (TCS).",
  ),
  BookingStatus: enumOf(
    vocabulary.BookingStatus,
    "FINAL: the tax has reached the treasury. PROVISIONAL: a government office reports it, and it is not yet verified. UNMATCHED: no deposit was found for it. OVERBOOKED: more is claimed than was deposited.",
  ),
  ReportStatus: enumOf(
    vocabulary.ReportStatus,
    "Whether a report is counted. The portal marks corrected and withdrawn reports as inactive.",
  ),
  InformationPart: enumOf(vocabulary.InformationPart, "The part of the statement that an entry stands in."),
  ResidentialStatus: enumOf(
    vocabulary.ResidentialStatus,
    "Where the taxpayer lives, as tax law has it. UNKNOWN: no source tells it.",
  ),
  HouseUse: enumOf(vocabulary.HouseUse, "DEEMED_LET_OUT: it stands empty, beyond those a taxpayer may live in."),
  GainTerm: enumOf(vocabulary.GainTerm, "How long an asset was held. Virtual assets have no term, and count as SHORT."),
  IncomeHead: enumOf(vocabulary.IncomeHead, "The kind of income that a loss belongs to."),
  OtherIncomeKind: enumOf(
    vocabulary.OtherIncomeKind,
    "REFUND_INTEREST: paid by the Department on a refund. LOTTERY: games and races too. OTHER: all that has no kind of its own.",
  ),
  UpdateReason: enumOf(vocabulary.UpdateReason, "Why a return was updated, in the words of section 139(8A)'s form."),
  BusinessBasis: enumOf(
    businessBases,
    "What counts of a business. DECLARED: the income in the return. CASH_PROFIT: net profit with depreciation, loan interest and partner's pay added back, less tax on it. GROSS_PROFIT: gross profit, up to a share of turnover. RECEIPTS: a multiple of turnover.",
  ),
  Averaging: enumOf(
    averagings,
    "How one amount is made of several years. MEAN_IF_RISING_ELSE_LATEST: the mean where no year is below the year before it.",
  ),
  FigureState: enumOf(
    figureStates,
    "KNOWN: every input is told. FLAGGED: computed, but an input is disputed, fails a check or is left out. NOT_POSSIBLE: an input that it needs is not told.",
  ),
  Stability: enumOf(
    stabilities,
    "By the standard deviation over the mean. STABLE: up to 0.15. VARIABLE: up to 0.35. VOLATILE: more. UNKNOWN: fewer than two years, or a year that is not possible.",
  ),
  CrossCheckName: enumOf(
    crossCheckNames,
    "What is compared: the return with the tax credits, with the information statement, or one of its amounts with another.",
  ),
  CrossCheckOutcome: enumOf(
    crossCheckOutcomes,
    "FLAGGED: beyond the tolerance, a reason to ask. NOT_POSSIBLE: one side is not told.",
  ),
  Locale: enumOf(locales, "The language of texts. EN: English. HI: Hindi."),
  ReportFormat: enumOf(["PDF", "CSV"], "PDF: for people. CSV: for spreadsheets."),
};

type Described = typeof describedEnums;

/** Every enum of the graph under its public name. */
export const enums = Object.fromEntries(
  Object.entries(describedEnums).map(([name, { members, description }]) => {
    registerEnumType(members, { name, description });
    return [name, members];
  }),
) as { readonly [Name in keyof Described]: Described[Name]["members"] };
