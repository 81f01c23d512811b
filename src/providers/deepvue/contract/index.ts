import { cutPersonalNumbers } from "../../../department";
import { maskAadhaar, type MaskedAadhaar } from "../../../domain";
import { Secret } from "../../../kernel";
import {
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
import { tokenLifeMs } from "../credentials";
import { faultOfRefusal, saysNoStatement } from "./refusals";

/** Members of a known name as text; numbers may come as such or as text, and nothing as null, "" or the word "null". */
type Texts<Name extends string> = Readonly<Record<Name, string | undefined>>;
/** Takes the number of fields that this contract does not know. */
type Census = (unknownFields: number) => void;

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

export type Step = Texts<(typeof stepNames)[number]>;

/** One entry of the list of filed returns. */
export interface FiledReturn extends Texts<(typeof filedReturnNames)[number]> {
  readonly steps: readonly Step[];
}

export interface ReturnDetails extends Texts<(typeof personNames)[number]> {
  readonly aadhaar: MaskedAadhaar | undefined;
  readonly income: Texts<(typeof incomeNames)[number]>;
  /** The Department's own file, or whatever stands in its place. */
  readonly rawReturn: unknown;
}

export type StatementEntry = Texts<(typeof statementNames)[number]>;
export type CreditRow = Texts<(typeof creditNames)[number]>;

export interface CreditRows {
  readonly assessmentYear: string | undefined;
  readonly rows: readonly CreditRow[];
  /** The number of rows without a single known member. */
  readonly unknownRows: number;
}

/** Where the file of an information statement stands, once it is there; undefined: there is none for that year. */
export type StatementFile = Texts<(typeof fileNames)[number]> | undefined;

/** Lists beyond this length are no taxpayer's. */
const mostEntries = 500;
const mostRows = 50_000;

/** The token's reply has no envelope. */
export function readToken(reply: UpstreamReply, nowMs: number): { secret: Secret; expiresAtMs: number } {
  // Wrong credentials come with any of these codes, and here they are always our own.
  if ([400, 401, 403, 422].includes(reply.status)) {
    throw providerFault("DEEPVUE", "PROVIDER_REJECTED_US", `code ${reply.status}`);
  }
  if (reply.status !== 200) throw faultOfRefusal(reply, reply.status, bodyOf(reply));
  const body = readJsonObject("DEEPVUE", reply);
  const token = textOf(body.access_token);
  if (token === undefined) throw badResponse("no access_token");
  const expiry = textOf(body.expiry) ?? "";
  // Without a zone it is universal time, as in the vendor's sample.
  const toldMs = Date.parse(/(z|[+-]\d{2}:?\d{2})$/i.test(expiry) ? expiry : `${expiry}Z`);
  const latestMs = nowMs + tokenLifeMs;
  // An expiry that lies behind us tells of clocks that differ: a refusal will tell when the token has really ended.
  return { secret: new Secret(token), expiresAtMs: toldMs > nowMs ? Math.min(toldMs, latestMs) : latestMs };
}

export function readClientId(reply: UpstreamReply): string {
  const { itr_client_id, client_id } = dataOf(reply);
  const id = textOf(itr_client_id) ?? textOf(client_id);
  return id ?? raise("no itr_client_id");
}

export function readFiledReturns(reply: UpstreamReply, pan: string, count: Census): readonly FiledReturn[] {
  const data = aboutPan(dataOf(reply), pan);
  count(countUnknown(data, knownReturns));
  return listOf(data.filed_itrs, mostEntries).map((entry) => ({
    ...textsOf(entry, filedReturnNames, "itr_id"),
    steps: asList(entry.itr_status).map((step) => textsOf(asObject(step) ?? {}, stepNames)),
  }));
}

/** The person and the figures stand beside the return itself, and no other member says whose they are. */
export function readReturnDetails(reply: UpstreamReply, pan: string, count: Census): ReturnDetails {
  const whole = aboutPan(dataOf(reply), pan);
  // The list has named this return before. A reply that holds nothing is one that has not come, and may come later.
  if (Object.keys(whole).length === 0) throw providerFault("DEEPVUE", "PROVIDER_UNAVAILABLE", "empty details");
  count(countUnknown(whole, knownDetails));
  const data = cutObject({ ...whole, raw_itr: unfolded(whole.raw_itr) });
  requireReturnOf("DEEPVUE", data.raw_itr, { pan });
  return {
    ...textsOf(data, personNames),
    aadhaar: maskAadhaar(textOf(data.aadhaar_no) ?? ""),
    income: textsOf(asObject(data.income) ?? {}, incomeNames),
    rawReturn: data.raw_itr,
  };
}

export function readStatementEntries(reply: UpstreamReply, pan: string, count: Census): readonly StatementEntry[] {
  const data = aboutPan(dataOf(reply), pan);
  count(countUnknown(data, knownStatements));
  return listOf(data.tds, mostEntries).map((entry) => textsOf(entry, statementNames, "tds_id"));
}

export function readCreditRows(reply: UpstreamReply, pan: string, count: Census): CreditRows {
  const data = aboutPan(dataOf(reply), pan);
  count(countUnknown(data, knownRows));
  const rows = listOf(data.tds_data, mostRows);
  return {
    assessmentYear: textOf(data.assessment_year),
    rows: rows.map((row) => textsOf(row, creditNames)),
    unknownRows: rows.filter((row) => !creditNames.some((name) => name in row)).length,
  };
}

export function readStatementFile(reply: UpstreamReply, pan: string, count: Census): StatementFile {
  const body = bodyOf(reply);
  if (saysNoStatement(codeOf(reply, body), body)) return undefined;
  const data = aboutPan(dataOf(reply), pan);
  count(countUnknown(data, knownFile));
  return textsOf(data, fileNames, "ais_file");
}

/** The envelope's data, personal numbers and all, or the fault that the reply comes to. */
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

/** A failure may come with HTTP 200 and tell its code in the body alone. */
function codeOf(reply: UpstreamReply, body: JsonObject | undefined): number {
  if (reply.status !== 200) return reply.status;
  const code = Number(textOf(body?.code) ?? NaN);
  return Number.isInteger(code) && code >= 100 && code <= 599 ? code : 0;
}

function bodyOf(reply: UpstreamReply): JsonObject | undefined {
  return asObject(unfolded(reply.text));
}

/** JSON that comes as a text inside JSON; any other text stays one. */
function unfolded(value: unknown): unknown {
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
 * Nothing is told as null or as the word "null"; a list that is left out altogether is not nothing. An entry that is no
 * object stays in its place without a single fact, so that it does not pass for one that was never there.
 */
function listOf(value: unknown, most: number): readonly JsonObject[] {
  if (value === null || (typeof value === "string" && textOf(value) === undefined)) return [];
  if (!Array.isArray(value)) throw badResponse("a list is missing");
  if (value.length > most) throw badResponse("a list is too long");
  return value.map((entry) => asObject(entry) ?? {});
}

/**
 * The named members with every full personal number cut. A handle, by which the vendor wants to be asked again, is whole:
 * an id or a link may hold twelve digits in a row, and would lead nowhere without them.
 */
function textsOf<const Name extends string>(object: JsonObject, names: readonly Name[], handle?: Name): Texts<Name> {
  const named = Object.fromEntries(names.map((name) => [name, textOf(object[name])]));
  const whole = handle === undefined ? {} : { [handle]: named[handle] };
  return { ...cutObject(named), ...whole } as Texts<Name>;
}

function known(names: readonly string[]): KnownFields {
  return Object.fromEntries(names.map((name) => [name, true]));
}

function badResponse(note: string): Error {
  return providerFault("DEEPVUE", "PROVIDER_BAD_RESPONSE", note);
}

function raise(note: string): never {
  throw badResponse(note);
}
