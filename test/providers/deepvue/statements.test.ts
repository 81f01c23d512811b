import { writeAisJson } from "../../../src/department";
import type { DocumentKind } from "../../../src/domain/answer";
import { rupees } from "../../../src/domain/rupees";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { testPersona } from "../../support/persona";
import { openSession } from "./meeting";
import { envelope, reply } from "./replies";

describe("a statement whose preparation came to nothing", () => {
  it.each([
    { status: "failed", ais_file: "" },
    { status: "completed", ais_file: "" },
  ])("is told as such: %j", async (told) => {
    const { read, meeting, persona } = await openSession();
    meeting.interfere = (operation) =>
      operation === "ais-download" || operation === "get-ais-details"
        ? reply(envelope({ pan_no: persona.pan, financial_year: "2024-25", file_type: "", ...told }))
        : undefined;
    expect(await read(["INFORMATION_STATEMENT"], [2024])).toMatchObject([
      { answer: { outcome: "FAILED", fault: { code: "PROVIDER_BAD_RESPONSE" } } },
    ]);
  });
});

describe("reading tax credits from Deepvue", () => {
  it("brings each wanted year by one call", async () => {
    const { read, persona, asked } = await openSession();
    const [reading] = await read(["TAX_CREDITS"], [2024]);
    expect(reading).toMatchObject({
      incomeYear: 2024,
      answer: { outcome: "FOUND", value: persona.taxCredits.find(({ incomeYear }) => incomeYear === 2024) },
    });
    expect(asked()).toEqual(["26as-download", "get-26as-details"]);
  });

  it("says that there is none in a year without one", async () => {
    const { read } = await openSession();
    expect(await read(["TAX_CREDITS"], [2019])).toMatchObject([{ answer: { outcome: "ABSENT" } }]);
  });
});

describe("a statement of tax credits that is lacking", () => {
  const both = ["TAX_CREDITS", "INFORMATION_STATEMENT"] as const;
  const report = {
    status: "ACTIVE",
    amount: rupees(90_000),
    taxWithheld: rupees(9_000),
    taxDeposited: rupees(8_000),
  } as const;
  const salary = {
    part: "TAX_DEDUCTED_OR_COLLECTED",
    code: "TDS-192",
    derivedAmount: null,
    reports: [report],
  } as const;
  const entries = [{ ...salary, reportedBy: "INVENTED SYSTEMS LIMITED", amount: rupees(90_000) }];
  const persona = testPersona({
    taxCredits: testPersona().taxCredits.slice(0, 1),
    informationStatements: [2024, 2023].map((year) => ({ incomeYear: year as IncomeYear, entries })),
  });
  const standingIn = {
    outcome: "FOUND",
    provenance: { provider: "DEEPVUE", method: "DERIVED" },
    value: {
      deductors: [{ name: "INVENTED SYSTEMS LIMITED", credits: [{ section: "192", taxDeposited: rupees(8_000) }] }],
    },
  };
  const answersOf = async (
    read: Awaited<ReturnType<typeof openSession>>["read"],
    documents: readonly DocumentKind[],
  ) => {
    const readings = await read(documents, [2024, 2023]);
    return readings.filter(({ document }) => document === "TAX_CREDITS").map(({ answer }) => answer);
  };

  it("is made of the information statement of its year", async () => {
    const { read } = await openSession({ persona });
    expect(await answersOf(read, both)).toMatchObject([{ provenance: { method: "REPORTED" } }, standingIn]);
  });

  it("is made of the information statement where its rows have an unknown shape", async () => {
    const { read, meeting } = await openSession({ persona });
    meeting.interfere = (operation) =>
      operation === "get-26as-details"
        ? reply({ code: 200, message: "", data: { assessment_year: "2025-26", tds_data: [{ tax: 1 }] } })
        : undefined;
    expect(await answersOf(read, both)).toMatchObject([standingIn, standingIn]);
  });

  it("stays a failure that passes, and is asked for again", async () => {
    const { read, meeting } = await openSession({ persona });
    meeting.interfere = (operation) => (operation === "get-26as-details" ? reply("", 500) : undefined);
    expect(await answersOf(read, both)).toMatchObject([{ fault: { code: "PROVIDER_UNAVAILABLE" } }, standingIn]);
  });

  it("is not made of an information statement that is not wanted", async () => {
    const { read } = await openSession({ persona });
    expect(await answersOf(read, ["TAX_CREDITS"])).toMatchObject([{ outcome: "FOUND" }, { outcome: "ABSENT" }]);
  });

  it("is not made of an information statement that is not read whole", async () => {
    const { read, meeting } = await openSession({ persona });
    meeting.interfere = (operation) => {
      if (operation !== "file") return undefined;
      const file = writeAisJson({ incomeYear: 2023 as IncomeYear, entries }, persona) as {
        partB: { sections: object[] };
      };
      return reply({
        ...file,
        header: {},
        partB: { sections: [...file.partB.sections, { elements: [{ rows: [] }] }] },
      });
    };
    expect(await answersOf(read, both)).toMatchObject([{ outcome: "FOUND" }, { outcome: "ABSENT" }]);
  });
});

describe("reading information statements from Deepvue", () => {
  it("brings the file behind the link", async () => {
    const { read, persona, asked } = await openSession();
    const [reading] = await read(["INFORMATION_STATEMENT"], [2024]);
    expect(reading).toMatchObject({ answer: { outcome: "FOUND", provenance: { method: "PARSED" } } });
    expect(reading?.answer.outcome === "FOUND" && reading.answer.value).toMatchObject({
      incomeYear: 2024,
      entries: [{ code: "SFT-016(SB)", amount: persona.informationStatements[0]!.entries[0]!.amount }],
    });
    expect(asked()).toEqual(["ais-download", "file"]);
  });

  it("asks by name for the years that the order did not bring", async () => {
    const { read, asked } = await openSession();
    await read(["INFORMATION_STATEMENT"], [2024, 2023]);
    expect(asked().toSorted()).toEqual(["ais-download", "file", "file", "get-ais-details"]);
  });

  it("fails for the time being while one is in preparation", async () => {
    const { read } = await openSession({ persona: testPersona({ portal: "SLOW" }) });
    expect(await read(["INFORMATION_STATEMENT"], [2024])).toMatchObject([
      {
        answer: {
          outcome: "FAILED",
          fault: { code: "PROVIDER_UNAVAILABLE", retryable: true, context: { retryAfterSeconds: 30 } },
        },
      },
    ]);
  });

  it("goes on at a later reading without a second order", async () => {
    const { read, clock, asked } = await openSession({ persona: testPersona({ portal: "SLOW" }) });
    await read(["INFORMATION_STATEMENT"], [2024]);
    clock.advance(60_000);
    expect(await read(["INFORMATION_STATEMENT"], [2024])).toMatchObject([{ answer: { outcome: "FOUND" } }]);
    expect(asked()).toEqual(["ais-download", "get-ais-details", "file"]);
  });

  it("says that there is none where nobody reported anything", async () => {
    const { read, asked } = await openSession({ persona: testPersona({ informationStatements: [] }) });
    expect(await read(["INFORMATION_STATEMENT"], [2024, 2023])).toMatchObject([
      { answer: { outcome: "ABSENT" } },
      { answer: { outcome: "ABSENT" } },
    ]);
    expect(asked()).toEqual(["ais-download"]);
  });

  it("does not read one that is printed for people", async () => {
    const { read, meeting, persona } = await openSession();
    const printed = { pan_no: persona.pan, ais_file: "http://deepvue.sandbox/files/a", file_type: "pdf" };
    meeting.interfere = (operation) =>
      operation === "ais-download"
        ? reply({ code: 200, message: "", data: { ...printed, status: "completed", financial_year: "2024-25" } })
        : undefined;
    expect(await read(["INFORMATION_STATEMENT"], [2024])).toMatchObject([{ answer: { outcome: "UNSUPPORTED" } }]);
  });
});
