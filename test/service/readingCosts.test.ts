import { latestIncomeYears, assessmentYearLabel } from "../../src/domain/taxPeriod";
import { indianDayAt } from "../../src/domain/calendarDate";
import { startTestService, type TestService } from "../support/service";
import { newPerson, openToReady } from "../support/sessionCaller";
import type { ProviderId } from "../../packages/client/src/operations";

let service: TestService;
let pan: string;
const [latest = "", before = ""] = latestIncomeYears(2, indianDayAt(Date.now())).map(assessmentYearLabel);

beforeAll(async () => {
  service = await startTestService({ FINPASS_POLL_MS: "20", TUTELAR_POLL_MS: "20" });
  const { input } = await openToReady(service, "FINPASS", { documents: null, years: 3 });
  pan = input.pan;
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

async function costOf(selection: string, of = pan) {
  const { extensions, errors } = await service.ask(`query ($pan: Pan!) { taxpayer(pan: $pan) { ${selection} } }`, {
    pan: of,
  });
  expect(errors).toBeUndefined();
  return extensions!.cost;
}

function callsTo(provider: ProviderId, operation: string): number {
  const lines = service.log.map((line) => JSON.parse(line) as Record<string, unknown>);
  return lines.filter(
    (line) => line.msg === "upstream called" && line.provider === provider && line.operation === operation,
  ).length;
}

describe("a question about what a session has brought", () => {
  it.each([
    ["nothing but the id", "id", 0],
    ["the profile", "profile { name }", 1],
    ["the profile under two names", "a: profile { name } b: profile { status }", 1],
    ["the profile with the link to Aadhaar", "profile { name aadhaarLink { linked } }", 2],
    ["the demands", "demands { amount }", 1],
    ["one year's return", `filing(assessmentYear: "${latest}") { totalIncome }`, 1],
    [
      "one return, three times",
      `a: filing(assessmentYear: "${latest}") { form } b: filing(assessmentYear: "${latest}") { tax { rebate } } filings(assessmentYears: ["${latest}"]) { nodes { form } }`,
      1,
    ],
    ["two years' returns", `filings(assessmentYears: ["${latest}", "${before}"]) { nodes { totalIncome } }`, 2],
    ["the returns of all years that were agreed to", "filings { nodes { totalIncome } }", 3],
    ["a return with its checks", `filing(assessmentYear: "${latest}") { checks { outcome } }`, 2],
    ["a field that is skipped", "profile @skip(if: true) { name }", 0],
    ["what is selected in fragments", "...on Taxpayer { profile { name } } profile { status }", 1],
  ])("is answered from what is held: %s", async (_what, selection, heldAnswers) => {
    expect(await costOf(selection)).toMatchObject({ upstreamCalls: 0, portalLogins: 0, rupees: 0, heldAnswers });
  });
});

describe("a question to a PAN-only provider", () => {
  it("is one call, whatever is selected of its answer", async () => {
    const selection = "a: compliance { standing } b: compliance { filingStatus } compliance { filedOn }";
    expect(await costOf(selection, newPerson().pan)).toMatchObject({ upstreamCalls: 1, rupees: 2.04, heldAnswers: 0 });
  });

  it("is no call when it is asked again", async () => {
    const { pan: stranger } = newPerson();
    await costOf("compliance { standing }", stranger);
    expect(await costOf("compliance { standing }", stranger)).toMatchObject({ upstreamCalls: 0, heldAnswers: 1 });
  });

  it("is no call for fields beside it", async () => {
    expect(await costOf("id pan holderType", newPerson().pan)).toMatchObject({ upstreamCalls: 0, heldAnswers: 0 });
  });
});

describe("a question that nobody has a login for", () => {
  it("causes no call", async () => {
    const selection = "profile { name } filings { nodes { form } } demands { amount }";
    expect(await costOf(selection, newPerson().pan)).toMatchObject({ upstreamCalls: 0, heldAnswers: 0 });
  });
});

describe("several years in one session", () => {
  it.each<[ProviderId, string]>([
    ["FINPASS", "data"],
    ["DEEPVUE", "itr-download"],
    ["DEEPVUE", "26as-download"],
    ["TUTELAR", "itr_verification"],
  ])("are one reading at %s: %s", async (provider, operation) => {
    const already = callsTo(provider, operation);
    await openToReady(service, provider, { documents: null, years: 3 });
    expect(callsTo(provider, operation) - already).toBe(1);
  });

  it("are one call for each year at KwikID, which has no other way", async () => {
    const already = callsTo("KWIKID", "get_data_by_assessment_year");
    await openToReady(service, "KWIKID", { documents: null, years: 3 });
    expect(callsTo("KWIKID", "get_data_by_assessment_year") - already).toBeGreaterThanOrEqual(2);
  });
});
