import { parseAisFile } from "../../../src/department/statement/aisFile";
import type { Pan } from "../../../src/domain/identifiers";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { rupees } from "../../../src/domain/rupees";
import { Fault } from "../../../src/kernel/fault";
import { readReply, type CreditRows } from "../../../src/providers/deepvue/contract";
import {
  mapReturn,
  placeReturns,
  toFilings,
  toInformation,
  toProfileAnswer,
  toTaxCreditsAnswer,
} from "../../../src/providers/deepvue/mapper";
import { portalFile, portalPan } from "../../department/portalFile";
import { documented, envelope, reply } from "./replies";

const pan = "ZZZPA1234C";
const nowMs = Date.UTC(2026, 7, 1);
const year = (start: number) => start as IncomeYear;
const uncounted = () => undefined;

const original = {
  itr_id: 1,
  filing_section: "139(1)",
  filing_date: "2025-07-10",
  acknowledgement_no: "123456789100725",
};
const rawOf = (assessmentYear: string) => ({
  ITR: { ITR1: { Form_ITR1: { FormName: "ITR-1", AssessmentYear: assessmentYear } } },
});
const details = (changes: object) =>
  readReply.returnDetails(reply(envelope({ ...documented.itrDetails, ...changes })), pan, uncounted);
const placed = (...filed_itrs: readonly object[]) =>
  placeReturns(readReply.filedReturns(reply(envelope({ filed_itrs })), pan, uncounted));
const toFilingsAnswer = (...asked: Parameters<typeof toFilings>) => toFilings(...asked).answer;
const answerAbout = (entry: object, detailsOrFault: ReturnType<typeof details> | Fault, incomeYear: number) =>
  toFilingsAnswer(
    placed(entry).map((one) => mapReturn(one, detailsOrFault)),
    year(incomeYear),
    nowMs,
  );

describe("an unreadable amount", () => {
  const listed = { ...original, filing_year: "2024-2025" };
  const returnWith = (Salaries: unknown) => ({
    ITR: { ITR2: { Form_ITR2: { AssessmentYear: "2025" }, "PartB-TI": { Salaries } } },
  });

  it.each([
    ["in the details", details({ gross_income: "much" })],
    ["in the return's file", details({ raw_itr: returnWith("much") })],
  ])("refuses the year: %s", (_where, told) => {
    const answer = answerAbout(listed, told, 2024);
    expect(answer).toMatchObject({ outcome: "FAILED", fault: { code: "PROVIDER_BAD_RESPONSE" } });
  });

  it("refuses the other return of the year with it", () => {
    const both = placed(listed, { ...listed, itr_id: 2, filing_section: "139(5)", filing_date: "2025-11-10" });
    const mapped = both.map((one, at) => mapReturn(one, details({ raw_itr: returnWith(at === 0 ? 100 : "much") })));
    expect(mapped.map(({ filing }) => filing?.incomeYear)).toEqual([2024, undefined]);
    expect(toFilingsAnswer(mapped, year(2024), nowMs).outcome).toBe("FAILED");
  });
});

describe("the year of a filing", () => {
  it("is that of the return itself, whatever the label says", () => {
    const answer = answerAbout({ ...original, filing_year: "2021-2022" }, details({ raw_itr: rawOf("2025") }), 2024);
    expect(answer).toMatchObject({ outcome: "FOUND", value: [{ incomeYear: 2024 }] });
  });

  it.each(["2024-2025", "2025-2026"])("is known by label and filing date where the return is missing: %s", (label) => {
    expect(answerAbout({ ...original, filing_year: label }, details({}), 2024)).toMatchObject({
      outcome: "FOUND",
      value: [{ incomeYear: 2024, acknowledgementNumber: "123456789100725" }],
    });
  });

  it("is never taken from the label alone", () => {
    const undated = { ...original, filing_date: "null", filing_year: "2024-2025" };
    for (const incomeYear of [2023, 2024]) {
      expect(answerAbout(undated, details({}), incomeYear)).toMatchObject({
        outcome: "FAILED",
        fault: { code: "PROVIDER_BAD_RESPONSE" },
      });
    }
  });
});

describe("a filing", () => {
  it("has the vendor's own totals where the return is missing", () => {
    const told = details({ gross_income: "24,07,081", income: { total_income: 2156580 }, itr_type: "itr_3" });
    expect(answerAbout({ ...original, filing_year: "2024-2025" }, told, 2024)).toMatchObject({
      provenance: { method: "REPORTED" },
      value: [{ form: "ITR_3", grossTotalIncome: rupees(2_407_081), totalIncome: rupees(2_156_580) }],
    });
  });

  it("orders its history by day, oldest first", () => {
    const itr_status = [
      { status: "Processed", date: "02-Aug-2025" },
      { status: "Successfully e-verified", date: "10/07/2025" },
      { status: "ITR Filed", date: "2025-07-10 11:20:00" },
    ];
    const answer = answerAbout({ ...original, filing_year: "2024-2025", itr_status }, details({}), 2024);
    expect(answer).toMatchObject({
      value: [
        {
          status: "PROCESSED",
          statusHistory: [
            { status: "FILED", occurredOn: "2025-07-10" },
            { status: "VERIFIED", occurredOn: "2025-07-10" },
            { status: "PROCESSED", occurredOn: "2025-08-02" },
          ],
        },
      ],
    });
  });

  it("is kept beside a malformed neighbour", () => {
    const returns = placed({ ...original, filing_year: "2024-2025" }, { itr_status: 3 }).map((one) =>
      mapReturn(one, undefined),
    );
    expect(toFilingsAnswer(returns, year(2024), nowMs)).toMatchObject({ outcome: "FOUND", value: [{}] });
  });

  it("that cannot be placed does not pass for an absence", () => {
    const returns = placed({ itr_status: 3 }).map((one) => mapReturn(one, undefined));
    expect(toFilingsAnswer(returns, year(2024), nowMs).outcome).toBe("FAILED");
  });
});

describe("a profile", () => {
  it("is absent where there is no return to stand beside", () => {
    expect(toProfileAnswer(undefined, nowMs).outcome).toBe("ABSENT");
  });

  it("is no absence where the details of a return tell nothing", () => {
    expect(toProfileAnswer(details({}), nowMs)).toMatchObject({
      outcome: "FAILED",
      fault: { code: "PROVIDER_BAD_RESPONSE" },
    });
  });

  it("does not take an Aadhaar number for a link", () => {
    expect(toProfileAnswer(details({ aadhaar_no: "234567890124" }), nowMs)).toMatchObject({
      value: { aadhaar: "XXXX XXXX 0124", aadhaarLink: { linked: null } },
    });
  });
});

describe("a statement of tax credits", () => {
  const entry = { tds_id: "7", assessment_year: "2025-26", financial_year: undefined };
  const row = { name_of_deductor: "INVENTED", tds_deposited: "100" };
  const rowsOf = (...tds_data: readonly unknown[]) => creditRows({ assessment_year: "2025-26", tds_data });
  const creditRows = (body: object) => readReply.creditRows(reply(envelope(body)), pan, uncounted);
  const answerOf = (told: CreditRows | Fault, incomeYear = 2024) =>
    toTaxCreditsAnswer([{ entry, rows: told }], year(incomeYear), nowMs);
  const badResponse = { outcome: "FAILED", fault: { code: "PROVIDER_BAD_RESPONSE" } };

  it("is of the year it says itself, before that of the list", () => {
    expect(answerOf(creditRows({ assessment_year: "2024-2025", tds_data: [row] }), 2023).outcome).toBe("FOUND");
  });

  it("is of the year of the list where it says none", () => {
    expect(answerOf(creditRows({ tds_data: [row] })).outcome).toBe("FOUND");
  });

  it("is absent when it has no row", () => {
    expect(answerOf(rowsOf()).outcome).toBe("ABSENT");
  });

  it.each([
    { deductor: "INVENTED", tax: "100" },
    {},
    "a row",
    7,
    documented.taxCredits.tds_data[0],
    { name_of_deductor: "INVENTED", tax: "100" },
  ])("is a bad response for the row %j, and no absence", (unknown) => {
    expect(answerOf(rowsOf(unknown))).toMatchObject(badResponse);
  });

  it.each([{ deductor: "INVENTED" }, "a row"])("is not taken without its row %j", (unknown) => {
    expect(answerOf(rowsOf(row, unknown))).toMatchObject(badResponse);
  });

  it.each(["many", "12,5000", "1.005"])("is not taken with the amount %j, which is none", (amount) => {
    expect(answerOf(rowsOf({ ...row, tds_deposited: amount }))).toMatchObject(badResponse);
  });

  it("is not taken for half where another statement of its year cannot be read", () => {
    const both = [rowsOf(row), rowsOf({ deductor: "INVENTED" })].map((rows) => ({ entry, rows }));
    expect(toTaxCreditsAnswer(both, year(2024), nowMs)).toMatchObject(badResponse);
  });

  it("that failed does not pass for an absence", () => {
    const fault = new Fault("PROVIDER_TIMEOUT", { provider: "DEEPVUE" });
    expect(answerOf(fault)).toMatchObject({ outcome: "FAILED", fault });
  });
});

describe("the file of an information statement", () => {
  const question = { pan: portalPan as Pan, incomeYear: year(2025) };
  const answerOf = (json: unknown) => toInformation(parseAisFile(Buffer.from(JSON.stringify(json))), question, nowMs);
  const badResponse = {
    answer: expect.objectContaining({
      outcome: "FAILED",
      fault: expect.objectContaining({ code: "PROVIDER_BAD_RESPONSE" }) as object,
    }) as object,
  };
  const withSections = (...sections: readonly unknown[]) => ({ ...portalFile(), partB: { sections } });

  it.each(["", "<html></html>", "[]", '{"detail":"expired"}'])("fails as %j", (text) => {
    expect(toInformation(parseAisFile(Buffer.from(text)), question, nowMs)).toEqual(badResponse);
  });

  it("is found with the file itself", () => {
    expect(answerOf(portalFile())).toMatchObject({
      answer: { outcome: "FOUND", value: { incomeYear: 2025 }, provenance: { method: "PARSED" } },
      files: [{ name: "STATEMENT" }],
    });
  });

  it.each([
    ["logged in", { metadata: { loggedInPan: "ZZZPS9999S" } }],
    ["named in it", { partA: { columnLabel: ["PAN"], columnData: ["ZZZPS9999S"] } }],
    ["logged in with a masked PAN", { metadata: { loggedInPan: "ZZZPS****S" } }],
  ])("of another person %s is refused whole", (_where, changes) => {
    expect(answerOf({ ...portalFile(), ...changes })).toEqual(badResponse);
  });

  it("of the person in small letters is found", () => {
    const metadata = { loggedInPan: portalPan.toLowerCase() };
    expect(answerOf({ ...portalFile(), metadata }).answer.outcome).toBe("FOUND");
  });

  it.each(["2019-20", "2026-27", "soon"])("of the year %s is refused whole", (label) => {
    const header = { columnLabel: ["Financial Year "], columnData: [label] };
    expect(answerOf({ ...portalFile(), header })).toEqual(badResponse);
  });

  it("is absent where its parts are empty", () => {
    expect(answerOf(withSections({ sectionKey: "tdsTcs", elements: [] }, { sectionKey: "sft" }))).toMatchObject({
      answer: { outcome: "ABSENT" },
    });
  });

  it("is a bad response where nothing of it can be read, and no absence", () => {
    expect(answerOf(withSections({ sectionKey: "tdsTcs", elements: [{ table: [["5"]] }] }))).toEqual(badResponse);
  });

  it("tells how much of it cannot be read", () => {
    const { sections } = portalFile().partB as { sections: object[] };
    const odd = { sectionKey: "proceedings", elements: [{ table: [] }] };
    expect(answerOf(withSections(...sections, odd))).toMatchObject({ answer: { value: { unreadCount: 1 } } });
  });
});
