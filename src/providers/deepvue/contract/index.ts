import { cutPersonalNumbers } from "../../../department";
import { maskAadhaar, type MaskedAadhaar } from "../../../domain";
import { Secret } from "../../../kernel";
import {
  badResponse,
  countUnknown,
  type KnownFields,
  asList,
  asObject,
  providerFault,
  readJsonObject,
  textOf,
  type JsonObject,
} from "../../replies";
import { requirePan, requireReturnOf } from "../../replySubject";
import type { UpstreamReply } from "../../provider";
import { faultOfRefusal, saysNoStatement } from "./refusals";

/** The vendor's paths. */
export const paths = { authorize: "/v1/authorize", itr: "/v1/verification/itr" } as const;

/** An access token lives for 24 hours. The reply's own `expiry` may be earlier. */
export const tokenLifeMs = 24 * 3_600_000;

/** Members of known names as text. The vendor sends numbers as such or as text, and nothing as null, "" or "null". */
type Texts<Name extends string> = Readonly<Record<Name, string | undefined>>;
/** Receives the number of fields that this contract does not know. */
type CountUnknown = (unknownFields: number) => void;

const filedReturnNames = [
  "itr_id",
  "pan_no",
  "filing_year",
  "acknowledgement_no",
  "itr_form",
  "filing_type",
  "filing_section",
  "filing_date",
] as const;
const stepNames = ["status", "date"] as const;
const personNames = [
  "gender",
  "name",
  "email",
  "pincode",
  "mobile_no",
  "address",
  "gross_income",
  "itr_type",
  "dob",
] as const;
const incomeNames = ["total_income", "gross_income"] as const;
const statementNames = ["tds_id", "assessment_year", "financial_year"] as const;
const creditNames = [
  "name_of_deductor",
  "tan_of_deductor",
  "total_amount_paid",
  "total_tax_deducted",
  "total_tds_deposited",
  "section",
  "transaction_date",
  "status_of_booking",
  "date_of_booking",
  "amount_paid",
  "tax_deducted",
  "tds_deposited",
] as const;
const fileNames = ["ais_file", "file_type", "status", "financial_year"] as const;

const ids: KnownFields = { client_id: true, itr_client_id: true, pan_no: true };
const knownReturns: KnownFields = {
  ...ids,
  filed_itrs: { ...known(filedReturnNames), itr_status: known(stepNames), download_link: true },
};
const knownDetails: KnownFields = {
  ...known(personNames),
  fathers_name: true,
  aadhaar_no: true,
  income: { ...known(incomeNames), company_name: true, company_address: true },
  doi: true,
  raw_itr: true,
};
const knownStatements: KnownFields = { ...ids, tds: { ...known(statementNames), pan_no: true } };
const knownRows: KnownFields = {
  assessment_year: true,
  tds_data: { ...known(creditNames), sr_no: true, remarks: true },
};
const knownFile: KnownFields = { ...ids, ...known(fileNames) };

/** One entry of the list of filed returns. */
export interface FiledReturn extends Texts<(typeof filedReturnNames)[number]> {
  readonly steps: readonly Texts<(typeof stepNames)[number]>[];
}

export interface ReturnDetails extends Texts<(typeof personNames)[number]> {
  readonly aadhaar: MaskedAadhaar | undefined;
  readonly income: Texts<(typeof incomeNames)[number]>;
  /** The Department's own file, or anything else that the vendor sends in its place. */
  readonly rawReturn: unknown;
}

export type StatementEntry = Texts<(typeof statementNames)[number]>;

export interface CreditRows {
  readonly assessment_year: string | undefined;
  readonly rows: readonly Texts<(typeof creditNames)[number]>[];
  /** The number of rows without a single known member. */
  readonly unknownRows: number;
}

/** The link to an information statement, once it is ready. Undefined: the year has none. */
export type StatementFile = Texts<(typeof fileNames)[number]> | undefined;

/** No taxpayer has longer lists. */
const mostEntries = 500;
const mostRows = 50_000;

/** The reader of each reply. A reply that is no success throws its fault. */
export const readReply = {
  token: readToken,
  clientId: readClientId,
  filedReturns: readFiledReturns,
  returnDetails: readReturnDetails,
  statementEntries: readStatementEntries,
  creditRows: readCreditRows,
  statementFile: readStatementFile,
};

/** The token's reply has no envelope. */
function readToken(reply: UpstreamReply, nowMs: number): { secret: Secret; expiresAtMs: number } {
  // Wrong credentials have any of these codes, and here they are always ours.
  if ([400, 401, 403, 422].includes(reply.status)) {
    throw providerFault("DEEPVUE", "PROVIDER_REJECTED_US", `code ${reply.status}`);
  }
  if (reply.status !== 200) throw faultOfRefusal(reply, reply.status, bodyOf(reply));
  const body = readJsonObject("DEEPVUE", reply);
  const token = textOf(body.access_token);
  if (token === undefined) throw badResponse("DEEPVUE", "no access_token");
  const expiry = textOf(body.expiry) ?? "";
  // Without a zone it is UTC, as in the vendor's sample.
  const statedMs = Date.parse(/(z|[+-]\d{2}:?\d{2})$/i.test(expiry) ? expiry : `${expiry}Z`);
  const latestMs = nowMs + tokenLifeMs;
  // An expiry in the past means that the clocks differ. A refusal then shows the real end of the token.
  return { secret: new Secret(token), expiresAtMs: statedMs > nowMs ? Math.min(statedMs, latestMs) : latestMs };
}

function readClientId(reply: UpstreamReply): string {
  const { itr_client_id, client_id } = dataOf(reply);
  const id = textOf(itr_client_id) ?? textOf(client_id);
  if (id === undefined) throw badResponse("DEEPVUE", "no itr_client_id");
  return id;
}

function readFiledReturns(reply: UpstreamReply, pan: string, count: CountUnknown): readonly FiledReturn[] {
  const data = aboutPan(dataOf(reply), pan);
  count(countUnknown(data, knownReturns));
  return listOf(data.filed_itrs, mostEntries).map((entry) => ({
    ...textsOf(entry, filedReturnNames, "itr_id"),
    steps: asList(entry.itr_status).map((step) => textsOf(asObject(step) ?? {}, stepNames)),
  }));
}

/** Only the return file inside the details names its PAN. */
function readReturnDetails(reply: UpstreamReply, pan: string, count: CountUnknown): ReturnDetails {
  const whole = aboutPan(dataOf(reply), pan);
  // The list has this return, so empty details are a failure that may pass.
  if (Object.keys(whole).length === 0) throw providerFault("DEEPVUE", "PROVIDER_UNAVAILABLE", "empty details");
  count(countUnknown(whole, knownDetails));
  const data = cutObject({ ...whole, raw_itr: parsedText(whole.raw_itr) });
  requireReturnOf("DEEPVUE", data.raw_itr, { pan });
  return {
    ...textsOf(data, personNames),
    aadhaar: maskAadhaar(textOf(data.aadhaar_no) ?? ""),
    income: textsOf(asObject(data.income) ?? {}, incomeNames),
    rawReturn: data.raw_itr,
  };
}

function readStatementEntries(reply: UpstreamReply, pan: string, count: CountUnknown): readonly StatementEntry[] {
  const data = aboutPan(dataOf(reply), pan);
  count(countUnknown(data, knownStatements));
  return listOf(data.tds, mostEntries).map((entry) => textsOf(entry, statementNames, "tds_id"));
}

function readCreditRows(reply: UpstreamReply, pan: string, count: CountUnknown): CreditRows {
  const data = aboutPan(dataOf(reply), pan);
  count(countUnknown(data, knownRows));
  const rows = listOf(data.tds_data, mostRows);
  return {
    assessment_year: textOf(data.assessment_year),
    rows: rows.map((row) => textsOf(row, creditNames)),
    unknownRows: rows.filter((row) => !creditNames.some((name) => name in row)).length,
  };
}

function readStatementFile(reply: UpstreamReply, pan: string, count: CountUnknown): StatementFile {
  const body = bodyOf(reply);
  if (saysNoStatement(codeOf(reply, body), body)) return undefined;
  const data = aboutPan(dataOf(reply), pan);
  count(countUnknown(data, knownFile));
  return textsOf(data, fileNames, "ais_file");
}

/** The data in the envelope, with personal numbers. Throws the fault of a refusal. */
function dataOf(reply: UpstreamReply): JsonObject {
  const body = reply.status === 200 ? readJsonObject("DEEPVUE", reply) : bodyOf(reply);
  const code = codeOf(reply, body);
  const verdict = textOf(body?.sub_code) ?? "SUCCESS";
  if (code !== 200 || verdict.toUpperCase() !== "SUCCESS") throw faultOfRefusal(reply, code, body);
  return asObject(body?.data) ?? {};
}

function cutObject(object: JsonObject): JsonObject {
  return asObject(cutPersonalNumbers(object)) ?? {};
}

/** A failure may come with HTTP 200 and have its code in the body. */
function codeOf(reply: UpstreamReply, body: JsonObject | undefined): number {
  if (reply.status !== 200) return reply.status;
  const code = Number(textOf(body?.code) ?? NaN);
  return Number.isInteger(code) && code >= 100 && code <= 599 ? code : 0;
}

function bodyOf(reply: UpstreamReply): JsonObject | undefined {
  return asObject(parsedText(reply.text));
}

/** Parses a text that is JSON. Any other value stays as it is. */
function parsedText(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The reply as a whole and each entry of its lists may name the PAN. */
function aboutPan(data: JsonObject, pan: string): JsonObject {
  const entries = [data.filed_itrs, data.tds].flatMap(asList).map(asObject);
  requirePan("DEEPVUE", pan, ...[data, ...entries].flatMap((each) => [each?.pan_no, each?.pan]));
  return data;
}

/**
 * An empty list may come as null or as "null". A missing list is a bad response. An entry that is no object stays as an
 * entry without facts, so that its loss does not look like an absence.
 */
function listOf(value: unknown, most: number): readonly JsonObject[] {
  if (value === null || (typeof value === "string" && textOf(value) === undefined)) return [];
  if (!Array.isArray(value)) throw badResponse("DEEPVUE", "a list is missing");
  if (value.length > most) throw badResponse("DEEPVUE", "a list is too long");
  return value.map((entry) => asObject(entry) ?? {});
}

/**
 * The named members, with personal numbers masked. A handle is an id or a link for a later call and stays whole, because
 * it may contain twelve digits in a row.
 */
function textsOf<const Name extends string>(object: JsonObject, names: readonly Name[], handle?: Name): Texts<Name> {
  const named = Object.fromEntries(names.map((name) => [name, textOf(object[name])]));
  const whole = handle === undefined ? {} : { [handle]: named[handle] };
  return { ...cutObject(named), ...whole } as Texts<Name>;
}

function known(names: readonly string[]): KnownFields {
  return Object.fromEntries(names.map((name) => [name, true]));
}
