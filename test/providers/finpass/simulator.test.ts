import { finpass } from "../../../src/providers/finpass";
import filings from "../../../src/providers/finpass/fixtures/filings.json";
import incomplete from "../../../src/providers/finpass/fixtures/incomplete.json";
import records from "../../../src/providers/finpass/fixtures/records.json";
import type { Persona } from "../../../src/providers/persona";
import type { SimulatedRequest } from "../../../src/providers/provider";
import { simulationOf } from "../../support/loginMeeting";
import { testPersona } from "../../support/persona";

const base = "/api/v1/itr-analyzer";
const headers = {
  "content-type": "application/json",
  "x-api-key": "sandbox-api-key",
  "x-api-secret": "sandbox-api-secret",
};
const login = { username: "ZZZPA1234C", password: "Monsoon@2026" };

function simulated(changes: Partial<Persona> = {}, settings: Readonly<Record<string, string>> = {}) {
  const { clock, faultByOperation, simulate } = simulationOf(finpass, { persona: testPersona(changes), settings });
  const ask = async (name: string, request: Partial<SimulatedRequest> = {}) =>
    simulate({ method: "GET", path: `${base}/${name}`, query: new URLSearchParams(), headers, body: "", ...request });
  const analyze = async (body: object = login, more = {}) => {
    const reply = await ask("analyze", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { ...headers, ...more },
    });
    return (reply.body as { data: { job_id: string } }).data.job_id;
  };
  const about = (name: string, job_id: string) => ask(name, { query: new URLSearchParams({ job_id }) });
  return { clock, faultByOperation, ask, analyze, about };
}

const namesOf = (value: object) => Object.keys(value).sort();

describe("a job of the simulator's", () => {
  it("echoes the PAN masked", async () => {
    const body = JSON.stringify({ ...login, username: "zzzpa1234c" });
    expect(await simulated().ask("analyze", { method: "POST", body })).toMatchObject({
      status: 200,
      body: { success: true, data: { status: "initiated", pan: "ZZZPA****C", created_at: "2026-08-01T00:00:00.000Z" } },
    });
  });

  it.each([
    [2_999, "initiated"],
    [3_000, "processing"],
    [8_999, "processing"],
    [9_000, "completed"],
  ])("is after %d ms %s", async (afterMs, status) => {
    const { clock, analyze, about } = simulated();
    const id = await analyze();
    clock.advance(afterMs);
    expect(await about("status", id)).toMatchObject({ status: 200, body: { data: { status } } });
  });

  it("takes longer where the portal is slow", async () => {
    const { clock, analyze, about } = simulated({ portal: "SLOW" });
    const id = await analyze();
    clock.advance(9_000);
    expect(await about("status", id)).toMatchObject({ body: { data: { status: "initiated" } } });
  });

  it("never ends when it is stuck", async () => {
    const { clock, faultByOperation, analyze, about } = simulated();
    faultByOperation.set("status", "STUCK_JOB");
    const id = await analyze();
    clock.advance(3_600_000);
    expect(await about("status", id)).toMatchObject({ body: { data: { status: "processing" } } });
  });

  it.each<[string, Partial<Persona>, object]>([
    ["a wrong password", {}, { ...login, password: "another" }],
    ["an unknown PAN", {}, { ...login, username: "ZZZPA9999Z" }],
    ["a locked account", { portal: "LOCKED" }, login],
  ])("fails for %s", async (_what, changes, body) => {
    const { clock, analyze, about } = simulated(changes);
    const id = await analyze(body);
    clock.advance(3_000);
    expect(await about("status", id)).toMatchObject({
      status: 200,
      body: { success: true, data: { status: "failed" } },
    });
    expect(await about("data", id)).toMatchObject({ status: 422, body: { success: false, error_code: "JOB_FAILED" } });
  });

  it("refuses its data too early in the published words", async () => {
    const { clock, analyze, about } = simulated();
    const id = await analyze();
    clock.advance(3_000);
    expect(await about("data", id)).toEqual({ status: 409, body: incomplete });
  });

  it.each<[string, (id: string) => Partial<SimulatedRequest>]>([
    ["the query of a GET", (id) => ({ query: new URLSearchParams({ job_id: id }) })],
    ["the body of a GET", (id) => ({ body: JSON.stringify({ job_id: id }) })],
    ["the body of a POST", (id) => ({ method: "POST", body: JSON.stringify({ job_id: id }) })],
  ])("is found by %s", async (_where, request) => {
    const { analyze, ask } = simulated();
    expect(await ask("status", request(await analyze()))).toMatchObject({ status: 200 });
  });
});

describe("the data of the simulator's", () => {
  async function dataOf(settings = {}, more = {}) {
    const { clock, analyze, about } = simulated({}, settings);
    const id = await analyze(login, more);
    clock.advance(9_000);
    return (await about("data", id)).body as typeof filings & typeof records;
  }

  it("has the members of the attached sample", async () => {
    const { data: printed, ...envelope } = await dataOf();
    expect(namesOf(envelope)).toEqual(namesOf(filings).filter((name) => name !== "data"));
    expect(namesOf(printed)).toEqual(namesOf(filings.data));
    expect(namesOf(printed.filings[0]!)).toEqual(namesOf(filings.data.filings[0]!));
    expect(namesOf(printed.tds_26as[0]!)).toEqual(namesOf(filings.data.tds_26as[0]!));
  });

  it("has the members of the documented table where that shape is set", async () => {
    const { data: printed } = await dataOf({ FINPASS_SIMULATED_SHAPE: "A" });
    expect(namesOf(printed)).toEqual(namesOf(records.data));
    expect(namesOf(printed.itr_records[0]!)).toEqual(namesOf(records.data.itr_records[0]!));
  });

  it("holds full numbers, as the vendor's own does", async () => {
    const printed = JSON.stringify(await dataOf());
    expect(printed).toContain("234567890124");
    expect(printed).toContain("00501234567890");
  });

  it("is the attached sample for whoever asks for a mock", async () => {
    expect(await dataOf({}, { "x-mock": "true" })).toEqual(filings);
  });
});

describe("a request that the simulator refuses", () => {
  const analyzing = { method: "POST", body: JSON.stringify(login) };

  it("names no PAN, in the published words", async () => {
    const body = JSON.stringify({ ...login, username: "ABCDE" });
    expect(await simulated().ask("analyze", { ...analyzing, body })).toEqual({
      status: 400,
      body: {
        success: false,
        error_code: "INVALID_INPUT",
        message: "Invalid PAN format. PAN must be a 10-character alphanumeric string (e.g., ABCDE1234F).",
      },
    });
  });

  it.each<[string, string, Partial<SimulatedRequest>, number, string | undefined]>([
    ["without keys", "analyze", { ...analyzing, headers: {} }, 401, "UNAUTHORIZED"],
    ["with another secret", "status", { headers: { ...headers, "x-api-secret": "another" } }, 401, "UNAUTHORIZED"],
    [
      "as plain text",
      "analyze",
      { ...analyzing, headers: { ...headers, "content-type": "text/plain" } },
      400,
      "INVALID_INPUT",
    ],
    ["without a password", "analyze", { method: "POST", body: '{"username":"ZZZPA1234C"}' }, 400, "INVALID_INPUT"],
    ["without a job", "status", {}, 400, "INVALID_INPUT"],
    ["about an unknown job", "data", { query: new URLSearchParams({ job_id: "1" }) }, 404, "JOB_NOT_FOUND"],
    ["by another method", "analyze", {}, 405, undefined],
    ["at another address", "report", {}, 404, undefined],
  ])("comes %s", async (_what, name, request, status, error_code) => {
    const reply = await simulated().ask(name, request);
    expect(reply.status).toBe(status);
    expect((reply.body as { error_code?: string }).error_code).toBe(error_code);
  });
});
