import { vocabulary } from "../../src/domain";
import type { Instant } from "../../src/domain/calendarDate";
import type { Filing as DomainFiling } from "../../src/domain/filing/filing";
import type { AcknowledgementNumber } from "../../src/domain/identifiers";
import type { Reported } from "../../src/domain/reconcile";
import { largestRupees, rupees } from "../../src/domain/rupees";
import { incomeYearLabel } from "../../src/domain/taxPeriod";
import type { VerificationForm } from "../../src/domain/filing/fileName";
import { toFiling } from "../../src/graph/filing/filing";
import { toFilingDocuments } from "../../src/graph/filing/filingDocument";
import { testFiling, testTaxCredits } from "../support/persona";
import { taxpayerId, year } from "./gathering";

const number = "123456789100725" as AcknowledgementNumber;
const otherNumber = "987654321201125" as AcknowledgementNumber;

function shown(filing: DomainFiling, checkContext = () => ({})) {
  const reconciled = { filing, provenance: [], disagreements: [], choices: () => [], effective: true };
  return toFiling(reconciled, { taxpayerId, documents: [], checkContext });
}

describe("a filing", () => {
  it("shows what the return says", () => {
    const filing = testFiling(2024);
    const { incomeYear, incomeHeads, ...facts } = filing;
    const seen = shown(filing);
    const read = Object.fromEntries(Object.keys(facts).map((name) => [name, seen[name as keyof typeof seen]]));
    expect(read).toEqual(facts);
    expect(seen.period.incomeYear).toBe(incomeYearLabel(incomeYear));
    expect(seen.incomeHeads).toMatchObject({ ...incomeHeads });
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
    expect(shown(testFiling(2024)).checks.map(({ name }) => name)).toEqual(vocabulary.CheckName);
  });

  it("is checked against what else is known", () => {
    const { taxesPaid, ...rest } = testFiling(2024);
    const claiming = { ...rest, taxesPaid: { ...taxesPaid, taxDeducted: rupees(72_000), taxCollected: rupees(0) } };
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

describe("whose word a filing is", () => {
  const reported: Reported<unknown> = {
    value: rupees(1),
    provenance: { provider: "KWIKID", method: "PARSED", fetchedAt: "2026-11-10T09:00:00.000Z" as Instant },
  };

  function believed() {
    const choices = jest.fn(() => [{ path: "totalIncome", chosen: reported, reports: [reported] }]);
    const reconciled = { filing: testFiling(2024), provenance: [], disagreements: [], choices, effective: true };
    const filing = toFiling(reconciled, { taxpayerId, documents: [], checkContext: () => ({}) });
    return { filing, choices };
  }

  it("is told fact by fact", () => {
    expect(believed().filing.beliefs).toEqual([
      {
        path: "totalIncome",
        ...reported.provenance,
        reason: "the only one who tells it",
        agreedBy: [],
      },
    ]);
  });

  it("is not reckoned before somebody looks", () => {
    expect(believed().choices).not.toHaveBeenCalled();
  });

  it("is reckoned once however often somebody looks", () => {
    const { filing, choices } = believed();
    expect(filing.beliefs).toBe(filing.beliefs);
    expect(choices).toHaveBeenCalledTimes(1);
  });
});

describe("the documents of a filing", () => {
  const filing = testFiling(2024, { acknowledgementNumber: number });
  const location = "https://files.example/secret";

  function documentsFor(form: Partial<VerificationForm>) {
    const reported: VerificationForm = { incomeYear: year(2024), kind: "ORIGINAL", location, ...form };
    return toFilingDocuments(taxpayerId, filing, { forms: [{ provider: "TUTELAR", form: reported }], files: [] });
  }

  it("are named for their year", () => {
    expect(documentsFor({ acknowledgementNumber: number })).toEqual([
      {
        kind: "VERIFICATION_FORM",
        fileName: "ITR-V-2025-26.pdf",
        contentType: "application/pdf",
        place: { taxpayerId, provider: "TUTELAR", document: "VERIFICATION_FORM", incomeYear: 2024, name: number },
      },
    ]);
  });

  it.each([
    ["of its own number", number, 1],
    ["of its own kind, where no number is told", "ORIGINAL", 1],
    ["of another number", otherNumber, 0],
    ["of another kind", "REVISED", 0],
  ])("have the file of the return %s", (_what, name, count) => {
    const files = [{ provider: "KWIKID", incomeYear: year(2024), name }];
    expect(toFilingDocuments(taxpayerId, filing, { forms: [], files })).toHaveLength(count);
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
