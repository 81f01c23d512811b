import { inspect } from "node:util";
import { accessTokenPath } from "../../../src/providers/kwikid/simulator";
import type { Pan } from "../../../src/domain/identifiers";
import type { Persona } from "../../../src/providers/persona";
import { filer, meetKwikid, stateIn } from "./meeting";

const controlPan = "ZZZPK1001A" as Pan;

describe("opening a login at KwikID", () => {
  it("sends the portal's password with our bearer token", async () => {
    await using meeting = await meetKwikid();
    await meeting.open();
    expect(meeting.asked).toMatchObject([
      {
        operation: "get_otp",
        headers: { authorization: "Bearer sandbox-kwikid-token", "content-type": "application/json" },
        body: { pan: "ZZZPA1234C", password: "Monsoon@2026" },
      },
    ]);
  });

  it("awaits an OTP for ten minutes", async () => {
    await using meeting = await meetKwikid();
    expect(await meeting.open()).toMatchObject({ awaits: "OTP", otpLifeMs: 600_000, needsAccessToken: false });
  });

  it("finds the access token in the body as well", async () => {
    await using meeting = await meetKwikid(filer({ pan: "ZZZPK1002B" as Pan }));
    const stage = await meeting.open();
    expect(stage).toMatchObject({ needsAccessToken: false });
    expect((await meeting.submit(stage)).awaits).toBe("NOTHING");
  });

  it("needs the access token from the caller where the vendor hands out none", async () => {
    await using meeting = await meetKwikid(filer({ pan: controlPan }));
    expect(await meeting.open()).toMatchObject({ needsAccessToken: true });
  });

  it.each<[string, Partial<Persona>, string]>([
    ["a wrong password", { portal: "WRONG_PASSWORD" }, "INVALID_CREDENTIALS"],
    ["a locked account", { portal: "LOCKED" }, "ACCOUNT_LOCKED"],
    ["a vault", { portal: "VAULT" }, "ACCOUNT_LOCKED"],
    ["a portal that is down", { portal: "SOURCE_DOWN" }, "PORTAL_UNAVAILABLE"],
    ["an OTP that is not sent", { portal: "OTP_NOT_SENT" }, "OTP_NOT_SENT"],
    ["a person unknown to the Department", { compliance: undefined }, "PAN_NOT_FOUND"],
  ])("fails by what was said: %s", async (_what, changes, code) => {
    await using meeting = await meetKwikid(filer(changes));
    await expect(meeting.open()).rejects.toMatchObject({ code, context: { provider: "KWIKID" } });
    expect(meeting.outcomes).toEqual([`get_otp ${code}`]);
  });
});

describe("an OTP at KwikID", () => {
  it("brings the latest filing with the profile", async () => {
    await using meeting = await meetKwikid();
    expect(await meeting.logIn()).toMatchObject({
      awaits: "NOTHING",
      readings: [
        {
          document: "FILINGS",
          incomeYear: 2024,
          answer: { outcome: "FOUND", value: [{ kind: "REVISED", form: "ITR_1", totalIncome: 76_235_000 }] },
        },
        { document: "PROFILE", answer: { value: { name: "ASHA PATIL", aadhaar: "XXXX XXXX 0124" } } },
      ],
    });
  });

  it("goes out with the access token that opened the login", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.open();
    await meeting.submit(stage);
    expect(meeting.asked[1]).toMatchObject({
      operation: "get_data",
      headers: { accesstoken: stateIn(stage.ticket).accessToken },
      body: { pan: "ZZZPA1234C", otp: "482913" },
    });
  });

  it("goes out with the access token that the caller brought", async () => {
    await using meeting = await meetKwikid(filer({ pan: controlPan }));
    const stage = await meeting.open();
    const control = meeting.simulated({ path: accessTokenPath, query: new URLSearchParams({ pan: controlPan }) });
    const { access_token: brought } = (await control).body as { access_token: string };
    expect((await meeting.submit(stage, meeting.otp(), brought)).awaits).toBe("NOTHING");
  });

  it.each([undefined, "two\nlines", "ключ"])("is not spent without a usable access token: %j", async (brought) => {
    await using meeting = await meetKwikid(filer({ pan: controlPan }));
    const stage = await meeting.open();
    const refused = { code: "BAD_INPUT", context: { field: "accessToken" } };
    await expect(meeting.submit(stage, meeting.otp(), brought)).rejects.toMatchObject(refused);
    expect(meeting.operations()).toEqual(["get_otp"]);
  });

  it("may be wrong twice", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.open();
    for (const wrong of ["000000", "111111"]) {
      await expect(meeting.submit(stage, wrong)).rejects.toMatchObject({ code: "OTP_INVALID" });
    }
    expect((await meeting.submit(stage)).awaits).toBe("NOTHING");
  });

  it("is spent after three wrong ones", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.open();
    for (const wrong of ["000000", "111111", "222222"]) await meeting.submit(stage, wrong).catch(() => undefined);
    await expect(meeting.submit(stage)).rejects.toMatchObject({ code: "OTP_EXPIRED" });
    expect(meeting.outcomes.slice(1)).toEqual([
      "get_data OTP_INVALID",
      "get_data OTP_INVALID",
      "get_data OTP_EXPIRED",
      "get_data OTP_EXPIRED",
    ]);
  });

  it("expires after ten minutes", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.open();
    meeting.clock.advance(600_000);
    await expect(meeting.submit(stage)).rejects.toMatchObject({ code: "OTP_EXPIRED" });
  });

  it("comes too late once the portal's session is over", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.open();
    meeting.clock.advance(900_000);
    await expect(meeting.submit(stage)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  });

  it("finds nothing for somebody who never filed", async () => {
    await using meeting = await meetKwikid(filer({ filings: [] }));
    expect(await meeting.logIn()).toMatchObject({
      readings: [
        { document: "FILINGS", incomeYear: undefined, answer: { outcome: "ABSENT" } },
        { document: "PROFILE", answer: { outcome: "ABSENT" } },
      ],
    });
  });

  it("opens the session even if the latest filing cannot be read", async () => {
    await using meeting = await meetKwikid();
    meeting.line.replace = (operation) =>
      operation === "get_data" ? { status: 200, body: { itr_data: { novel: "shape" } } } : undefined;
    const failed = { outcome: "FAILED", fault: { code: "PROVIDER_BAD_RESPONSE" } };
    expect(await meeting.logIn()).toMatchObject({
      awaits: "NOTHING",
      readings: [
        { document: "FILINGS", answer: failed },
        { document: "PROFILE", answer: failed },
      ],
    });
  });

  it("counts as a bad response of its operation if the latest filing cannot be read", async () => {
    await using meeting = await meetKwikid();
    meeting.line.replace = (operation) =>
      operation === "get_data" ? { status: 200, body: { itr_data: { novel: "shape" } } } : undefined;
    await meeting.logIn();
    expect(meeting.outcomes).toEqual(["get_otp OK", "get_data PROVIDER_BAD_RESPONSE"]);
  });

  it("fails as a whole on a page that comes instead of data", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.open();
    meeting.line.replace = () => ({ status: 200, body: "<html></html>" });
    await expect(meeting.submit(stage)).rejects.toMatchObject({ code: "PROVIDER_BAD_RESPONSE" });
  });
});

describe("reading a year at KwikID", () => {
  it("asks once for each year", async () => {
    await using meeting = await meetKwikid();
    const { readings } = await meeting.read(await meeting.logIn(), [2023, 2023]);
    expect(readings).toMatchObject([{ document: "FILINGS", incomeYear: 2023, answer: { outcome: "FOUND" } }]);
    expect(meeting.asked.slice(2).map(({ body }) => body)).toEqual([{ pan: "ZZZPA1234C", year: "2024-25" }]);
  });

  it("sends no access token, which the vendor does not ask for", async () => {
    await using meeting = await meetKwikid();
    await meeting.read(await meeting.logIn(), [2023]);
    expect(meeting.asked.at(-1)?.headers).not.toHaveProperty("accesstoken");
  });

  it("asks again for a year of which the return is wanted again", async () => {
    await using meeting = await meetKwikid();
    const first = await meeting.read(await meeting.logIn(), [2023]);
    const second = await meeting.read(first, [2023, 2024]);
    expect(second.readings.map(({ incomeYear }) => incomeYear)).toEqual([2023, 2024]);
  });

  it("asks for no year again of a person who is known", async () => {
    await using meeting = await meetKwikid();
    const first = await meeting.read(await meeting.logIn(), [2023]);
    expect((await meeting.read(first, [2023, 2024], ["PROFILE"])).readings).toEqual([]);
  });

  it("finds a year without a filing absent", async () => {
    await using meeting = await meetKwikid();
    const { readings } = await meeting.read(await meeting.logIn(), [2022]);
    expect(readings).toMatchObject([{ document: "FILINGS", incomeYear: 2022, answer: { outcome: "ABSENT" } }]);
  });

  it.each<[string, unknown]>([
    ["a novel shape", { itr_data: { novel: "shape" } }],
    ["truncated JSON", '{"itr_data": {"ITR'],
    ["the return of another year", { itr_data: { assessment_year: "2021-22", total_income: 1 } }],
    ["the return of another person", { itr_data: { pan: "ZZZPB9999Z", total_income: 1 } }],
  ])("loses no year by its neighbour: %s", async (_what, body) => {
    await using meeting = await meetKwikid();
    const stage = await meeting.logIn();
    meeting.line.replace = (_operation, asked) => (asked.includes("2023-24") ? { status: 200, body } : undefined);
    const { readings, ticket } = await meeting.read(stage, [2023, 2022]);
    expect(readings).toMatchObject([
      { incomeYear: 2023, answer: { outcome: "FOUND" } },
      { incomeYear: 2022, answer: { outcome: "FAILED", fault: { code: "PROVIDER_BAD_RESPONSE" } } },
    ]);
    expect(stateIn(ticket).incomeYears).toEqual([2024, 2023]);
  });

  it("tells the profile if the latest filing told none", async () => {
    await using meeting = await meetKwikid();
    meeting.line.replace = (operation) =>
      operation === "get_data" ? { status: 200, body: { itr_data: {} } } : undefined;
    const { readings } = await meeting.read(await meeting.logIn(), [2023]);
    expect(readings).toMatchObject([
      { document: "FILINGS", incomeYear: 2023 },
      { document: "PROFILE", answer: { outcome: "FOUND", value: { name: "ASHA PATIL" } } },
    ]);
  });

  it("costs nothing if nothing of it is wanted", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.logIn();
    await meeting.read(stage, [2023], ["TAX_CREDITS"]);
    expect(meeting.operations()).toEqual(["get_otp", "get_data"]);
  });

  it("fails as a whole once the session is over", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.logIn();
    meeting.clock.advance(900_000);
    await expect(meeting.read(stage, [2023, 2022])).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  });

  it("ends with the caller", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.logIn();
    const leaving = AbortSignal.abort(new Error("the caller has left"));
    await expect(meeting.read(stage, [2023], ["FILINGS"], leaving)).rejects.toThrow("the caller has left");
  });
});

describe("closing a session at KwikID", () => {
  it("logs out at the portal", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.logIn();
    await meeting.close(stage);
    await expect(meeting.read(stage, [2023])).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  });

  it("tells of a logout that failed", async () => {
    await using meeting = await meetKwikid();
    const stage = await meeting.logIn();
    meeting.line.replace = () => ({ status: 500, body: { error: "internal" } });
    await expect(meeting.close(stage)).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
  });
});

describe("what KwikID's client keeps", () => {
  it("is no access token once the OTP is accepted", async () => {
    await using meeting = await meetKwikid();
    const { ticket } = await meeting.logIn();
    expect(stateIn(ticket)).toEqual({ incomeYears: [2024], hasProfile: true });
  });

  it("is the number of fields that the contract does not know", async () => {
    await using meeting = await meetKwikid();
    meeting.line.replace = () => ({ status: 200, body: { otp_status: "sent", novel: 1, other: 2 } });
    await meeting.open();
    expect(meeting.unknownFields()).toBe(2);
  });
});

describe("a check of a PAN against an Aadhaar number", () => {
  const aadhaar = "234567890124";

  it.each([
    [aadhaar, true, "PAN is linked with Aadhaar"],
    ["345678901238", false, "PAN is not linked with Aadhaar"],
  ])("of %s says whether they are linked: %s", async (number, linked, label) => {
    await using meeting = await meetKwikid();
    expect(await meeting.checkAadhaarLink(number)).toEqual({
      outcome: "FOUND",
      value: { linked, label },
      provenance: { provider: "KWIKID", method: "REPORTED", fetchedAt: "2026-08-01T00:00:00.000Z" },
    });
  });

  it("is one call, without a login", async () => {
    await using meeting = await meetKwikid();
    await meeting.checkAadhaarLink(aadhaar);
    expect(meeting.asked).toMatchObject([
      { operation: "uniqueaadhar", body: { pan: "ZZZPA1234C", aadhar: aadhaar, consent: "Y" } },
    ]);
    expect(meeting.outcomes).toEqual(["uniqueaadhar OK"]);
  });

  it("tells nothing of the number, whatever the vendor says", async () => {
    await using meeting = await meetKwikid();
    const result = { linked: true, message: `linked with ${aadhaar}` };
    meeting.line.replace = () => ({ status: 200, body: { requestid: aadhaar, result } });
    expect(JSON.stringify(await meeting.checkAadhaarLink(aadhaar))).not.toContain("23456789");
  });

  it("fails with the portal while the portal is down", async () => {
    await using meeting = await meetKwikid(filer({ portal: "SOURCE_DOWN" }));
    await expect(meeting.checkAadhaarLink(aadhaar)).rejects.toMatchObject({ code: "PORTAL_UNAVAILABLE" });
    expect(meeting.operations()).toEqual(["uniqueaadhar"]);
  });

  it("keeps no trace of the number in its fault", async () => {
    await using meeting = await meetKwikid();
    meeting.line.replace = () => ({ status: 400, body: { detail: { aadhar: aadhaar }, message: aadhaar } });
    const fault = await meeting.checkAadhaarLink(aadhaar).then(undefined, (thrown: unknown) => thrown);
    expect(fault).toMatchObject({ code: "BAD_INPUT", context: { field: "aadhaar" } });
    expect(inspect(fault, { depth: 9 })).not.toContain("23456789");
  });
});
