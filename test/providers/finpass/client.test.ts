import { finpass } from "../../../src/providers/finpass";
import type { Stage } from "../../../src/providers/provider";
import { meet } from "../../support/loginMeeting";
import { testFiling, testPersona } from "../../support/persona";
import { rupees } from "../../../src/domain/rupees";

const base = "/api/v1/itr-analyzer";
const signed = { "x-api-key": "sandbox-api-key", "x-api-secret": "sandbox-api-secret" };
const doneMs = 9_000;

/** Opens a job and lets its work be done. */
async function finish({ open, clock }: Awaited<ReturnType<typeof meet>>): Promise<Stage> {
  const stage = await open();
  clock.advance(doneMs);
  return stage;
}

describe("opening a job at Finpass", () => {
  it("sends the portal's password with our keys", async () => {
    await using meeting = await meet(finpass);
    await meeting.open();
    expect(meeting.asked).toMatchObject([{ method: "POST", path: `${base}/analyze`, headers: signed }]);
    expect(JSON.parse(meeting.asked[0]?.body ?? "")).toEqual({ username: "ZZZPA1234C", password: "Monsoon@2026" });
  });

  it("awaits time, five seconds at least", async () => {
    await using meeting = await meet(finpass);
    expect(await meeting.open()).toMatchObject({ awaits: "TIME", pollAfterMs: 5_000 });
  });

  it("is never repeated", async () => {
    await using meeting = await meet(finpass);
    await meeting.open();
    expect(meeting.outcomes).toEqual(["analyze NEVER OK"]);
  });

  it("keeps no password in the ticket", async () => {
    await using meeting = await meet(finpass);
    expect((await meeting.open()).ticket.reveal()).not.toContain("Monsoon");
  });

  it("is refused with another key", async () => {
    await using meeting = await meet(finpass, { clientSettings: { FINPASS_API_SECRET: "another" } });
    await expect(meeting.open()).rejects.toMatchObject({ code: "PROVIDER_REJECTED_US" });
  });
});

describe("polling a job", () => {
  it("awaits time while the returns are read", async () => {
    await using meeting = await meet(finpass);
    const stage = await meeting.open();
    meeting.clock.advance(doneMs - 1);
    expect(await meeting.poll(stage)).toMatchObject({ awaits: "TIME" });
  });

  it("finds it done", async () => {
    await using meeting = await meet(finpass);
    const stage = await finish(meeting);
    expect(await meeting.poll(stage)).toMatchObject({ awaits: "NOTHING", readings: [] });
  });

  it("learns of a wrong password only now", async () => {
    await using meeting = await meet(finpass);
    const stage = await meeting.open({ password: "another" });
    meeting.clock.advance(doneMs);
    await expect(meeting.poll(stage)).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
  });

  it("has come too late when the job is forgotten", async () => {
    await using meeting = await meet(finpass);
    const stage = await meeting.open();
    meeting.clock.advance(24 * 3_600_000);
    await expect(meeting.poll(stage)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  });
});

describe("the method of asking about a job", () => {
  const unknown = { GET: { status: 404, body: { message: "no Route matched" } }, POST: { status: 405 } };

  it.each([
    ["GET", "GET", {}],
    ["POST", "POST", { FINPASS_METHOD: "POST" }],
  ])("is %s", async (_name, method, clientSettings) => {
    await using meeting = await meet(finpass, { clientSettings });
    const stage = await finish(meeting);
    await meeting.poll(stage);
    expect(meeting.asked.slice(1).map((request) => request.method)).toEqual([method]);
  });

  it.each([
    ["GET", "POST", {}],
    ["POST", "GET", { FINPASS_METHOD: "POST" }],
  ] as const)("is changed once where %s is unknown", async (method, other, clientSettings) => {
    await using meeting = await meet(finpass, { clientSettings });
    const stage = await finish(meeting);
    meeting.line.replace = (request) => (request.method === method ? unknown[method] : undefined);
    expect(await meeting.poll(stage)).toMatchObject({ awaits: "NOTHING" });
    expect(meeting.asked.slice(1).map((request) => request.method)).toEqual([method, other]);
  });

  it("is not changed because the job is unknown", async () => {
    await using meeting = await meet(finpass);
    const stage = await meeting.open();
    meeting.clock.advance(24 * 3_600_000);
    await expect(meeting.poll(stage)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
    expect(meeting.asked).toHaveLength(2);
  });
});

describe("reading a job", () => {
  it("brings all documents of all years in one call", async () => {
    await using meeting = await meet(finpass);
    const stage = await finish(meeting);
    const { readings } = await meeting.read(stage, [2024, 2023]);
    expect(readings.map(({ document, incomeYear, answer }) => [document, incomeYear, answer.outcome])).toEqual([
      ["PROFILE", undefined, "FOUND"],
      ["FILINGS", 2024, "FOUND"],
      ["FILINGS", 2023, "FOUND"],
      ["TAX_CREDITS", 2024, "FOUND"],
      ["TAX_CREDITS", 2023, "FOUND"],
      ["DEMANDS", undefined, "ABSENT"],
      ["AADHAAR_LINK", undefined, "FOUND"],
    ]);
    expect(meeting.outcomes).toEqual(["analyze NEVER OK", "data SAFE OK"]);
  });

  it("is late while the job runs, which is no failure of the vendor's", async () => {
    await using meeting = await meet(finpass);
    const stage = await meeting.open();
    const fault = { code: "PROVIDER_TIMEOUT", retryable: true, context: { retryAfterSeconds: 5 } };
    await expect(meeting.read(stage, [2024])).rejects.toMatchObject(fault);
    expect(meeting.outcomes.at(-1)).toBe("data SAFE OK");
  });

  it("finds each figure as the taxpayer filed it", async () => {
    const filing = testFiling(2023);
    await using meeting = await meet(finpass, { persona: testPersona({ filings: [filing] }) });
    const stage = await finish(meeting);
    const { readings } = await meeting.read(stage, [2023], ["FILINGS"]);
    const { kind, section, filedOn, status, statusHistory, grossTotalIncome, deductions, totalIncome } = filing;
    expect(readings[0]).toMatchObject({
      answer: {
        value: [{ kind, section, filedOn, status, statusHistory, grossTotalIncome, deductions, totalIncome }],
        provenance: { method: "PARSED" },
      },
    });
  });

  it("finds the same figures in the other shape", async () => {
    const settings = { FINPASS_SIMULATED_SHAPE: "A" };
    await using meeting = await meet(finpass, { settings, persona: testPersona({ filings: [testFiling(2023)] }) });
    const stage = await finish(meeting);
    const { readings } = await meeting.read(stage, [2023], ["FILINGS"]);
    expect(readings[0]).toMatchObject({
      answer: { value: [{ form: "ITR_1", totalIncome: rupees(762_350) }], provenance: { method: "REPORTED" } },
    });
  });

  it("knows every field that the simulator prints", async () => {
    await using meeting = await meet(finpass);
    const stage = await finish(meeting);
    await meeting.poll(stage);
    await meeting.read(stage, [2024]);
    expect(meeting.unknownFields()).toBe(0);
  });
});
