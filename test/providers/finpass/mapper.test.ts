import type { DocumentKind } from "../../../src/domain/answer";
import type { Pan } from "../../../src/domain/identifiers";
import { rupees } from "../../../src/domain/rupees";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { readReturns } from "../../../src/providers/finpass/contract";
import filings from "../../../src/providers/finpass/fixtures/filings.json";
import records from "../../../src/providers/finpass/fixtures/records.json";
import { toReadings } from "../../../src/providers/finpass/mapper";
import { reply } from "../eko/replies";

const [sampleFiling] = filings.data.filings;
const [sampleRecord] = records.data.itr_records;

function answerTo(document: DocumentKind, sample: { data: { pan: string } }, changes: object, year = 2024) {
  const pan = sample.data.pan as Pan;
  const returns = readReturns(reply({ ...sample, data: { ...sample.data, ...changes } }), pan, () => undefined);
  if (returns === "NOT_YET") throw new Error("the samples are complete");
  const [reading] = toReadings(returns, { pan, documents: [document], incomeYears: [year as IncomeYear] }, 0);
  return reading?.answer;
}
const filingsOf = (list: unknown, year?: number) => answerTo("FILINGS", filings, { filings: list }, year);
const filedAs = (changes: object) => filingsOf([{ ...sampleFiling, ...changes }]);
const recordsOf = (list: unknown, changes = {}) =>
  answerTo("FILINGS", records, { itr_records: list, ...changes }, 2023);

describe("a return of three sources", () => {
  const { ITR: file } = sampleFiling!.parsed_data;
  const fileOfYear = (AssessmentYear: string) => ({ ITR: { ITR2: { ...file.ITR2, Form_ITR2: { AssessmentYear } } } });
  const { tax_computation: analysis } = sampleFiling!.analyzed_data;

  it("has the file's figure where the analysis contradicts it", () => {
    const analyzed_data = { ...sampleFiling!.analyzed_data, tax_computation: { ...analysis, refund_due: 1 } };
    expect(filedAs({ analyzed_data })).toMatchObject({ value: [{ refund: { claimed: rupees(5_450) } }] });
  });

  it("has the analysis for want of a file", () => {
    expect(filedAs({ parsed_data: null })).toMatchObject({
      value: [
        {
          incomeYear: 2024,
          regime: "OLD",
          tax: { rebate: rupees(95_000), lateFilingFee: null },
          bankAccounts: [{ accountNumber: "XXXX2345", isForRefund: true }],
        },
      ],
      provenance: { method: "REPORTED" },
    });
  });

  it("has the file for want of an analysis", () => {
    const told = filedAs({ analyzed_data: null });
    expect(told).toMatchObject({ value: [{ grossTotalIncome: null, tax: { rebate: rupees(95_000) } }] });
  });

  it("has the year of its file where the list's label means the assessment year", () => {
    expect(filedAs({ filing_year: "2025-2026", parsed_data: fileOfYear("2025") })).toMatchObject({
      value: [{ incomeYear: 2024 }],
    });
  });

  it.each<[string, object]>([
    ["the file is of another year than the list says", { filing_year: "2024-2025", parsed_data: fileOfYear("2021") }],
    ["the file is of another year than the analysis", { filing_year: null, parsed_data: fileOfYear("2024") }],
    ["the analysis is of another year than the list says", { filing_year: "2021-2022" }],
  ])("is refused where %s", (_why, changes) => {
    expect(filedAs(changes)).toMatchObject({ outcome: "FAILED", fault: { code: "PROVIDER_BAD_RESPONSE" } });
  });

  it("has the year of its analysis where the list tells none", () => {
    expect(filedAs({ filing_year: null })).toMatchObject({ value: [{ incomeYear: 2024 }] });
  });

  it.each([
    ["Belated", "139(4)", "BELATED"],
    [null, "139(5)", "REVISED"],
    [null, null, "ORIGINAL"],
  ])("is by the type %p under section %p a filing of the kind %s", (filing_type, filing_section, kind) => {
    expect(filedAs({ filing_type, filing_section })).toMatchObject({ value: [{ kind }] });
  });

  it("has its history in the order of its dates", () => {
    const itr_status = sampleFiling!.itr_status.toReversed();
    expect(filedAs({ itr_status })).toMatchObject({ value: [{ status: "REFUND_ISSUED" }] });
  });
});

describe("a list of returns", () => {
  it.each<[string, unknown]>([
    ["null", null],
    ["a text", "none"],
    ["without a year", { filing_year: "?" }],
    ["full of nonsense", { ...sampleFiling, parsed_data: [1], analyzed_data: 2, itr_status: {}, filing_date: {} }],
  ])("loses none to a neighbour that is %s", (_what, neighbour) => {
    expect(filingsOf([neighbour, sampleFiling])).toMatchObject({
      outcome: "FOUND",
      value: expect.arrayContaining([expect.objectContaining({ totalIncome: rupees(820_500) })]) as unknown,
    });
  });

  it("keeps two returns of one year", () => {
    const revised = { ...sampleFiling, filing_type: "Revised", filing_section: "139(5)" };
    expect(filingsOf([revised, sampleFiling])).toMatchObject({ value: [{ kind: "REVISED" }, { kind: "ORIGINAL" }] });
  });

  it.each<[string, unknown, string]>([
    ["that is empty", [], "ABSENT"],
    ["that is none", null, "FAILED"],
    ["with an entry that may be of the year", [{ filing_year: "?" }], "FAILED"],
  ])("%s is %3$s", (_what, list, outcome) => {
    expect(filingsOf(list, 2023)?.outcome).toBe(outcome);
  });
});

describe("the table's one word for the kind of all returns", () => {
  it.each([
    ["Regular", [sampleRecord, sampleRecord], "ORIGINAL"],
    ["Belated", [sampleRecord], "BELATED"],
    ["Belated", [sampleRecord, sampleRecord], "OTHER"],
  ])("%s over %j is %s", (filing_status, list, kind) => {
    expect(recordsOf(list, { filing_status })).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ kind })]) as unknown,
    });
  });
});

describe("the table's amounts", () => {
  it.each<[unknown, unknown]>([
    ["10,80,000", rupees(1_080_000)],
    ["1080000.50", 108_000_050],
    [null, null],
    [undefined, null],
  ])("read %j as %p", (gross_total_income, grossTotalIncome) => {
    expect(recordsOf([{ ...sampleRecord, gross_total_income }])).toMatchObject({ value: [{ grossTotalIncome }] });
  });
});

it("refuses a year with an unreadable amount", () => {
  const answer = recordsOf([{ ...sampleRecord, gross_total_income: "much" }]);
  expect(answer).toMatchObject({ outcome: "FAILED", fault: { code: "PROVIDER_BAD_RESPONSE" } });
});

describe("demands", () => {
  it("are those of the table that are not zero", () => {
    const list = [{ ...sampleRecord, demand_amount: 4_200 }, sampleRecord];
    const answer = answerTo("DEMANDS", records, { itr_records: list });
    expect(answer).toMatchObject({ outcome: "FOUND", value: [{ incomeYear: 2023, amount: rupees(4_200) }] });
  });

  it("may be there where the table does not tell", () => {
    const list = [{ ...sampleRecord, demand_amount: null }];
    expect(answerTo("DEMANDS", records, { itr_records: list })?.outcome).toBe("FAILED");
  });

  it("are kept even where their form is unknown", () => {
    const answer = answerTo("DEMANDS", filings, { outstanding_demands: [{ colour: "red" }] });
    expect(answer).toMatchObject({ outcome: "FOUND", value: [{ amount: null }] });
  });
});

describe("the demand on a return", () => {
  const owed = { assessment_year: "2025-26", demand_amount: 4_200, demand_date: "2025-12-01" };
  const raised = { ...sampleFiling, itr_status: [{ status: "Processed with demand due", date: "2025-12-01" }] };
  const underWay = { ...sampleFiling, itr_status: [{ status: "Under processing", date: "2025-12-01" }] };

  function demandsOn(list: readonly unknown[], outstanding_demands: unknown): unknown {
    const answer = answerTo("FILINGS", filings, { filings: list, outstanding_demands });
    return answer?.outcome === "FOUND" && (answer.value as readonly { demand: unknown }[]).map(({ demand }) => demand);
  }

  it("is what its year owes where one was raised on it", () => {
    expect(demandsOn([raised], [owed, { ...owed, demand_amount: 800 }])).toEqual([rupees(5_000)]);
  });

  it("is nothing where the Department is through with it", () => {
    expect(demandsOn([sampleFiling], [{ ...owed, assessment_year: "2024-25" }])).toEqual([rupees(0)]);
  });

  it.each<[string, readonly unknown[], unknown]>([
    ["the Department is not through with it", [underWay], []],
    ["the list could not be read", [raised], null],
    ["an entry could not be read", [raised], [owed, "?"]],
    ["an amount is not told", [raised], [owed, { ...owed, demand_amount: null }]],
    ["some demand is of no year", [sampleFiling], [{ ...owed, assessment_year: null }]],
    ["it was raised on no return of its year", [sampleFiling], [owed]],
    ["none is listed though one was raised", [raised], []],
    ["the amounts are absurd", [raised], [7e13, 7e13].map((demand_amount) => ({ ...owed, demand_amount }))],
  ])("is not told where %s", (_why, list, demands) => {
    expect(demandsOn(list, demands)).toEqual([null]);
  });

  it("is not told where it may be on either of two returns", () => {
    const revised = { ...raised, filing_type: "Revised", acknowledgement_no: "987654321201125" };
    expect(demandsOn([revised, raised], [owed])).toEqual([null, null]);
  });
});

describe("the link to an Aadhaar number", () => {
  it.each([
    ["Linked", true],
    ["Not Linked", false],
    ["Pending", null],
  ])("is by the word %j %p", (aadhaar_status, linked) => {
    const profile = { ...filings.data.profile, aadhaar_status };
    expect(answerTo("AADHAAR_LINK", filings, { profile })).toMatchObject({ value: { linked, label: aadhaar_status } });
  });

  it("is not carried where nothing is said of it", () => {
    const profile = { ...filings.data.profile, aadhaar_status: null };
    expect(answerTo("AADHAAR_LINK", filings, { profile })?.outcome).toBe("UNSUPPORTED");
  });
});

it("brings the instalments of one deductor together", () => {
  const [row] = filings.data.tds_26as;
  const other = { ...row, deductor_tan: "PNEI01234A", deductor_name: "INVENTED SYSTEMS LIMITED" };
  const answer = answerTo("TAX_CREDITS", filings, { tds_26as: [other, row, { ...other, tds_amount: "1,000" }] });
  expect(answer).toMatchObject({
    value: {
      deductors: [
        { tan: "PNEI01234A", credits: [{ taxWithheld: rupees(5_450) }, { taxWithheld: rupees(1_000) }] },
        { credits: [{}] },
      ],
    },
  });
});

it("is no statement of taxes without one of its rows", () => {
  const [row] = filings.data.tds_26as;
  const answer = answerTo("TAX_CREDITS", filings, { tds_26as: [row, { ...row, tds_amount: "much" }] });
  expect(answer).toMatchObject({ outcome: "FAILED", fault: { code: "PROVIDER_BAD_RESPONSE" } });
});

describe("the kind of a tax", () => {
  const [row] = filings.data.tds_26as;
  const creditOf = (changes: object) => answerTo("TAX_CREDITS", filings, { tds_26as: [{ ...row, ...changes }] });
  const isOf = (kind: string) => ({ value: { deductors: [{ credits: [{ kind }] }] } });

  it.each([
    ["206CL", "COLLECTED"],
    ["192", "DEDUCTED"],
  ])("is that of its section where a row names one: %s", (section, kind) => {
    expect(creditOf({ section })).toMatchObject(isOf(kind));
  });

  it.each(["TCS", "TCS - Motor Vehicle", "Tax Collected at Source", "206CQ", "TCS-206CL"])(
    "is COLLECTED where the type of income says so: %s",
    (income_type) => {
      expect(creditOf({ income_type })).toMatchObject(isOf("COLLECTED"));
    },
  );

  it.each(["Salary", "Interest", "Rent collected by an agent", "", null, 206])(
    "is DEDUCTED where the type of income is %j",
    (income_type) => {
      expect(creditOf({ income_type })).toMatchObject(isOf("DEDUCTED"));
    },
  );
});

it("keeps the section of a tax beside the vendor's own spelling", () => {
  const [row] = filings.data.tds_26as;
  const answer = answerTo("TAX_CREDITS", filings, { tds_26as: [{ ...row, section: "206CL" }] });
  expect(answer).toMatchObject({
    value: { deductors: [{ credits: [{ section: "206C(1F)", sectionLabel: "206CL" }] }] },
  });
});
