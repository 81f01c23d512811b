import { registerEnumType } from "type-graphql";
import { documentKinds, provenanceMethods } from "../domain/answer";
import { complianceStandings } from "../domain/compliance";
import { consentPurposes } from "../domain/consent";
import { consentRecordKinds } from "../domain/consentRecord";
import { filingStatuses } from "../domain/filingStatus";
import { holderTypes } from "../domain/identifiers";
import { faultCodes } from "../kernel/fault";
import { breakerStates } from "../providers/provider";
import { providerIds } from "../providers/registry";
import { endReasons, sessionStates } from "../sessions/session";

type EnumObject<Value extends string> = { readonly [Each in Value]: Each };

function enumOf<Value extends string>(name: string, values: readonly Value[], description: string): EnumObject<Value> {
  const members = Object.fromEntries(values.map((value) => [value, value])) as EnumObject<Value>;
  registerEnumType(members, { name, description });
  return members;
}

export const outcomes = ["FOUND", "ABSENT", "UNSUPPORTED", "NOT_CONNECTED", "FAILED"] as const;

export const consentStandings = ["LIVE", "NOT_STARTED", "EXPIRED", "REVOKED"] as const;

export const nextActionKinds = ["SUBMIT_OTP", "WAIT", "READ_DATA", "OPEN_SESSION", "NONE"] as const;

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
export const FilingStatusEnum = enumOf("FilingStatus", filingStatuses, "How far a return has come.");
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
  "What was done: a consent was GRANTED, USED, REVOKED or EXPIRED; a reading was REFUSED for want of one; everything was ERASED.",
);
