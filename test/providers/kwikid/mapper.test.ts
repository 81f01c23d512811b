import type { Pan } from "../../../src/domain/identifiers";
import { rupees } from "../../../src/domain/rupees";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { readReply } from "../../../src/providers/kwikid/contract";
import { printSummary } from "../../../src/providers/kwikid/fixtures/flatSummary";
import { toOutcome, toReadings } from "../../../src/providers/kwikid/mapper";
import { testFiling, testPersona } from "../../support/persona";
import { flatSummary, reply } from "./replies";

const pan = "ZZZPA1234C" as Pan;

function outcomeOf(itr_data: unknown, incomeYear?: number) {
  const itrData = readReply.itrData(reply({ itr_data }), () => undefined);
  return toOutcome(itrData, { pan, incomeYear: incomeYear as IncomeYear | undefined, nowMs: 0 });
}

const badResponse = expect.objectContaining({ code: "PROVIDER_BAD_RESPONSE" }) as unknown as Error;

describe("a flat summary", () => {
  it("is a filing as the vendor reports it", () => {
    expect(outcomeOf(flatSummary)).toEqual({
      is: "RETURN",
      incomeYear: 2024,
      provenance: { provider: "KWIKID", method: "REPORTED", fetchedAt: "1970-01-01T00:00:00.000Z" },
      filing: {
        acknowledgementNumber: "123456789100725",
        incomeYear: 2024,
        form: "ITR_1",
        kind: "ORIGINAL",
        section: "139(1)",
        filedOn: "2025-07-10",
        timeliness: "UNKNOWN",
        status: "PROCESSED",
        statusHistory: [],
        regime: "NEW",
        incomeHeads: {
          salary: rupees(900_000),
          houseProperty: null,
          businessOrProfession: null,
          capitalGains: null,
          otherSources: rupees(12_345),
        },
        grossTotalIncome: rupees(912_345),
        deductions: null,
        totalIncome: rupees(912_350),
        taxesPaid: {
          advanceTax: null,
          taxDeducted: rupees(54_000),
          taxCollected: null,
          selfAssessmentTax: null,
          total: null,
          balancePayable: null,
        },
        refund: { claimed: rupees(1_200) },
        demand: null,
        bankAccounts: [{ accountNumber: "XXXX7890", kind: "UNKNOWN", bankName: "Invented Bank" }],
      },
      profile: {
        name: "ASHA PATIL",
        dateOfBirth: "1988-05-14",
        aadhaar: "XXXX XXXX 0124",
        aadhaarLink: { linked: null },
      },
    });
  });

  it.each([
    [{ assessment_year: "2025-26" }, 2024],
    [{ assessment_year: "2025" }, 2024],
    [{ financial_year: "2024-25" }, 2024],
  ])("is of the year that it names, by its own kind of label: %j", (label, incomeYear) => {
    expect(outcomeOf({ ...label, total_income: 1 })).toMatchObject({ incomeYear });
  });

  it("is of the year that was asked about when it names none", () => {
    expect(outcomeOf({ total_income: 1 }, 2022)).toMatchObject({ filing: { incomeYear: 2022 } });
  });

  it("is nothing to rely on without any year", () => {
    expect(() => outcomeOf({ total_income: 1 })).toThrow(badResponse);
  });

  it("is nothing to rely on without any substance", () => {
    expect(() => outcomeOf({ assessment_year: "2025-26", name: "ASHA PATIL" })).toThrow(badResponse);
  });

  it("is no filing when it says so", () => {
    const outcome = outcomeOf({ assessment_year: "2025-26", status: "Not Filed" });
    expect(outcome).toMatchObject({ is: "NONE", incomeYear: 2024 });
  });

  it("leaves out what it tells in an unreadable way", () => {
    const outcome = outcomeOf({ ...flatSummary, gross_total_income: "N/A", filing_date: "soon" });
    expect(outcome).toMatchObject({
      filing: { grossTotalIncome: null, filedOn: undefined, totalIncome: rupees(912_350) },
    });
  });

  it("is nothing to rely on with an unreadable amount", () => {
    expect(() => outcomeOf({ ...flatSummary, gross_total_income: "about nine lakh" })).toThrow(badResponse);
  });

  it.each([
    ["New Tax Regime", "NEW"],
    ["115BAC", "NEW"],
    ["old regime", "OLD"],
    ["new or old", "UNKNOWN"],
  ])("names its regime: %s", (tax_regime, regime) => {
    expect(outcomeOf({ ...flatSummary, tax_regime })).toMatchObject({ filing: { regime } });
  });

  it("comes back from the simulator's print with the same figures", () => {
    const filing = testFiling(2024, { taxesPaid: undefined });
    const { incomeHeads, grossTotalIncome, deductions, totalIncome, filedOn, kind, section, regime } = filing;
    const printed: unknown = JSON.parse(JSON.stringify(printSummary(filing, testPersona())));
    expect(outcomeOf(printed)).toMatchObject({
      filing: { incomeHeads, grossTotalIncome, deductions, totalIncome, filedOn, kind, section, regime },
    });
  });
});

describe("an answer about somebody else", () => {
  it("is not taken", () => {
    expect(() => outcomeOf({ ...flatSummary, PAN: "ZZZPB9999Z" })).toThrow(badResponse);
  });

  it("is not taken out of a file", () => {
    const file = { ITR: { ITR1: { PersonalInfo: { PAN: "ZZZPB9999Z" }, Form_ITR1: { AssessmentYear: "2025" } } } };
    expect(() => outcomeOf(file)).toThrow(badResponse);
  });

  it("is not seen in a PAN that is masked", () => {
    expect(outcomeOf({ ...flatSummary, PAN: "ZZZPA****C" }).is).toBe("RETURN");
  });
});

describe("the profile", () => {
  const older = outcomeOf({ ...flatSummary, assessment_year: "2023-24", Name: "ASHA RAO" });
  const newer = outcomeOf(flatSummary);
  const none = outcomeOf({}, 2021);
  const profileOf = (outcomes: Parameters<typeof toReadings>[0]) =>
    toReadings(outcomes, { withProfile: true }).find(({ document }) => document === "PROFILE");

  it("is that of the newest return", () => {
    expect(profileOf([older, none, newer])).toMatchObject({ answer: { value: { name: "ASHA PATIL" } } });
  });

  it("is absent where there are no returns", () => {
    expect(profileOf([none])).toMatchObject({ answer: { outcome: "ABSENT" } });
  });

  it("is left out when it is known already", () => {
    expect(toReadings([newer], { withProfile: false }).map(({ document }) => document)).toEqual(["FILINGS"]);
  });
});
