import type { FaultCode } from "../../../src/kernel/fault";
import { readVerification } from "../../../src/providers/tutelar/contract";
import completed from "../../../src/providers/tutelar/fixtures/completed.json";
import failed from "../../../src/providers/tutelar/fixtures/failed.json";
import inProgress from "../../../src/providers/tutelar/fixtures/inProgress.json";
import invalid from "../../../src/providers/tutelar/fixtures/invalid.json";
import { faultOf } from "../../support/faultOf";
import { reply } from "../eko/replies";

const pan = "EVXPD2019C";
const read = (body: unknown, status = 200, headers = {}) =>
  readVerification(reply(body, status, headers), pan, () => undefined);
const failedWith = (message: string) => ({ ...failed, error: { message, code: "ERROR" } });

describe("the published samples", () => {
  it("hold one acknowledgement form when completed", () => {
    expect(read(completed)).toEqual({
      state: "COMPLETED",
      referenceId: "372b45f0-23d1-434b-b708-33510e4e4d6c",
      forms: {
        isWhole: true,
        entries: [
          {
            filingYear: "2024-2025",
            acknowledgementNumber: "219853550300625",
            filingType: "Original",
            assessmentPdf:
              "http://3.108.106.182:8000/image-pub/kyc/TUTWEBK00341/itrAssesmentDocuments/itr_assesment_file_1771942044796-1771942044811.pdf",
          },
        ],
      },
    });
  });

  it("name the reference to ask again with while in progress", () => {
    expect(read(inProgress)).toEqual({
      state: "IN_PROGRESS",
      referenceId: "91084d90-4468-43c8-b537-cd7a69d2e2b1",
    });
  });

  it("fail of a wrong password, in a 200 that calls itself a success", () => {
    expect(failed).toMatchObject({ success: true, code: 200 });
    expect(faultOf(() => read(failed)).code).toBe("INVALID_CREDENTIALS");
  });

  it.each([
    [0, "pan"],
    [1, "password"],
    [2, "years"],
  ])("refuse field number %d as our %s", (index, field) => {
    expect(faultOf(() => read(invalid[index], 400))).toMatchObject({ code: "BAD_INPUT", context: { field } });
  });
});

describe("a verification that failed", () => {
  it.each<[string, FaultCode]>([
    ["Your account has been locked", "ACCOUNT_LOCKED"],
    ["Login is secured by e-Filing Vault Higher Security, cannot login", "ACCOUNT_LOCKED"],
    ["Source is currently unavailable. Please try again later", "PORTAL_UNAVAILABLE"],
    ["Pan Number Not Found", "PAN_NOT_FOUND"],
    ["Something new", "PROVIDER_BAD_RESPONSE"],
  ])("by the words %j comes to %s", (message, code) => {
    expect(faultOf(() => read(failedWith(message)))).toMatchObject({ code, context: { provider: "TUTELAR" } });
  });

  it.each<[string, FaultCode]>([
    ["Account locked, no ITR available", "ACCOUNT_LOCKED"],
    ["Incorrect credentials. No ITR was found", "INVALID_CREDENTIALS"],
    ["Source is currently unavailable, no ITR found", "PORTAL_UNAVAILABLE"],
    ["No ITR could be fetched", "PROVIDER_BAD_RESPONSE"],
  ])("is a failure and no absence by the words %j: %s", (message, code) => {
    expect(faultOf(() => read(failedWith(message))).code).toBe(code);
  });

  it("is over, so that to ask about it again would bring the same", () => {
    const fault = faultOf(() => read(failedWith("Source is currently unavailable. Please try again later")));
    expect(fault).toMatchObject({ retryable: true, mayPass: false });
  });

  it("found nothing where it says that there is no return", () => {
    expect(read(failedWith("No ITR found"))).toMatchObject({
      state: "COMPLETED",
      forms: { entries: [], isWhole: true },
    });
  });
});

describe("a refusal", () => {
  const notFound = { success: false, code: 404, error: { message: "Reference id not found", code: "NOT_FOUND" } };

  it.each<[string, unknown, number, FaultCode]>([
    ["of our keys by status", {}, 401, "PROVIDER_REJECTED_US"],
    ["of our keys by body", { success: false, code: 401 }, 200, "PROVIDER_REJECTED_US"],
    ["of a forgotten reference", notFound, 404, "SESSION_EXPIRED"],
    ["of too many calls", {}, 429, "PROVIDER_RATE_LIMITED"],
    ["by a broken server", "<html></html>", 502, "PROVIDER_UNAVAILABLE"],
    ["in no known words", { success: false, code: 400 }, 400, "PROVIDER_BAD_RESPONSE"],
    ["that is a page", "<html></html>", 200, "PROVIDER_BAD_RESPONSE"],
    ["that breaks off", '{"success":true,"status":"comp', 200, "PROVIDER_BAD_RESPONSE"],
    ["that names an unknown state", { success: true, status: "paused" }, 200, "PROVIDER_BAD_RESPONSE"],
    ["to say how to ask again", { success: true, status: "in_progress" }, 200, "PROVIDER_BAD_RESPONSE"],
  ])("%s is %s", (_what, body, status, code) => {
    expect(faultOf(() => read(body, status)).code).toBe(code);
  });
});

it.each([
  ["one year", { message: "1 year ITR V available in the last 3 years", itr_result: [] }],
  ["a list that is missing", { message: "0 year ITR V available in the last 3 years" }],
])("takes %s without its forms for no absence", (_what, result) => {
  const verification = read({ ...completed, result });
  expect(verification).toMatchObject({ state: "COMPLETED", forms: { entries: [], isWhole: false } });
});

it("refuses forms of another PAN", () => {
  expect(faultOf(() => readVerification(reply(completed), "ZZZPA1234C", () => undefined)).code).toBe(
    "PROVIDER_BAD_RESPONSE",
  );
});

it("counts the fields it does not know", () => {
  const counts: number[] = [];
  const [form] = completed.result.itr_result;
  const changed = { ...completed, colour: 1, result: { itr_result: [{ ...form, shape: 2 }, { size: 3 }, "none"] } };
  readVerification(reply(changed), pan, (count) => counts.push(count));
  expect(counts).toEqual([3]);
});
