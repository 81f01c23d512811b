import { checkNames } from "../../src/domain/checks";
import type { Filing as DomainFiling } from "../../src/domain/filing";
import type { AcknowledgementNumber } from "../../src/domain/identifiers";
import { largestRupees, rupees } from "../../src/domain/rupees";
import type { VerificationForm } from "../../src/domain/verificationForm";
import { toFiling } from "../../src/graph/filing";
import { toFilingDocuments } from "../../src/graph/filingDocument";
import { testFiling, testTaxCredits } from "../support/persona";
import { hrefOf, taxpayerId, year } from "./gathering";

const number = "123456789100725" as AcknowledgementNumber;
const otherNumber = "987654321201125" as AcknowledgementNumber;

function shown(filing: DomainFiling, checkContext = () => ({})) {
  const reconciled = { filing, provenance: [], disagreements: [], effective: true };
  return toFiling(reconciled, { taxpayerId, documents: [], checkContext });
}

describe("a filing", () => {
  it("shows what the return says", () => {
    const filing = testFiling(2024);
    const { incomeHeads, ...facts } = filing;
    expect(shown(filing)).toMatchObject({ ...facts, incomeHeads: { ...incomeHeads } });
  });

  it("adds up its heads", () => {
    expect(shown(testFiling(2024)).incomeHeads?.total).toBe(rupees(912_345));
  });

  it("leaves the sum of absurd heads open", () => {
    const incomeHeads = { ...testFiling(2024).incomeHeads!, salary: largestRupees };
    expect(shown(testFiling(2024, { incomeHeads })).incomeHeads?.total).toBeNull();
  });

  it("has no heads where only totals are told", () => {
    expect(shown(testFiling(2024, { incomeHeads: undefined })).incomeHeads).toBeUndefined();
  });

  it("is asked for by the year after its income", () => {
    expect(shown(testFiling(2024)).assessmentYear).toBe("2025-26");
  });

  it("is of a tax year from 2026-27 on", () => {
    expect(shown(testFiling(2026)).period).toEqual({
      incomeYear: "2026-27",
      taxYear: "2026-27",
      startsOn: "2026-04-01",
      endsOn: "2027-03-31",
    });
  });

  it("has all checks", () => {
    expect(shown(testFiling(2024)).checks.map(({ name }) => name)).toEqual(checkNames);
  });

  it("is checked against what else is known", () => {
    const { taxesPaid, ...rest } = testFiling(2024);
    const claiming = { ...rest, taxesPaid: { ...taxesPaid, taxDeducted: rupees(72_000), taxCollected: null } };
    const { checks } = shown(claiming as DomainFiling, () => ({ taxCredits: testTaxCredits(2024) }));
    expect(checks.find(({ name }) => name === "TAX_CREDITS_COVER_CLAIM")?.outcome).toBe("PASSED");
  });

  it("is not checked before somebody looks", () => {
    const checkContext = jest.fn(() => ({}));
    shown(testFiling(2024), checkContext);
    expect(checkContext).not.toHaveBeenCalled();
  });

  it("is checked once however often somebody looks", () => {
    const checkContext = jest.fn(() => ({}));
    const filing = shown(testFiling(2024), checkContext);
    expect(filing.checks).toBe(filing.checks);
    expect(checkContext).toHaveBeenCalledTimes(1);
  });
});

describe("the documents of a filing", () => {
  const filing = testFiling(2024, { acknowledgementNumber: number });
  const location = "https://files.example/secret";

  function documentsFor(form: Partial<VerificationForm>) {
    const told: VerificationForm = { incomeYear: year(2024), kind: "ORIGINAL", location, ...form };
    return toFilingDocuments(filing, [{ provider: "TUTELAR", form: told }], hrefOf);
  }

  it("are named for their year", () => {
    expect(documentsFor({ acknowledgementNumber: number })).toEqual([
      {
        kind: "VERIFICATION_FORM",
        fileName: "ITR-V-2025-26.pdf",
        contentType: "application/pdf",
        href: `/documents/TUTELAR-${number}`,
      },
    ]);
  });

  it("never show the provider's address", () => {
    expect(JSON.stringify(documentsFor({ acknowledgementNumber: number }))).not.toContain("files.example");
  });

  it("are known by year and kind where they tell no number", () => {
    expect(documentsFor({})).toHaveLength(1);
  });

  it.each([
    ["another number", { acknowledgementNumber: otherNumber }],
    ["another kind", { kind: "REVISED" }],
    ["another year", { incomeYear: year(2023) }],
    ["no file", { location: undefined }],
  ] as const)("leave out one with %s", (_what, form) => {
    expect(documentsFor(form)).toEqual([]);
  });
});
