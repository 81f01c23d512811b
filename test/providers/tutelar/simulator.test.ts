import { tutelar } from "../../../src/providers/tutelar";
import completed from "../../../src/providers/tutelar/fixtures/completed.json";
import failed from "../../../src/providers/tutelar/fixtures/failed.json";
import inProgress from "../../../src/providers/tutelar/fixtures/inProgress.json";
import invalid from "../../../src/providers/tutelar/fixtures/invalid.json";
import type { Persona } from "../../../src/providers/persona";
import type { SimulatedRequest } from "../../../src/providers/provider";
import { simulationOf } from "../../support/loginMeeting";
import { testPersona } from "../../support/persona";

const path = "/services/business_profile/itr_verification";
const authorization = `Basic ${Buffer.from("sandbox-api-key:sandbox-secret-key").toString("base64")}`;
const headers = { authorization, "content-type": "application/json" };
const login = { user_name: "ZZZPA1234C", password: "Monsoon@2026", range: 3 };

function simulated(changes: Partial<Persona> = {}) {
  const { clock, faultByOperation, simulate } = simulationOf(tutelar, { persona: testPersona(changes) });
  const ask = async (request: Partial<SimulatedRequest>) =>
    simulate({ method: "POST", path, query: new URLSearchParams(), headers, body: "", ...request });
  const start = async (body: unknown = login) => (await ask({ body: JSON.stringify(body) })).body as typeof completed;
  const status = async ({ reference_id }: { reference_id: string }) =>
    (await ask({ method: "GET", query: new URLSearchParams({ reference_id }) })).body as typeof completed;
  return { clock, faultByOperation, ask, start, status };
}

async function ended(changes: Partial<Persona> = {}, body: unknown = login) {
  const { clock, start, status } = simulated(changes);
  const started = await start(body);
  clock.advance(13_000);
  return status(started);
}

const namesOf = (body: object) => Object.keys(body).sort();

describe("a verification of the simulator's", () => {
  it("has the members of the published reply while in progress", async () => {
    expect(namesOf(await simulated().start())).toEqual(namesOf(inProgress));
  });

  it("has the members of the published reply when completed", async () => {
    const end = await ended();
    expect(namesOf(end)).toEqual(namesOf(completed));
    expect(namesOf(end.result.itr_result[0]!)).toEqual(namesOf(completed.result.itr_result[0]!));
  });

  it("has the words of the published reply when the password is wrong", async () => {
    const { success, code, message, status, error } = failed;
    const end = await ended({}, { ...login, password: "another" });
    expect(end).toMatchObject({ success, code, message, status, error });
    expect(namesOf(end)).toEqual(namesOf(failed));
  });

  it("brings as many years back as were asked for, from the last that has ended", async () => {
    expect(await ended({}, { ...login, range: 2 })).toMatchObject({
      result: {
        message: "2 year ITR V available in the last 2 years",
        itr_result: [
          { filing_year: "2024-2025", filing_type: "Revised" },
          { filing_year: "2024-2025", filing_type: "Original" },
        ],
      },
    });
  });

  it("is completed without a form for somebody who has not filed", async () => {
    expect(await ended({ filings: [] })).toMatchObject({ status: "completed", result: { itr_result: [] } });
  });

  it("takes longer where the portal is slow", async () => {
    expect(await ended({ portal: "SLOW" })).toMatchObject({ status: "in_progress" });
  });

  it("never ends when it is stuck", async () => {
    const { clock, faultByOperation, start, status } = simulated();
    faultByOperation.set("itr_verification", "STUCK_JOB");
    const started = await start();
    clock.advance(3_600_000);
    expect(await status(started)).toMatchObject({ status: "in_progress" });
  });

  it.each([
    ["LOCKED", "Your account has been locked"],
    ["SOURCE_DOWN", "Source is currently unavailable. Please try again later"],
  ] as const)("fails for somebody whose portal is %s", async (portal, message) => {
    expect(await ended({ portal })).toMatchObject({ status: "failed", error: { message } });
  });

  it("lets anybody fetch the form by its address", async () => {
    const { clock, ask, start, status } = simulated();
    const started = await start();
    clock.advance(13_000);
    const [form] = (await status(started)).result.itr_result;
    const file = await ask({
      method: "GET",
      path: new URL(form!.assessment_pdf).pathname.replace("/api/v1", ""),
      headers: {},
    });
    expect(file).toMatchObject({ status: 200, headers: { "content-type": "application/pdf" } });
    expect((file.body as Buffer).toString("latin1")).toMatch(/^%PDF-1\.4[^]*\(PAN: ZZZPA1234C\)[^]*%%EOF\n$/);
  });
});

describe("a request that the simulator refuses", () => {
  it.each([
    [0, { ...login, user_name: "" }],
    [0, {}],
    [1, { ...login, password: "" }],
    [2, { ...login, range: "1" }],
    [2, { ...login, range: 0 }],
    [2, { ...login, range: 8 }],
    [2, { ...login, range: 1.5 }],
  ])("has the published text number %d for %j", async (index, body) => {
    expect(await simulated().start(body)).toEqual(invalid[index]);
  });

  it.each<[string, Partial<SimulatedRequest>, number]>([
    ["other keys", { headers: { ...headers, authorization: "Basic another" } }, 401],
    ["no keys", { headers: { "content-type": "application/json" } }, 401],
    ["a form in place of JSON", { headers: { authorization, "content-type": "text/plain" } }, 415],
    ["another method", { method: "DELETE" }, 405],
    ["another path", { path: "/services/business_profile/pan" }, 404],
    ["an unknown reference", { method: "GET", query: new URLSearchParams({ reference_id: "1" }) }, 404],
    ["no reference", { method: "GET" }, 400],
    ["the address of no form", { method: "GET", path: "/image-pub/kyc/1/2.pdf" }, 404],
  ])("comes with %s", async (_what, request, status) => {
    expect(await simulated().ask({ body: JSON.stringify(login), ...request })).toMatchObject({ status });
  });
});
