import type { Pan } from "../../../src/domain/identifiers";
import type { FaultCode } from "../../../src/kernel/fault";
import { readJob, readReturns } from "../../../src/providers/finpass/contract";
import filings from "../../../src/providers/finpass/fixtures/filings.json";
import incomplete from "../../../src/providers/finpass/fixtures/incomplete.json";
import records from "../../../src/providers/finpass/fixtures/records.json";
import { faultOf } from "../../support/faultOf";
import { reply } from "../eko/replies";

const pan = "AABPM5678K" as Pan;
const ignored = () => undefined;
const job = (status: unknown, message = "Job status fetched successfully") => ({
  success: true,
  message,
  data: { job_id: "itr_job_x9k2m4p7q1r8", status, pan: "AABPM****K" },
});
const refusal = (code: string, message = "-") => ({ success: false, message, error_code: code });

describe("a job", () => {
  it.each([
    ["initiated", "RUNNING"],
    ["processing", "RUNNING"],
    ["completed", "COMPLETED"],
  ])("that is %s is %s", (status, state) => {
    expect(readJob(reply(job(status)), pan, ignored)).toEqual({ id: "itr_job_x9k2m4p7q1r8", state });
  });

  it.each<[string, FaultCode]>([
    ["ITR analysis job failed: Invalid credentials for the income tax portal", "INVALID_CREDENTIALS"],
    ["ITR analysis job failed: The income tax portal account is locked", "ACCOUNT_LOCKED"],
    ["ITR analysis job failed: The income tax portal is unavailable", "PORTAL_UNAVAILABLE"],
    // It may have been the password, so nobody is told that another try helps.
    ["ITR analysis job failed", "PROVIDER_BAD_RESPONSE"],
  ])("that failed with the words %j comes to %s", (message, code) => {
    expect(faultOf(() => readJob(reply(job("failed", message)), pan, ignored)).code).toBe(code);
  });

  it("that failed for want of returns has come to its end", () => {
    expect(readJob(reply(job("failed", "No ITR data found")), pan, ignored).state).toBe("COMPLETED");
  });

  it.each<[string, unknown]>([
    ["of another PAN", { ...job("completed"), data: { ...job("completed").data, pan: "ZZZPA****C" } }],
    ["without an id", { success: true, data: { status: "completed" } }],
    ["in an unknown state", job("paused")],
    ["without a state", job(null)],
  ])("%s is not relied on", (_what, body) => {
    expect(faultOf(() => readJob(reply(body), pan, ignored)).code).toBe("PROVIDER_BAD_RESPONSE");
  });
});

describe("a refusal", () => {
  it.each<[string, string, FaultCode]>([
    ["INVALID_CREDENTIALS", "-", "INVALID_CREDENTIALS"],
    ["UNAUTHORIZED", "-", "PROVIDER_REJECTED_US"],
    ["FORBIDDEN", "-", "PROVIDER_REJECTED_US"],
    ["JOB_NOT_FOUND", "-", "SESSION_EXPIRED"],
    ["RATE_LIMITED", "-", "PROVIDER_RATE_LIMITED"],
    ["INTERNAL_ERROR", "-", "PROVIDER_UNAVAILABLE"],
    ["INVALID_INPUT", "job_id is required", "PROVIDER_BAD_RESPONSE"],
    ["SOMETHING_NEW", "The income tax portal is unavailable", "PORTAL_UNAVAILABLE"],
    ["SOMETHING_NEW", "-", "PROVIDER_BAD_RESPONSE"],
  ])("by the code %s with %j is %s, whatever its status", (errorCode, message, code) => {
    for (const status of [200, 400]) {
      const answered = reply(refusal(errorCode, message), status);
      expect(faultOf(() => readJob(answered, pan, ignored))).toMatchObject({ code, context: { provider: "FINPASS" } });
    }
  });

  it("names the field in our words", () => {
    const message = "Invalid PAN format. PAN must be a 10-character alphanumeric string (e.g., ABCDE1234F).";
    const fault = faultOf(() => readJob(reply(refusal("INVALID_INPUT", message), 400), pan, ignored));
    expect(fault).toMatchObject({ code: "BAD_INPUT", context: { field: "pan" } });
  });

  it.each<[string, unknown, number, FaultCode]>([
    ["a page", "<html></html>", 200, "PROVIDER_BAD_RESPONSE"],
    ["half a reply", '{"success":tr', 200, "PROVIDER_BAD_RESPONSE"],
    ["a broken server's page", "<html></html>", 502, "PROVIDER_UNAVAILABLE"],
    ["too many calls", "", 429, "PROVIDER_RATE_LIMITED"],
    ["keys refused without a word", "", 401, "PROVIDER_REJECTED_US"],
    ["an unknown address", { message: "no Route matched" }, 404, "PROVIDER_BAD_RESPONSE"],
  ])("without a code is judged as %s", (_what, body, status, code) => {
    expect(faultOf(() => readJob(reply(body, status), pan, ignored)).code).toBe(code);
  });
});

describe("the returns", () => {
  it("are not yet there in the published refusal", () => {
    expect(readReturns(reply(incomplete, 409), pan, ignored)).toBe("NOT_YET");
  });

  it("come in the shape of the table", () => {
    expect(readReturns(reply(records), "ABCDE1234F" as Pan, ignored)).toMatchObject({ shape: "RECORDS" });
  });

  it("come in the shape of the example", () => {
    expect(readReturns(reply(filings), pan, ignored)).toMatchObject({ shape: "FILINGS" });
  });

  it("are none where a job failed for want of them", () => {
    const failed = refusal("JOB_FAILED", "No ITR data found");
    expect(readReturns(reply(failed, 422), pan, ignored)).toEqual({ shape: "NO_RETURNS" });
  });

  it.each(["initiated", "processing", "PROCESSING"])("are not yet there while the job is %s", (status) => {
    const body = { ...filings, data: { ...filings.data, status, filings: [] } };
    expect(readReturns(reply(body), pan, ignored)).toBe("NOT_YET");
  });

  it.each<[string, string, FaultCode]>([
    ["failed", "Account locked, no ITR data available", "ACCOUNT_LOCKED"],
    ["failed", "ITR data fetched successfully", "PROVIDER_BAD_RESPONSE"],
    ["paused", "ITR data fetched successfully", "PROVIDER_BAD_RESPONSE"],
  ])("are not absent where the job is %s with %j", (status, message, code) => {
    const body = { ...filings, message, data: { ...filings.data, status, filings: [] } };
    expect(faultOf(() => readReturns(reply(body), pan, ignored)).code).toBe(code);
  });

  it.each<[string, FaultCode]>([
    ["Invalid credentials. No ITR data was fetched", "INVALID_CREDENTIALS"],
    ["The portal is down, no data could be fetched", "PORTAL_UNAVAILABLE"],
    ["Account locked, no ITR data found", "ACCOUNT_LOCKED"],
  ])("are not absent by the words %j", (message, code) => {
    const fault = faultOf(() => readReturns(reply(refusal("JOB_FAILED", message), 422), pan, ignored));
    expect(fault).toMatchObject({ code, mayPass: false });
    expect(faultOf(() => readJob(reply(job("failed", message)), pan, ignored))).toMatchObject({ code, mayPass: false });
  });

  it("do not come of a job that failed", () => {
    const failed = refusal("JOB_FAILED", "Invalid credentials");
    expect(faultOf(() => readReturns(reply(failed, 422), pan, ignored)).code).toBe("INVALID_CREDENTIALS");
  });

  const [filing] = filings.data.filings;
  const stranger = { ITR: { ITR2: { PartA_GEN1: { PersonalInfo: { PAN: "ZZZPA1234C" } } } } };

  it.each<[string, object]>([
    ["as a whole", { pan: "ZZZPA1234C" }],
    ["by the profile", { profile: { pan: "ZZZPA1234C" } }],
    ["by a return's analysis", { filings: [filing, { analyzed_data: { personal_info: { pan: "ZZZPA1234C" } } }] }],
    ["by a return's own file", { filings: [{ ...filing, parsed_data: stranger }] }],
  ])("are refused when they are another person's %s", (_where, changes) => {
    const body = { ...filings, data: { ...filings.data, ...changes } };
    expect(faultOf(() => readReturns(reply(body), pan, ignored)).code).toBe("PROVIDER_BAD_RESPONSE");
  });

  it.each([{}, null, [], { pan }, { itr_records: null }])("are in no known shape as %j", (told) => {
    const fault = faultOf(() => readReturns(reply({ success: true, data: told }), pan, ignored));
    expect(fault.code).toBe("PROVIDER_BAD_RESPONSE");
  });

  it("have their unknown fields counted", () => {
    const counts: number[] = [];
    const body = { ...filings, colour: 1, data: { ...filings.data, filings: [{ ...filing, shape: 2 }] } };
    readReturns(reply(body), pan, (count) => counts.push(count));
    expect(counts).toEqual([2]);
  });
});
