import type { Fault, FaultCode } from "../../../src/kernel/fault";
import { readReply } from "../../../src/providers/kwikid/contract";
import { documented, flatSummary, reply } from "./replies";

const uncounted = () => undefined;

/** What a thrown fault has to look like, among other things. */
function faultOf(members: Partial<Pick<Fault, "code" | "context">>): Error {
  return expect.objectContaining({ name: "Fault", ...members }) as Error;
}

describe("an OTP's announcement", () => {
  it.each(["string", "OTP_SENT", "OTP sent to the mobile number linked with Aadhaar. 3 attempts are allowed.", "true"])(
    "is believed: %s",
    (otp_status) => {
      expect(readReply.otpSent(reply({ otp_status }), uncounted)).toBeUndefined();
    },
  );

  it.each<[unknown, FaultCode]>([
    [{ otp_status: "OTP_NOT_SENT" }, "OTP_NOT_SENT"],
    [{ otp_status: "FAILED" }, "OTP_NOT_SENT"],
    [{ otp_status: "Invalid password" }, "INVALID_CREDENTIALS"],
    [{ otp_status: "failed", message: "Your account has been locked" }, "ACCOUNT_LOCKED"],
    [{ message: "Invalid credentials" }, "INVALID_CREDENTIALS"],
    [{}, "PROVIDER_BAD_RESPONSE"],
  ])("is a failure for all its HTTP 200: %j", (body, code) => {
    expect(() => readReply.otpSent(reply(body), uncounted)).toThrow(faultOf({ code }));
  });

  it.each(["AccessToken", "accessToken", "access_token", "itr_access_token"])(
    "may hold the access token as %s",
    (name) => {
      expect(readReply.otpSent(reply({ otp_status: "sent", [name]: "abc" }), uncounted)?.reveal()).toBe("abc");
    },
  );

  it("may have the access token in a header", () => {
    const answered = reply(documented.otpSent, 200, { accesstoken: "abc" });
    expect(readReply.otpSent(answered, uncounted)?.reveal()).toBe("abc");
  });

  it("has no access token that no header could carry", () => {
    expect(readReply.otpSent(reply({ otp_status: "sent", access_token: "a\nb" }), uncounted)).toBeUndefined();
  });
});

describe("a refusal", () => {
  it.each<[number, unknown, FaultCode]>([
    [400, documented.validationError, "PROVIDER_BAD_RESPONSE"],
    [400, { detail: { password: "Invalid login credentials" }, message: "Invalid credentials" }, "INVALID_CREDENTIALS"],
    [400, { detail: { pan: "must be a PAN" }, message: "Validation error" }, "BAD_INPUT"],
    [400, { detail: {}, message: "Invalid OTP" }, "OTP_INVALID"],
    [400, { detail: { otp: "OTP does not match" }, message: "Validation error" }, "OTP_INVALID"],
    [400, { detail: {}, message: "OTP expired" }, "OTP_EXPIRED"],
    [400, { detail: {}, message: "OTP has expired" }, "OTP_EXPIRED"],
    [400, { detail: "Failed to send OTP" }, "OTP_NOT_SENT"],
    [400, { detail: {}, message: "Your account is locked" }, "ACCOUNT_LOCKED"],
    [401, documented.validationError, "PROVIDER_REJECTED_US"],
    [401, { detail: {}, message: "Invalid credentials" }, "PROVIDER_REJECTED_US"],
    [401, { detail: {}, message: "Invalid or expired token" }, "PROVIDER_REJECTED_US"],
    [401, { detail: {}, message: "Invalid or expired AccessToken" }, "SESSION_EXPIRED"],
    [401, { detail: {}, message: "access_token is invalid" }, "SESSION_EXPIRED"],
    [401, { detail: {}, message: "Session expired" }, "SESSION_EXPIRED"],
    [401, { detail: {}, message: "Incorrect password" }, "INVALID_CREDENTIALS"],
    [403, "<html>Forbidden</html>", "PROVIDER_REJECTED_US"],
    [404, { message: "Not Found" }, "PROVIDER_BAD_RESPONSE"],
    [302, "", "PROVIDER_BAD_RESPONSE"],
    [429, documented.rateLimited, "PROVIDER_RATE_LIMITED"],
    [200, documented.rateLimited, "PROVIDER_RATE_LIMITED"],
    [500, documented.serverError, "PROVIDER_UNAVAILABLE"],
    [500, { error: "Income tax portal is not responding" }, "PORTAL_UNAVAILABLE"],
    [502, "<html>Bad Gateway</html>", "PROVIDER_UNAVAILABLE"],
  ])("with %i and %j", (status, body, code) => {
    expect(() => readReply.itrData(reply(body, status), uncounted)).toThrow(faultOf({ code }));
  });

  it("says when to come again", () => {
    const answered = reply(documented.rateLimited, 429, { "retry-after": "7" });
    const context = { provider: "KWIKID", retryAfterSeconds: 7 };
    expect(() => readReply.itrData(answered, uncounted)).toThrow(faultOf({ context }));
  });
});

describe("itr_data", () => {
  it("is no filing when it is empty", () => {
    expect(readReply.itrData(reply(documented.nothing), uncounted)).toEqual({ says: "NO_FILING" });
  });

  it("is no absence when a failure stands beside it", () => {
    const answered = reply({ itr_data: {}, message: "Invalid OTP" });
    expect(() => readReply.itrData(answered, uncounted)).toThrow(faultOf({ code: "OTP_INVALID" }));
  });

  it.each([
    { itr_data: {}, error: "Something failed" },
    { itr_data: {}, message: "Unable to read" },
    { itr_data: {}, status: "PROCESSING" },
    { itr_data: {}, message: "Please try again" },
  ])("is no absence when there are words of trouble beside it: %j", (body) => {
    const thrown = faultOf({ code: "PROVIDER_BAD_RESPONSE" });
    expect(() => readReply.itrData(reply(body), uncounted)).toThrow(thrown);
  });

  it.each([{}, { itr_data: null }, { itr_data: [] }, { itr_data: "{}" }, { itr_data: [{ ITR: {} }] }])(
    "cannot be relied on: %j",
    (body) => {
      const thrown = faultOf({ code: "PROVIDER_BAD_RESPONSE" });
      expect(() => readReply.itrData(reply(body), uncounted)).toThrow(thrown);
    },
  );

  it("is the Department's file when it holds one", () => {
    const file = { ITR: { ITR2: { PartA_GEN1: { PersonalInfo: { PAN: "ZZZPA1234C" } } } } };
    const read = readReply.itrData(reply({ itr_data: file }), uncounted);
    expect(read).toEqual({ says: "RETURN_FILE", file });
  });

  it.each([
    [
      "a file",
      { ITR: { ITR1: { PersonalInfo: { AadhaarCardNo: "234567890124" }, Novel: [{ aadhaar: 234567890124 }] } } },
    ],
    ["a summary", flatSummary],
  ])("has lost every full Aadhaar and account number: %s", (_what, itr_data) => {
    const told = JSON.stringify(readReply.itrData(reply({ itr_data }), uncounted));
    expect(told).toContain("0124");
    for (const full of ["234567890124", "00501234567890"]) expect(told).not.toContain(full);
  });

  it("counts what a summary tells that is not known", () => {
    let unknown = 0;
    readReply.itrData(
      reply({ itr_data: { ...flatSummary, novel: 1, other: {} }, extra: true }),
      (count) => (unknown += count),
    );
    expect(unknown).toBe(3);
  });
});

describe("a logout", () => {
  it("is confirmed by an object", () => {
    expect(() => {
      readReply.loggedOut(reply(documented.loggedOut), uncounted);
    }).not.toThrow();
  });

  it("is not confirmed by anything else", () => {
    const thrown = faultOf({ code: "PROVIDER_BAD_RESPONSE" });
    expect(() => {
      readReply.loggedOut(reply({ status: "ok" }), uncounted);
    }).toThrow(thrown);
  });
});

describe("the link of a PAN with Aadhaar", () => {
  const pan = "ZZZPA1234C";
  const said = (linked: boolean, message: string) => reply({ requestid: "r", result: { linked, message } });

  it.each(["PAN is not linked with Aadhaar", "PAN is linked with some other Aadhaar", ""])(
    "is missing where the vendor says so: %j",
    (message) => {
      expect(readReply.linkStatus(said(false, message), pan, uncounted).linked).toBe(false);
    },
  );

  it.each<[string, FaultCode]>([
    ["The source is down", "PORTAL_UNAVAILABLE"],
    ["Unable to fetch the link", "PROVIDER_BAD_RESPONSE"],
    ["Please try again later", "PROVIDER_BAD_RESPONSE"],
    ["Request failed", "PROVIDER_BAD_RESPONSE"],
  ])("is not missing where it could not be looked up: %j is %s", (message, code) => {
    expect(() => readReply.linkStatus(said(false, message), pan, uncounted)).toThrow(faultOf({ code }));
  });

  it("of another PAN is refused", () => {
    const stranger = reply({ requestid: "r", pan: "ZZZPS9999S", result: { linked: true, message: "linked" } });
    expect(() => readReply.linkStatus(stranger, pan, uncounted)).toThrow(faultOf({ code: "PROVIDER_BAD_RESPONSE" }));
  });

  it.each<[unknown, number, FaultCode]>([
    [{ detail: { aadhar: "234567890124 is not valid" }, message: "Validation error" }, 400, "BAD_INPUT"],
    [{ detail: { pan: "not valid" }, message: "Validation error" }, 400, "BAD_INPUT"],
    [{ detail: {}, message: "Invalid token" }, 401, "PROVIDER_REJECTED_US"],
    [{ error: "no answer for 234567890124" }, 500, "PROVIDER_UNAVAILABLE"],
  ])("that is refused by %j with HTTP %d is %s, without the number", (body, status, code) => {
    let thrown: unknown;
    try {
      readReply.linkStatus(reply(body, status), pan, uncounted);
    } catch (fault) {
      thrown = fault;
    }
    expect(thrown).toMatchObject({ code });
    expect(JSON.stringify([String(thrown), (thrown as Fault).context])).not.toContain("23456789");
  });

  it("is told by the vendor", () => {
    expect(readReply.linkStatus(reply(documented.linked), pan, uncounted)).toEqual({ linked: true, message: "string" });
  });

  it("is not repeated with the number", () => {
    const result = { linked: true, message: "PAN is linked with 2345 6789 0124" };
    expect(readReply.linkStatus(reply({ requestid: "r", result }), pan, uncounted).message).toBe(
      "PAN is linked with XXXX XXXX 0124",
    );
  });

  it.each([{}, { result: {} }, { result: { linked: "true" } }])("is not guessed: %j", (body) => {
    const thrown = faultOf({ code: "PROVIDER_BAD_RESPONSE" });
    expect(() => readReply.linkStatus(reply(body), pan, uncounted)).toThrow(thrown);
  });
});
