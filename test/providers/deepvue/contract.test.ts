import { Fault, type FaultCode } from "../../../src/kernel/fault";
import { readReply } from "../../../src/providers/deepvue/contract";
import type { UpstreamReply } from "../../../src/providers/provider";
import { documented, documentedPan, envelope, reply } from "./replies";

const pan = documentedPan;
const uncounted = () => undefined;
const hourMs = 3_600_000;
const nowMs = Date.UTC(2025, 3, 30);

function faultOf(read: () => unknown): Fault {
  try {
    read();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
  throw new Error("this reply was taken for an answer");
}
const refusalOf = (answered: UpstreamReply) => faultOf(() => readReply.filedReturns(answered, pan, uncounted));

describe("a token", () => {
  it("lives until the expiry that came with it", () => {
    expect(readReply.token(reply(documented.token), nowMs).expiresAtMs).toBe(Date.UTC(2025, 3, 30, 23, 59, 59));
  });

  it("expires in universal time where no zone is told", () => {
    const token = { ...documented.token, expiry: "2025-04-30T23:59:59" };
    expect(readReply.token(reply(token), nowMs).expiresAtMs).toBe(Date.UTC(2025, 3, 30, 23, 59, 59));
  });

  it.each([undefined, null, "null", "soon", "2025-04-29T00:00:00Z", "2035-01-01T00:00:00Z"])(
    "lives for a day where its expiry cannot be meant: %j",
    (expiry) => {
      expect(readReply.token(reply({ ...documented.token, expiry }), nowMs).expiresAtMs).toBe(nowMs + 24 * hourMs);
    },
  );

  it.each<[number, unknown, FaultCode]>([
    [401, { detail: "Incorrect client_id or client_secret" }, "PROVIDER_REJECTED_US"],
    [400, { detail: "Inactive client_id" }, "PROVIDER_REJECTED_US"],
    [422, { detail: "Invalid credentials" }, "PROVIDER_REJECTED_US"],
    [500, documented.serverError, "PROVIDER_UNAVAILABLE"],
    [200, { token_type: "bearer" }, "PROVIDER_BAD_RESPONSE"],
    [200, "<html></html>", "PROVIDER_BAD_RESPONSE"],
  ])("is not had by %d %j", (status, body, code) => {
    expect(faultOf(() => readReply.token(reply(body, status), nowMs)).code).toBe(code);
  });
});

describe("the id of a client", () => {
  it.each([
    [{ itr_client_id: "itr_one", client_id: "another" }, "itr_one"],
    [{ client_id: "itr_one" }, "itr_one"],
    [{ itr_client_id: "null", client_id: 17 }, "17"],
  ])("is read from %j", (body, id) => {
    expect(readReply.clientId(reply(envelope(body)))).toBe(id);
  });

  it("may not be missing, as it is from the documented sample", () => {
    expect(faultOf(() => readReply.clientId(reply(envelope({})))).code).toBe("PROVIDER_BAD_RESPONSE");
  });
});

describe("a list of filed returns", () => {
  const listOf = (filed_itrs: unknown) =>
    readReply.filedReturns(reply(envelope({ ...documented.noReturns, filed_itrs })), pan, uncounted);

  it.each(["null", null, "", []])("is empty where the vendor prints %j", (nothing) => {
    expect(listOf(nothing)).toEqual([]);
  });

  it("may not be left out", () => {
    expect(faultOf(() => listOf(undefined)).code).toBe("PROVIDER_BAD_RESPONSE");
  });

  it("reads numbers as text", () => {
    expect(listOf([{ itr_id: 41, acknowledgement_no: 123456789100725 }])).toMatchObject([
      { itr_id: "41", acknowledgement_no: "123456789100725" },
    ]);
  });

  it("keeps every entry, the malformed as ones without a fact", () => {
    const entries = listOf([null, "null", { itr_id: 41, itr_status: {} }, []]);
    expect(entries.map((entry) => entry.itr_id)).toEqual([undefined, undefined, "41", undefined]);
  });

  it("is refused when one entry is about another PAN", () => {
    expect(faultOf(() => listOf([{ itr_id: 1, pan_no: "ZZZPA1234C" }])).code).toBe("PROVIDER_BAD_RESPONSE");
  });

  it("is refused when it is about another PAN as a whole", () => {
    expect(
      faultOf(() => readReply.filedReturns(reply(envelope(documented.noReturns)), "ZZZPA1234C", uncounted)).code,
    ).toBe("PROVIDER_BAD_RESPONSE");
  });

  it("is refused when it is longer than any taxpayer's", () => {
    expect(faultOf(() => listOf(Array.from({ length: 501 }, () => ({})))).code).toBe("PROVIDER_BAD_RESPONSE");
  });
});

describe("the details of a return", () => {
  it("are all nothing in the documented sample", () => {
    const { income, rawReturn, ...texts } = readReply.returnDetails(
      reply(envelope(documented.itrDetails)),
      pan,
      uncounted,
    );
    expect(Object.values(texts).every((text) => text === undefined)).toBe(true);
    expect(income).toEqual({ total_income: undefined, gross_income: undefined });
    expect(rawReturn).toBeNull();
  });

  it.each([{}, null, undefined, []])("are no details as %j, and may come later", (told) => {
    const fault = faultOf(() => readReply.returnDetails(reply(envelope(told)), pan, uncounted));
    expect(fault).toMatchObject({ code: "PROVIDER_UNAVAILABLE", mayPass: true });
  });

  it("unfold a return that comes as text", () => {
    const details = { ...documented.itrDetails, raw_itr: JSON.stringify({ ITR: { ITR1: {} } }) };
    expect(readReply.returnDetails(reply(envelope(details)), pan, uncounted).rawReturn).toEqual({ ITR: { ITR1: {} } });
  });

  it.each([false, true])("hold no full personal number, the return being text: %j", (isText) => {
    const raw = {
      ITR: { ITR1: { PersonalInfo: { AadhaarCardNo: "234567890124" }, deep: [[{ BankAccountNo: "00501234567890" }]] } },
    };
    const details = { aadhaar_no: "2345 6789 0124", raw_itr: isText ? JSON.stringify(raw) : raw };
    const text = JSON.stringify(readReply.returnDetails(reply(envelope(details)), pan, uncounted));
    for (const number of ["234567890124", "2345 6789 0124", "00501234567890"]) expect(text).not.toContain(number);
  });
});

describe("statements", () => {
  it("of tax credits are listed with the ids to fetch them by", () => {
    const body = envelope({ pan_no: pan, tds: [{ tds_id: 7, assessment_year: "2025-26" }] });
    expect(readReply.statementEntries(reply(body), pan, uncounted)).toMatchObject([
      { tds_id: "7", assessment_year: "2025-26" },
    ]);
  });

  it("of tax credits hold rows of text, or of nothing", () => {
    const { rows } = readReply.creditRows(reply(envelope(documented.taxCredits)), pan, uncounted);
    expect(new Set(Object.values(rows[0]!))).toEqual(new Set([undefined]));
  });

  it("of information say where their file is", () => {
    expect(readReply.statementFile(reply(envelope(documented.informationFile)), pan, uncounted)).toEqual({
      ais_file: documented.informationFile.ais_file,
      file_type: "json",
      status: "completed",
      financial_year: "2020-21",
    });
  });

  it("of information may not be on record", () => {
    const refused = reply({ detail: "No AIS found for the financial year" }, 422);
    expect(readReply.statementFile(refused, pan, uncounted)).toBeUndefined();
  });
});

describe("a handle that looks like an Aadhaar number", () => {
  const handle = "itr_234567890124x";

  it("is whole as a client's id", () => {
    expect(readReply.clientId(reply(envelope({ itr_client_id: handle })))).toBe(handle);
  });

  it("is whole as a return's id", () => {
    const body = envelope({ filed_itrs: [{ itr_id: 234567890124 }] });
    expect(readReply.filedReturns(reply(body), pan, uncounted)[0]?.itr_id).toBe("234567890124");
  });

  it("is whole as a statement's id", () => {
    const body = envelope({ tds: [{ tds_id: handle }] });
    expect(readReply.statementEntries(reply(body), pan, uncounted)[0]?.tds_id).toBe(handle);
  });

  it("is whole as a link", () => {
    const ais_file = `https://files.s3.amazonaws.com/${handle}?signature=ab234567890124cd`;
    const body = envelope({ ...documented.informationFile, ais_file });
    expect(readReply.statementFile(reply(body), pan, uncounted)?.ais_file).toBe(ais_file);
  });
});

it.each([
  [
    "a list entry",
    (text: string) => readReply.filedReturns(reply(envelope({ filed_itrs: [{ itr_form: text }] })), pan, uncounted),
  ],
  [
    "a step",
    (text: string) =>
      readReply.filedReturns(reply(envelope({ filed_itrs: [{ itr_status: [{ status: text }] }] })), pan, uncounted),
  ],
  [
    "a tax-credit row",
    (text: string) => readReply.creditRows(reply(envelope({ tds_data: [{ name_of_deductor: text }] })), pan, uncounted),
  ],
])("cuts an Aadhaar number out of %s", (_place, read) => {
  expect(JSON.stringify(read("of 234567890124"))).toContain("of XXXX XXXX 0124");
});

describe("unknown fields", () => {
  it("are counted wherever they stand", () => {
    let unknown = 0;
    const entries = [
      { itr_id: 1, novelty: 1, another: 2 },
      { itr_id: 2, novelty: 3 },
    ];
    readReply.filedReturns(reply(envelope({ filed_itrs: entries, more: {} })), pan, (count) => (unknown += count));
    expect(unknown).toBe(4);
  });

  it("are none in the documented samples", () => {
    let unknown = 0;
    const count = (more: number) => (unknown += more);
    readReply.filedReturns(reply(envelope(documented.noReturns)), pan, count);
    readReply.returnDetails(reply(envelope(documented.itrDetails)), pan, count);
    readReply.creditRows(reply(envelope(documented.taxCredits)), pan, count);
    readReply.statementFile(reply(envelope(documented.informationFile)), pan, count);
    expect(unknown).toBe(0);
  });
});

describe("a refusal", () => {
  it.each<[number, unknown, FaultCode]>([
    [400, { detail: "Inactive client_id" }, "PROVIDER_REJECTED_US"],
    [400, { detail: "Bad Request" }, "PROVIDER_BAD_RESPONSE"],
    [401, { detail: "Not authenticated" }, "PROVIDER_REJECTED_US"],
    [401, { detail: "Could not validate credentials" }, "PROVIDER_REJECTED_US"],
    [401, { detail: "Invalid client_id" }, "PROVIDER_REJECTED_US"],
    [401, { detail: "Invalid client_id or client_secret, access Denied" }, "PROVIDER_REJECTED_US"],
    [401, { detail: "Authorization failure" }, "PROVIDER_REJECTED_US"],
    [403, { detail: "Not a valid token" }, "PROVIDER_REJECTED_US"],
    [403, "<html>Forbidden</html>", "PROVIDER_REJECTED_US"],
    [422, { detail: "Invalid Pan pattern" }, "BAD_INPUT"],
    [422, { detail: [{ loc: ["body", "username"], msg: "field required" }] }, "BAD_INPUT"],
    [422, documented.shortPassword, "INVALID_CREDENTIALS"],
    [422, { detail: "Invalid credentials" }, "INVALID_CREDENTIALS"],
    [401, { detail: "Invalid credentials" }, "INVALID_CREDENTIALS"],
    [422, { detail: "Account locked" }, "ACCOUNT_LOCKED"],
    [422, { detail: "Invalid itr_client_id" }, "SESSION_EXPIRED"],
    [422, { detail: [{ loc: ["query", "itr_client_id"], msg: "invalid" }] }, "SESSION_EXPIRED"],
    [422, { detail: "Invalid itr_id" }, "PROVIDER_BAD_RESPONSE"],
    [429, { detail: "Rate limit exceeded. Please retry after some time." }, "PROVIDER_RATE_LIMITED"],
    [500, documented.serverError, "PROVIDER_UNAVAILABLE"],
    [503, { detail: "Source Unavailable" }, "PORTAL_UNAVAILABLE"],
    [503, "upstream connect error", "PROVIDER_UNAVAILABLE"],
    [404, { detail: "Not Found" }, "PROVIDER_BAD_RESPONSE"],
    [302, "", "PROVIDER_BAD_RESPONSE"],
  ])("%d %j is %s", (status, body, code) => {
    expect(refusalOf(reply(body, status)).code).toBe(code);
  });

  it.each<[string, unknown, FaultCode]>([
    ["its code", { code: 422, message: "Invalid credentials", data: {} }, "INVALID_CREDENTIALS"],
    ["its code as text", { code: "503", message: "Source Unavailable" }, "PORTAL_UNAVAILABLE"],
    ["its sub-code", envelope({}, { sub_code: "INVALID_REQUEST" }), "PROVIDER_BAD_RESPONSE"],
    ["a detail alone", { detail: "Invalid itr_client_id" }, "SESSION_EXPIRED"],
    ["the shape with an error", documented.serverError, "PROVIDER_UNAVAILABLE"],
    ["a page", "<!doctype html><title>Maintenance</title>", "PROVIDER_BAD_RESPONSE"],
    ["half an answer", JSON.stringify(envelope(documented.noReturns)).slice(0, 90), "PROVIDER_BAD_RESPONSE"],
  ])("with HTTP 200 is known by %s", (_what, body, code) => {
    expect(refusalOf(reply(body)).code).toBe(code);
  });

  it("tells how long to wait where a 429 does", () => {
    expect(refusalOf(reply("", 429, { "retry-after": "30" })).context.retryAfterSeconds).toBe(30);
  });
});
