import type { Pan } from "../../../src/domain/identifiers";
import { paths } from "../../../src/providers/kwikid/contract";
import { accessTokenPath } from "../../../src/providers/kwikid/simulator";
import type { SimulatedRequest } from "../../../src/providers/provider";
import { testFiling } from "../../support/persona";
import { filer, simulation } from "./meeting";

const folder = "/verification/v2/itr";
const pan = "ZZZPA1234C";
const login = { pan, password: "Monsoon@2026" };
const headers = { authorization: "Bearer sandbox-kwikid-token", "content-type": "application/json" };

async function opened(persona = filer(), more: Record<string, string> = {}) {
  const room = simulation(persona);
  const about = { ...login, pan: persona.pan };
  const sent = await room.ask(`${folder}/get_otp`, about, { headers: { ...headers, ...more } });
  const accesstoken = sent.headers?.AccessToken ?? "";
  const getData = (otp = room.otp(), token = accesstoken, switches: Record<string, string> = {}) =>
    room.ask(
      `${folder}/get_data`,
      { pan: persona.pan, otp },
      { headers: { ...headers, accesstoken: token, ...switches } },
    );
  const getYear = (year: unknown) => room.ask(`${folder}/get_data_by_assessment_year`, { pan: persona.pan, year });
  return { ...room, sent, accesstoken, getData, getYear };
}

describe("KwikID's simulator refuses", () => {
  it.each<[string, Partial<SimulatedRequest>, number]>([
    ["no bearer token", { headers: { "content-type": "application/json" } }, 401],
    ["another bearer token", { headers: { ...headers, authorization: "Bearer other" } }, 401],
    ["the bearer token of another scheme", { headers: { ...headers, authorization: "sandbox-kwikid-token" } }, 401],
    ["a form", { headers: { ...headers, "content-type": "application/x-www-form-urlencoded" } }, 400],
    ["broken JSON", { body: "{" }, 400],
    ["a list", { body: "[]" }, 400],
    ["no PAN", { body: "{}" }, 400],
    ["a PAN in lower case", { body: JSON.stringify({ pan: "zzzpa1234c" }) }, 400],
    ["no password", { body: JSON.stringify({ pan }) }, 400],
    ["GET", { method: "GET" }, 405],
    ["an unknown path", { path: `${folder}/get_everything` }, 404],
  ])("%s", async (_what, changes, status) => {
    expect(await simulation(filer()).ask(`${folder}/get_otp`, login, changes)).toMatchObject({ status });
  });

  it("a year that is no assessment year", async () => {
    const { getData, getYear } = await opened();
    await getData();
    for (const year of ["2024", "2024-26", "2024-2025", undefined]) {
      expect(await getYear(year)).toMatchObject({ status: 400, body: { message: "Validation error" } });
    }
  });

  it("a year before the OTP", async () => {
    const { getYear } = await opened();
    expect(await getYear("2024-25")).toMatchObject({ status: 401 });
  });

  it("a year with an access token that is not this login's", async () => {
    const room = await opened();
    await room.getData();
    const foreign = { headers: { ...headers, accesstoken: "foreign" } };
    const asked = room.ask(`${folder}/get_data_by_assessment_year`, { pan, year: "2024-25" }, foreign);
    expect(await asked).toMatchObject({ status: 401 });
  });

  it("another login's access token", async () => {
    const room = await opened();
    await room.ask(`${folder}/get_otp`, login);
    const refused = { status: 401, body: { message: "Invalid or expired AccessToken" } };
    expect(await room.getData()).toMatchObject(refused);
  });

  it("an access token after a logout", async () => {
    const room = await opened();
    await room.ask(`${folder}/logout`, { pan });
    expect(await room.getData()).toMatchObject({ status: 401 });
  });

  it("an access token that it is told to find expired", async () => {
    const room = await opened();
    room.faultByOperation.set("get_data", "EXPIRED_TOKEN");
    expect(await room.getData()).toMatchObject({ status: 401 });
  });

  it("an access token while its clock is an hour ahead", async () => {
    const room = await opened();
    room.faultByOperation.set("get_data", "CLOCK_SKEW");
    expect(await room.getData()).toMatchObject({ status: 401 });
  });
});

describe("KwikID's simulator", () => {
  it("answers a slow portal's login only after a while", async () => {
    const room = simulation(filer({ portal: "SLOW" }));
    const heard = jest.fn();
    const sending = room.ask(`${folder}/get_otp`, login).then(heard);
    await new Promise(setImmediate);
    room.clock.advance(4_000);
    await new Promise(setImmediate);
    expect(heard).not.toHaveBeenCalled();
    room.clock.advance(4_000);
    await sending;
    expect(heard).toHaveBeenCalledWith(expect.objectContaining({ status: 200 }));
  });

  it.each([
    [
      "header",
      { status: 200, headers: { AccessToken: expect.any(String) as string }, body: { otp_status: "OTP_SENT" } },
    ],
    ["body", { status: 200, body: { otp_status: "OTP_SENT", access_token: expect.any(String) as string } }],
    ["control", { status: 200, body: { otp_status: "OTP_SENT" } }],
  ])("hands out the access token as asked: by %s", async (way, answered) => {
    expect((await opened(filer(), { "x-sandbox-access-token": way })).sent).toEqual(answered);
  });

  it("shows the access token to whoever plays the taxpayer's browser", async () => {
    const room = await opened();
    const shown = await room.simulate({
      method: "GET",
      path: accessTokenPath,
      query: new URLSearchParams({ pan }),
      headers: {},
      body: "",
    });
    expect(shown).toEqual({ status: 200, body: { access_token: room.accesstoken } });
  });

  it("serves the Department's file, with the whole Aadhaar number", async () => {
    const { getData } = await opened();
    const { body } = await getData();
    expect(body).toMatchObject({ itr_data: { ITR: { ITR1: { PersonalInfo: { AadhaarCardNo: "234567890124" } } } } });
  });

  it("serves a flat summary on request", async () => {
    const { getData, otp, accesstoken } = await opened();
    const { body } = await getData(otp(), accesstoken, { "x-sandbox-itr-data": "summary" });
    expect(body).toMatchObject({ itr_data: { pan, assessment_year: "2025-26", aadhaar_number: "234567890124" } });
  });

  it("serves a flat summary about the person who is there to show it", async () => {
    const { getData } = await opened(filer({ pan: "ZZZPK1003C" as Pan }));
    expect((await getData()).body).toMatchObject({ itr_data: { itr_type: "ITR-1" } });
  });

  it("serves a flat summary of a form whose file is not known", async () => {
    const { getData } = await opened(filer({ filings: [testFiling(2024, { form: "ITR_6" })] }));
    expect((await getData()).body).toMatchObject({ itr_data: { itr_type: "ITR-6" } });
  });

  it("serves a year by its assessment year", async () => {
    const { getData, getYear } = await opened();
    await getData();
    const ofYear = { ITR: { ITR1: { Form_ITR1: { AssessmentYear: "2024" } } } };
    expect((await getYear("2024-25")).body).toMatchObject({ itr_data: ofYear });
  });

  it("serves an empty object for a year without a filing", async () => {
    const { getData, getYear } = await opened();
    await getData();
    expect(await getYear("2019-20")).toEqual({ status: 200, body: { itr_data: {} } });
  });

  it.each([
    [{ aadhar: "234567890124" }, 200, { result: { linked: true, message: "PAN is linked with Aadhaar" } }],
    [{ aadhar: "234567890125" }, 200, { result: { linked: false, message: "PAN is not linked with Aadhaar" } }],
    [{ aadhar: "234567890124", consent: "N" }, 400, { message: "Validation error" }],
    [{ aadhar: "2345" }, 400, { message: "Validation error" }],
  ])("knows the link of PAN and Aadhaar: %j", async (asked, status, body) => {
    expect(await simulation(filer()).ask(paths.linkStatus, { pan, ...asked })).toMatchObject({ status, body });
  });
});
