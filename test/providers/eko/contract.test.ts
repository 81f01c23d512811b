import { Fault, type FaultCode } from "../../../src/kernel/fault";
import { readCompliance } from "../../../src/providers/eko/contract";
import type { UpstreamReply } from "../../../src/providers/provider";
import { documented, reply } from "./replies";

function faultOf(answered: UpstreamReply): Fault {
  try {
    readCompliance(answered);
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
  throw new Error("this reply was taken for an answer");
}

describe("a 200 of Eko's", () => {
  it("says that a return was filed", () => {
    expect(readCompliance(reply(documented.filed))).toEqual({
      says: "ON_RECORD",
      data: {
        panNumber: "ABCDE1234F",
        itrFiled: true,
        complianceStatus: "Compliant",
        filingStatus: "Filed",
        assessmentYear: "2024-25",
        filingDate: "2024-07-25",
        acknowledgementNumber: "123456789012345",
      },
    });
  });

  it("says that none was filed", () => {
    const verdict = readCompliance(reply(documented.notFiled));
    expect(verdict).toMatchObject({ says: "ON_RECORD", data: { itrFiled: false, filingDate: undefined } });
  });

  it("says that the PAN is on no record", () => {
    expect(readCompliance(reply(documented.noRecord))).toEqual({ says: "NO_RECORD" });
  });

  it("says that the source is down", () => {
    expect(faultOf(reply(documented.sourceDown)).code).toBe("PORTAL_UNAVAILABLE");
  });

  it("says that what was asked about is no PAN", () => {
    expect(faultOf(reply(documented.badPan))).toMatchObject({ code: "BAD_INPUT", context: { field: "pan" } });
  });

  it("may be a success though response_status_id is -1", () => {
    expect(readCompliance(reply({ ...documented.filed, response_status_id: -1 })).says).toBe("ON_RECORD");
  });
});

describe.each<[string, (code: number) => object]>([
  ["as response_status_id", (code) => ({ status: 1, response_status_id: code })],
  ["as status", (code) => ({ status: code, response_status_id: 1 })],
  ["as status alone", (code) => ({ status: code })],
])("a shared code told %s", (_label, bodyOf) => {
  it("463 is no record only where its words do not say that the source is down", () => {
    const down = reply({ ...bodyOf(463), message: "Source unavailable. Please try again." });
    expect(faultOf(down).code).toBe("PORTAL_UNAVAILABLE");
  });

  it("463 is no record", () => {
    expect(readCompliance(reply(bodyOf(463)))).toEqual({ says: "NO_RECORD" });
  });

  it.each([319, 346, 347, 945, 1297])("%d concerns our own account", (code) => {
    expect(faultOf(reply({ ...bodyOf(code), message: "no" })).code).toBe("PROVIDER_REJECTED_US");
  });

  it.each([17, 132, 302, 303, 327, 342, 585, 461, 9999])("%d is not in this contract", (code) => {
    expect(faultOf(reply({ ...bodyOf(code), message: "no" })).code).toBe("PROVIDER_BAD_RESPONSE");
  });
});

describe.each(["invalid_params", "invalid_parameters"])("%s", (member) => {
  const refused = (invalid: unknown) =>
    reply({ status: 461, response_status_id: 1, response_type_id: -1, [member]: invalid });

  it("that name the PAN are about the PAN", () => {
    expect(faultOf(refused({ pan_number: "Too long" }))).toMatchObject({
      code: "BAD_INPUT",
      context: { field: "pan" },
    });
  });

  it.each(["initiator_id", "user_code"])("that name %s are about our own account", (name) => {
    expect(faultOf(refused({ [name]: "required" })).code).toBe("PROVIDER_REJECTED_US");
  });

  it.each([{}, { dob: "Must be over 18 years" }, ["pan_number"], null, "pan_number"])(
    "that name nothing we know are not in the contract: %j",
    (invalid) => {
      expect(faultOf(refused(invalid)).code).toBe("PROVIDER_BAD_RESPONSE");
    },
  );
});

describe("an HTTP status", () => {
  it.each<[number, FaultCode]>([
    [401, "PROVIDER_REJECTED_US"],
    [403, "PROVIDER_REJECTED_US"],
    [404, "PROVIDER_BAD_RESPONSE"],
    [405, "PROVIDER_BAD_RESPONSE"],
    [415, "PROVIDER_BAD_RESPONSE"],
    [302, "PROVIDER_BAD_RESPONSE"],
    [429, "PROVIDER_RATE_LIMITED"],
    [500, "PROVIDER_UNAVAILABLE"],
    [502, "PROVIDER_UNAVAILABLE"],
    [503, "PROVIDER_UNAVAILABLE"],
    [504, "PROVIDER_UNAVAILABLE"],
  ])("%d is %s, whatever its body claims", (status, code) => {
    expect(faultOf(reply(documented.filed, status)).code).toBe(code);
  });

  it("403 with its documented body is a refusal of our own account", () => {
    expect(faultOf(reply(documented.unauthorized, 403)).code).toBe("PROVIDER_REJECTED_US");
  });

  it("400 for a missing PAN is not in the contract, for we always send one", () => {
    expect(faultOf(reply(documented.panMissing, 400)).code).toBe("PROVIDER_BAD_RESPONSE");
  });

  it("429 tells how long to wait", () => {
    expect(faultOf(reply("", 429, { "retry-after": "30" })).context.retryAfterSeconds).toBe(30);
  });

  it.each(["", "soon", "-1", "0", "1.5", undefined])("429 promises nothing by a retry-after of %j", (retryAfter) => {
    expect(faultOf(reply("", 429, { "retry-after": retryAfter })).context.retryAfterSeconds).toBeUndefined();
  });
});

describe("a 200 that is no answer", () => {
  it.each([
    ["a page", "<!doctype html><title>Maintenance</title>"],
    ["nothing", ""],
    ["half an answer", JSON.stringify(documented.filed).slice(0, 80)],
    ["a list", "[]"],
    ["null", "null"],
    ["a text", '"ok"'],
    ["an object of something else", "{}"],
    ["a status in words", '{"status":"0"}'],
    ["a success without data", { status: 0 }],
    ["a success with a list of data", { status: 0, data: [documented.filed.data] }],
  ])("is PROVIDER_BAD_RESPONSE: %s", (_what, body) => {
    expect(faultOf(reply(body)).code).toBe("PROVIDER_BAD_RESPONSE");
  });

  const { data } = documented.filed;
  it.each<[string, Record<string, unknown>]>([
    ["no PAN", { ...data, pan_number: undefined }],
    ["an empty PAN", { ...data, pan_number: " " }],
    ["no verdict on filing", { ...data, itr_filed: undefined }],
    ["a verdict on filing in words", { ...data, itr_filed: "true" }],
    ["no compliance", { ...data, compliance_status: null }],
  ])("is PROVIDER_BAD_RESPONSE: a success with %s", (_what, changed) => {
    expect(faultOf(reply({ ...documented.filed, data: changed })).code).toBe("PROVIDER_BAD_RESPONSE");
  });

  it("does not fail for want of what the vendor sends only if available", () => {
    const { pan_number, itr_filed, compliance_status } = data;
    const verdict = readCompliance(
      reply({ status: 0, data: { pan_number, itr_filed, compliance_status, filing_date: null } }),
    );
    expect(verdict).toMatchObject({ data: { filingStatus: undefined, filingDate: undefined } });
  });
});

it("counts the fields that it does not know", () => {
  const counts: number[] = [];
  const grown = { ...documented.filed, tx_id: 1, data: { ...documented.filed.data, remark: "x", remark_2: "y" } };
  readCompliance(reply(grown), (count) => counts.push(count));
  expect(counts).toEqual([3]);
});
