import { tutelar } from "../../../src/providers/tutelar";
import completed from "../../../src/providers/tutelar/fixtures/completed.json";
import { meet } from "../../support/loginMeeting";
import { testPersona } from "../../support/persona";

const path = "/services/business_profile/itr_verification";
const authorization = `Basic ${Buffer.from("sandbox-api-key:sandbox-secret-key").toString("base64")}`;
const [form] = completed.result.itr_result;
const late = { ...completed, result: { itr_result: [{ ...form, pan_number: "ZZZPA1234C" }] } };

describe("opening a verification at Tutelar", () => {
  it("asks for the wished number of years with our key pair", async () => {
    await using meeting = await meet(tutelar);
    await meeting.open({ years: 2 });
    expect(meeting.asked).toMatchObject([{ method: "POST", path, headers: { authorization } }]);
    expect(JSON.parse(meeting.asked[0]?.body ?? "")).toEqual({
      user_name: "ZZZPA1234C",
      password: "Monsoon@2026",
      range: 2,
    });
  });

  it("awaits time when the reply comes early", async () => {
    await using meeting = await meet(tutelar);
    expect(await meeting.open()).toMatchObject({ awaits: "TIME", pollAfterMs: 3_000 });
  });

  it("has its readings at once when the reply comes late", async () => {
    await using meeting = await meet(tutelar);
    meeting.line.replace = () => ({ status: 200, body: late });
    expect(await meeting.open()).toMatchObject({
      awaits: "NOTHING",
      readings: [{ document: "VERIFICATION_FORM", incomeYear: 2024 }, { document: "FILINGS" }],
    });
  });

  it("is never repeated", async () => {
    await using meeting = await meet(tutelar);
    await meeting.open();
    expect(meeting.outcomes).toEqual(["itr_verification NEVER OK"]);
  });

  it("keeps no password in the ticket", async () => {
    await using meeting = await meet(tutelar);
    expect((await meeting.open()).ticket.reveal()).not.toContain("Monsoon");
  });

  it("is refused with another key", async () => {
    await using meeting = await meet(tutelar, { clientSettings: { TUTELAR_SECRET_KEY: "another" } });
    await expect(meeting.open()).rejects.toMatchObject({ code: "PROVIDER_REJECTED_US" });
  });
});

describe("polling a verification", () => {
  it("awaits time until the portal has answered", async () => {
    await using meeting = await meet(tutelar);
    const stage = await meeting.open();
    meeting.clock.advance(12_999);
    expect(await meeting.poll(stage)).toMatchObject({ awaits: "TIME" });
  });

  it("brings the readings along in the end", async () => {
    await using meeting = await meet(tutelar);
    const stage = await meeting.open();
    meeting.clock.advance(13_000);
    expect(await meeting.poll(stage)).toMatchObject({
      awaits: "NOTHING",
      readings: [
        { document: "VERIFICATION_FORM", incomeYear: 2024, answer: { value: [{ kind: "REVISED" }, {}] } },
        { document: "FILINGS", incomeYear: 2024 },
        { document: "VERIFICATION_FORM", incomeYear: 2023 },
        { document: "FILINGS", incomeYear: 2023 },
      ],
    });
  });

  it("learns of a wrong password", async () => {
    await using meeting = await meet(tutelar);
    const stage = await meeting.open({ password: "another" });
    meeting.clock.advance(13_000);
    await expect(meeting.poll(stage)).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
  });

  it("names the vault to whoever must leave it", async () => {
    await using meeting = await meet(tutelar, { persona: testPersona({ portal: "VAULT" }) });
    const stage = await meeting.open();
    meeting.clock.advance(13_000);
    await expect(meeting.poll(stage)).rejects.toMatchObject({
      code: "ACCOUNT_LOCKED",
      context: { hint: "Only net banking or a digital signature opens it." },
    });
  });
});

describe("reading from a verification", () => {
  it("asks by the reference, without another login", async () => {
    await using meeting = await meet(tutelar);
    const stage = await meeting.open();
    meeting.clock.advance(13_000);
    const { readings } = await meeting.read(stage, [2023], ["FILINGS"]);
    expect(readings).toMatchObject([{ document: "FILINGS", incomeYear: 2023, answer: { outcome: "FOUND" } }]);
    expect(meeting.outcomes.at(-1)).toBe("itr_verification_status SAFE OK");
  });

  it("is late while the portal has not answered", async () => {
    await using meeting = await meet(tutelar);
    const fault = { code: "PROVIDER_TIMEOUT", context: { retryAfterSeconds: 3 } };
    await expect(meeting.read(await meeting.open(), [2023])).rejects.toMatchObject(fault);
  });

  it("has come too late when the reference is forgotten", async () => {
    await using meeting = await meet(tutelar);
    const stage = await meeting.open();
    meeting.clock.advance(24 * 3_600_000);
    await expect(meeting.read(stage, [2023])).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  });

  it("is over with the readings of a reply that named no reference", async () => {
    await using meeting = await meet(tutelar);
    meeting.line.replace = () => ({ status: 200, body: { ...late, reference_id: undefined } });
    await expect(meeting.read(await meeting.open(), [2024])).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  });
});
