import type { Answer } from "../../../src/domain/answer";
import type { Filing } from "../../../src/domain/filing/filing";
import type { Pan } from "../../../src/domain/identifiers";
import { rupees } from "../../../src/domain/rupees";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { readReturns } from "../../../src/providers/finpass/contract";
import filings from "../../../src/providers/finpass/fixtures/filings.json";
import records from "../../../src/providers/finpass/fixtures/records.json";
import { finpass } from "../../../src/providers/finpass";
import { toReadings } from "../../../src/providers/finpass/mapper";
import { reply } from "../eko/replies";

const nowMs = Date.UTC(2026, 7, 1);
const provenance = { provider: "FINPASS", method: "REPORTED", fetchedAt: "2026-08-01T00:00:00.000Z" };

function readingsOf(sample: unknown, pan: string, years: readonly number[]) {
  const returns = readReturns(reply(sample), pan as Pan, () => undefined);
  if (returns === "NOT_YET") throw new Error("the samples are complete");
  const incomeYears = years as readonly IncomeYear[];
  const readings = toReadings(returns, { pan: pan as Pan, documents: finpass.documents, incomeYears }, nowMs);
  return (document: string, incomeYear?: number) =>
    readings.find((reading) => reading.document === document && reading.incomeYear === incomeYear)?.answer;
}

function onlyFiling(answer: Answer<unknown> | undefined): Filing {
  if (answer?.outcome !== "FOUND") throw new Error("no filing was found");
  const [filing, ...others] = answer.value as readonly Filing[];
  expect(others).toEqual([]);
  return filing!;
}

describe("the sample of the documented table", () => {
  const answerTo = readingsOf(records, "ABCDE1234F", [2023, 2022, 2021, 2020]);

  it("has a return for the assessment year 2024-25, which is the income of 2023-24", () => {
    expect(onlyFiling(answerTo("FILINGS", 2023))).toEqual({
      acknowledgementNumber: "123456789012345",
      incomeYear: 2023,
      form: "ITR_1",
      kind: "ORIGINAL",
      filedOn: "2024-07-15",
      timeliness: "UNKNOWN",
      status: "FILED",
      statusHistory: [],
      regime: "UNKNOWN",
      incomeHeads: {
        salary: rupees(1_020_000),
        houseProperty: rupees(-40_000),
        businessOrProfession: rupees(0),
        capitalGains: rupees(0),
        otherSources: rupees(100_000),
      },
      grossTotalIncome: rupees(1_080_000),
      deductions: rupees(150_000),
      totalIncome: rupees(930_000),
      tax: {
        taxOnTotalIncome: null,
        rebate: null,
        surcharge: null,
        cess: null,
        grossTaxLiability: null,
        relief: null,
        netTaxLiability: null,
        interest: null,
        lateFilingFee: null,
        totalPayable: rupees(93_600),
      },
      taxesPaid: {
        advanceTax: rupees(0),
        taxDeducted: rupees(88_000),
        taxCollected: null,
        selfAssessmentTax: rupees(5_600),
        total: null,
        balancePayable: null,
      },
      refund: { claimed: rupees(0) },
      demand: rupees(0),
      bankAccounts: [],
    });
  });

  it.each([
    [2022, { acknowledgementNumber: "987654321098765", filedOn: "2023-07-28", refund: { claimed: rupees(3_300) } }],
    [2021, { acknowledgementNumber: "543216789054321", filedOn: "2022-07-20", refund: { claimed: rupees(1_500) } }],
  ])("has a return of %d whose refund was issued", (year, facts) => {
    expect(onlyFiling(answerTo("FILINGS", year))).toMatchObject({ ...facts, status: "REFUND_ISSUED" });
  });

  // No regime yields them, and the vendor's word is passed on as it is.
  it.each([
    [2023, 93_600],
    [2022, 78_200],
    [2021, 55_500],
  ])("keeps the tax of %d that no law explains", (year, tax) => {
    expect(onlyFiling(answerTo("FILINGS", year)).tax?.totalPayable).toBe(rupees(tax));
  });

  it("has no return of a year that it does not list", () => {
    expect(answerTo("FILINGS", 2020)).toEqual({ outcome: "ABSENT", provenance });
  });

  it("has a name for a profile", () => {
    expect(answerTo("PROFILE")).toEqual({
      outcome: "FOUND",
      value: { name: "RAHUL SHARMA", aadhaarLink: { linked: null } },
      provenance,
    });
  });

  it("owes nothing", () => {
    expect(answerTo("DEMANDS")?.outcome).toBe("ABSENT");
  });

  it.each([
    ["TAX_CREDITS", 2023],
    ["AADHAAR_LINK", undefined],
  ])("does not carry %s", (document, year) => {
    expect(answerTo(document, year)).toEqual({ outcome: "UNSUPPORTED", provider: "FINPASS" });
  });
});

describe("the attached sample", () => {
  const answerTo = readingsOf(filings, "AABPM5678K", [2024, 2023]);
  const filing = onlyFiling(answerTo("FILINGS", 2024));

  it("has one return, of the financial year 2024-25, in three spellings of that year", () => {
    expect(filing).toMatchObject({
      incomeYear: 2024,
      acknowledgementNumber: "550701280025728",
      form: "ITR_2",
      kind: "ORIGINAL",
      section: "139(1)",
      filedOn: "2025-07-28",
      timeliness: "ON_TIME",
    });
  });

  it("has the history of that return oldest first", () => {
    expect(filing.statusHistory).toEqual([
      { status: "FILED", label: "ITR Filed", occurredOn: "2025-07-28" },
      { status: "VERIFICATION_PENDING", label: "Pending for e-verification", occurredOn: "2025-07-28" },
      { status: "VERIFIED", label: "Successfully e-verified", occurredOn: "2025-07-28" },
      {
        status: "PROCESSED",
        label: "ITR processed refund determined and sent out to Refund Banker",
        occurredOn: "2025-10-10",
      },
      { status: "REFUND_ISSUED", label: "Refund Paid", occurredOn: "2025-10-15" },
    ]);
    expect(filing.status).toBe("REFUND_ISSUED");
  });

  it("has its income from the analysis, since the file leaves it out", () => {
    expect(filing).toMatchObject({
      incomeHeads: {
        salary: rupees(950_000),
        houseProperty: rupees(12_000),
        businessOrProfession: rupees(0),
        capitalGains: rupees(0),
        otherSources: rupees(8_500),
      },
      grossTotalIncome: rupees(970_500),
      deductions: rupees(150_000),
      totalIncome: rupees(820_500),
    });
  });

  it("keeps a rebate that exceeds every limit of the law", () => {
    expect(filing.tax).toEqual({
      taxOnTotalIncome: rupees(95_000),
      rebate: rupees(95_000),
      surcharge: rupees(0),
      cess: rupees(0),
      grossTaxLiability: rupees(0),
      relief: rupees(0),
      netTaxLiability: rupees(0),
      interest: rupees(0),
      lateFilingFee: rupees(0),
      totalPayable: rupees(0),
    });
  });

  it("believes the file's regime before the analysis, which says the other one", () => {
    expect(filings.data.filings[0]?.analyzed_data.filing_info.tax_regime).toMatch(/^Old/);
    expect(filing.regime).toBe("NEW");
    expect(filing.contradictions).toEqual([{ path: "regime", believed: "NEW", alsoTold: "OLD" }]);
  });

  it("has the taxes paid from the file", () => {
    expect(filing.taxesPaid).toEqual({
      advanceTax: rupees(0),
      taxDeducted: rupees(5_450),
      taxCollected: rupees(0),
      selfAssessmentTax: rupees(0),
      total: rupees(5_450),
      balancePayable: rupees(0),
    });
  });

  it("claims a refund that was paid in October", () => {
    expect(filing.refund).toEqual({ claimed: rupees(5_450), issuedOn: "2025-10-15" });
  });

  it("has both of the file's accounts for the refund, though the analysis has one", () => {
    expect(filing.bankAccounts).toEqual([
      {
        accountNumber: "XXXX2345",
        kind: "SAVINGS",
        bankName: "HDFC BANK LIMITED",
        ifsc: "HDFC0000001",
        isForRefund: true,
      },
      {
        accountNumber: "XXXX8765",
        kind: "SAVINGS",
        bankName: "ICICI BANK LIMITED",
        ifsc: "ICIC0000001",
        isForRefund: true,
      },
    ]);
  });

  it("is due on the extended day, and not on the form's constant", () => {
    expect(filing.dueOn).toBe("2025-09-16");
  });

  it("says that its figures were read from a file", () => {
    expect(answerTo("FILINGS", 2024)).toMatchObject({ provenance: { ...provenance, method: "PARSED" } });
  });

  it("has the whole profile", () => {
    expect(answerTo("PROFILE")).toEqual({
      outcome: "FOUND",
      provenance,
      value: {
        name: "RAJESH KUMAR SHARMA",
        dateOfBirth: "1998-05-15",
        gender: "M",
        category: "Individual",
        status: "Active",
        email: "rajesh.sharma.tax@gmail.com",
        mobile: "9876543210",
        address: {
          lines: ["Apt 405, Tower B", "MG Road Extension"],
          locality: "Bangalore",
          city: "Bangalore",
          // The file's code for the state, 29, would be Tamil Nadu; the vendor's own word is taken.
          state: "KARNATAKA",
          postalCode: "560080",
          country: "INDIA",
        },
        aadhaar: "XXXX XXXX 5678",
        aadhaarLink: { linked: true, label: "Linked" },
        jurisdiction: {
          name: "CIRCLE 15(2), BANGALORE",
          areaCode: "BLR",
          officerKind: "B",
          rangeCode: "25",
          officerNumber: "5",
          office: "INCOME TAX TOWER, BANGALORE",
          email: "BANGALORE.DCIT15.5@INCOMETAX.GOV.IN",
        },
      },
    });
  });

  it("is linked to an Aadhaar number", () => {
    expect(answerTo("AADHAAR_LINK")).toMatchObject({ value: { linked: true, label: "Linked" } });
  });

  it("leaves out a TAN that is none, and keeps its deductor", () => {
    expect(answerTo("TAX_CREDITS", 2024)).toEqual({
      outcome: "FOUND",
      provenance,
      value: {
        incomeYear: 2024,
        deductors: [
          {
            name: "XYZ CORPORATION LTD",
            credits: [
              {
                kind: "DEDUCTED",
                bookingStatus: "UNKNOWN",
                amountPaid: null,
                taxWithheld: rupees(5_450),
                taxDeposited: null,
              },
            ],
          },
        ],
      },
    });
  });

  it.each([
    ["FILINGS", 2023],
    ["TAX_CREDITS", 2023],
    ["DEMANDS", undefined],
  ])("has no %s of %p", (document, year) => {
    expect(answerTo(document, year)).toEqual({ outcome: "ABSENT", provenance });
  });
});

it.each([
  ["filings", filings, "AABPM5678K", ["123456789012", "123456789012345", "987654321098765"]],
  ["records", records, "ABCDE1234F", []],
])("lets no full Aadhaar or account number past the contract: %s", (_which, sample, pan, numbers) => {
  const returns = JSON.stringify(readReturns(reply(sample), pan as Pan, () => undefined));
  for (const number of numbers) expect(returns).not.toContain(number);
});

it.each([
  ["filings", filings, "AABPM5678K"],
  ["records", records, "ABCDE1234F"],
])("knows every field of its sample: %s", (_which, sample, pan) => {
  const counts: number[] = [];
  readReturns(reply(sample), pan as Pan, (count) => counts.push(count));
  expect(counts).toEqual([0]);
});
