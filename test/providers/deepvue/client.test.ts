import type { DocumentKind } from "../../../src/domain/answer";
import { rupees } from "../../../src/domain/rupees";
import { Secret } from "../../../src/kernel/secret";
import { testPersona } from "../../support/persona";
import { meetDeepvue, openSession, operationOf, staying } from "./meeting";
import { envelope, reply } from "./replies";

const hourMs = 3_600_000;
const everything: readonly DocumentKind[] = ["PROFILE", "FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT"];

describe("opening a session at Deepvue", () => {
  it("makes one client and awaits nothing", async () => {
    const { client, persona, asked, requests } = meetDeepvue();
    const login = { pan: persona.pan, password: new Secret(persona.password), years: 3, documents: everything };
    expect(await client.open(login, staying)).toMatchObject({ awaits: "NOTHING", readings: [] });
    expect(asked()).toEqual(["authorize", "create-client"]);
    expect(requests[1]?.headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer /) as string,
      "x-api-key": "sandbox-client-secret",
    });
  });

  it("keeps no password in its ticket", async () => {
    const { open, persona } = await openSession();
    expect((await open()).ticket.reveal()).not.toContain(persona.password);
  });

  it("fails with our own account's refusal when our secret is wrong", async () => {
    const clientSettings = { DEEPVUE_CLIENT_ID: "sandbox-client", DEEPVUE_CLIENT_SECRET: "wrong" };
    await expect(openSession({ clientSettings })).rejects.toMatchObject({ code: "PROVIDER_REJECTED_US" });
  });

  it("fails with the taxpayer's password when it is too short to be one", async () => {
    const { open } = await openSession();
    await expect(open("short")).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
  });

  it("is never tried twice when the password is refused", async () => {
    const { open, meeting, asked } = await openSession();
    meeting.interfere = () => reply({ detail: "Invalid credentials" }, 401);
    await expect(open()).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
    expect(asked()).toEqual(["create-client"]);
  });
});

describe("Deepvue's token", () => {
  it("is asked for once", async () => {
    const { read, asked } = await openSession();
    await read(everything, [2024, 2023]);
    expect(asked()).not.toContain("authorize");
  });

  it("is renewed once when it is refused before its time", async () => {
    const { read, meeting, asked } = await openSession();
    let refusals = 1;
    meeting.interfere = (operation) =>
      operation === "itr-download" && refusals-- > 0 ? reply({ detail: "Not a valid token" }, 403) : undefined;
    expect(await read(["FILINGS"], [2023])).toMatchObject([{ answer: { outcome: "FOUND" } }]);
    expect(asked()).toEqual(["itr-download", "authorize", "itr-download", "get-itr-details"]);
  });

  it("is not renewed a second time", async () => {
    const { read, setFault, asked } = await openSession();
    setFault("itr-download", "EXPIRED_TOKEN");
    await expect(read(["FILINGS"])).rejects.toMatchObject({ code: "PROVIDER_REJECTED_US" });
    expect(asked()).toEqual(["itr-download", "authorize", "itr-download"]);
  });

  it("is made anew when it has expired", async () => {
    const { open, clock, asked } = await openSession();
    clock.advance(24 * hourMs);
    await open();
    expect(asked()).toEqual(["authorize", "create-client"]);
  });
});

describe("reading filings from Deepvue", () => {
  it("brings the filings of a year with their figures", async () => {
    const { read } = await openSession();
    const [reading] = await read(["FILINGS"], [2024]);
    expect(reading).toMatchObject({
      document: "FILINGS",
      incomeYear: 2024,
      answer: {
        outcome: "FOUND",
        provenance: { provider: "DEEPVUE", method: "PARSED" },
        value: [
          { kind: "REVISED", section: "139(5)", acknowledgementNumber: "123456789201125", filedOn: "2025-11-20" },
          {
            kind: "ORIGINAL",
            incomeYear: 2024,
            form: "ITR_1",
            status: "PROCESSED",
            statusHistory: [{ status: "FILED" }, { status: "VERIFIED" }, { status: "PROCESSED" }],
            timeliness: "ON_TIME",
            grossTotalIncome: rupees(912_345),
            totalIncome: rupees(762_350),
            incomeHeads: { salary: rupees(900_000) },
          },
        ],
      },
    });
  });

  it("asks for the details of the wanted years alone", async () => {
    const { read, asked } = await openSession();
    await read(["FILINGS"], [2023]);
    expect(asked()).toEqual(["itr-download", "get-itr-details"]);
  });

  it("downloads the list once for a session", async () => {
    const { read, asked } = await openSession();
    await read(["FILINGS"], [2023]);
    await read(["FILINGS"], [2024]);
    expect(asked().filter((operation) => operation === "itr-download")).toHaveLength(1);
  });

  it("says that there is none in a year without one", async () => {
    const { read } = await openSession();
    expect(await read(["FILINGS"], [2019])).toMatchObject([{ incomeYear: 2019, answer: { outcome: "ABSENT" } }]);
  });

  it("keeps full personal numbers out of everything it brings", async () => {
    const { read, persona, requests } = await openSession();
    const text = JSON.stringify(await read(everything, [2024, 2023]));
    expect(requests.length).toBeGreaterThan(5);
    for (const number of [persona.fullAadhaar!, persona.fullBankAccounts[0]!.accountNumber]) {
      expect(text).not.toContain(number);
    }
  });

  it("keeps one year when the details of another pass out of reach", async () => {
    const { read, meeting, requests } = await openSession();
    meeting.interfere = () => (requests.at(-1)?.path.endsWith("itr_id=4100002") ? reply("", 500) : undefined);
    expect(await read(["FILINGS"], [2024, 2023])).toMatchObject([
      { incomeYear: 2024, answer: { outcome: "FOUND" } },
      { incomeYear: 2023, answer: { outcome: "FAILED", fault: { code: "PROVIDER_UNAVAILABLE" } } },
    ]);
  });

  it("falls back on the list where the details are malformed", async () => {
    const { read, meeting } = await openSession();
    meeting.interfere = (operation) => (operation === "get-itr-details" ? reply("<html></html>") : undefined);
    expect(await read(["FILINGS"], [2023])).toMatchObject([
      {
        answer: {
          outcome: "FOUND",
          provenance: { method: "REPORTED" },
          value: [{ acknowledgementNumber: "123456789120724", status: "PROCESSED", totalIncome: null }],
        },
      },
    ]);
  });
});

describe("details that hold nothing", () => {
  it("are neither a missing person nor a return without figures", async () => {
    const { read, meeting } = await openSession();
    meeting.interfere = (operation) => (operation === "get-itr-details" ? reply(envelope({})) : undefined);
    expect(await read(["PROFILE", "FILINGS"], [2023])).toMatchObject([
      { document: "PROFILE", answer: { outcome: "FAILED", fault: { code: "PROVIDER_UNAVAILABLE" } } },
      { document: "FILINGS", answer: { outcome: "FAILED", fault: { code: "PROVIDER_UNAVAILABLE" } } },
    ]);
  });
});

describe("reading the profile from Deepvue", () => {
  it("costs no call more than the filings", async () => {
    const { read, asked } = await openSession();
    const [profile] = await read(["PROFILE", "FILINGS"], [2024]);
    expect(profile).toMatchObject({
      document: "PROFILE",
      incomeYear: undefined,
      answer: { outcome: "FOUND", value: { name: "ASHA PATIL", aadhaar: "XXXX XXXX 0124", gender: "FEMALE" } },
    });
    expect(asked()).toEqual(["itr-download", "get-itr-details", "get-itr-details"]);
  });

  it("says that there is none for a person without a return", async () => {
    const { read } = await openSession({ persona: testPersona({ filings: [] }) });
    expect(await read(["PROFILE"])).toMatchObject([{ answer: { outcome: "ABSENT" } }]);
  });
});

describe("a login that the portal refuses", () => {
  it.each([
    ["WRONG_PASSWORD", "INVALID_CREDENTIALS"],
    ["LOCKED", "ACCOUNT_LOCKED"],
    ["VAULT", "ACCOUNT_LOCKED"],
  ] as const)("of an account that is %s ends the reading at once as %s", async (portal, code) => {
    const { read, asked } = await openSession({ persona: testPersona({ portal }) });
    await expect(read(everything)).rejects.toMatchObject({ code });
    expect(asked()).toEqual(["itr-download"]);
  });

  it("for want of the portal itself fails document by document", async () => {
    const { read } = await openSession({ persona: testPersona({ portal: "SOURCE_DOWN" }) });
    const readings = await read(everything);
    expect(readings.map(({ document }) => document)).toEqual(everything);
    for (const { answer } of readings) {
      expect(answer).toMatchObject({ outcome: "FAILED", fault: { code: "PORTAL_UNAVAILABLE" } });
    }
  });

  it("because its client has expired ends the session", async () => {
    const { read, clock } = await openSession();
    clock.advance(24 * hourMs);
    await expect(read(["TAX_CREDITS"])).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  });

  it("half way keeps what was brought, and asks no further", async () => {
    const { read, meeting, requests } = await openSession();
    meeting.interfere = (operation) =>
      operation === "26as-download" ? reply({ detail: "Invalid itr_client_id" }, 422) : undefined;
    expect(await read(["FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT"], [2023])).toMatchObject([
      { document: "FILINGS", answer: { outcome: "FOUND" } },
      { document: "TAX_CREDITS", answer: { outcome: "FAILED", fault: { code: "SESSION_EXPIRED" } } },
      { document: "INFORMATION_STATEMENT", answer: { outcome: "FAILED", fault: { code: "SESSION_EXPIRED" } } },
    ]);
    expect(requests.map(operationOf)).not.toContain("ais-download");
  });
});

it("finds no field of the simulator's unknown", async () => {
  const { read, unknownFields } = await openSession();
  await read(everything, [2024, 2023]);
  expect(unknownFields()).toBe(0);
});
