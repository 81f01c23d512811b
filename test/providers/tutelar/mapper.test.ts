import type { IncomeYear } from "../../../src/domain/taxPeriod";
import type { Pan } from "../../../src/domain/identifiers";
import { readVerification } from "../../../src/providers/tutelar/contract";
import completed from "../../../src/providers/tutelar/fixtures/completed.json";
import { toReadings } from "../../../src/providers/tutelar/mapper";
import { reply } from "../eko/replies";

const pan = "EVXPD2019C" as Pan;
const nowMs = Date.UTC(2026, 7, 1);
const [sample] = completed.result.itr_result;

function readingsOf(forms: unknown, years?: readonly number[]) {
  const count = Array.isArray(forms) ? forms.length : 0;
  const result = { message: `${count} year ITR V available in the last 3 years`, itr_result: forms };
  const body = { ...completed, result };
  const verification = readVerification(reply(body), pan, () => undefined);
  if (verification.state !== "COMPLETED") throw new Error("the sample is completed");
  const documents = ["VERIFICATION_FORM", "FILINGS"] as const;
  const wish = years && { pan, documents, incomeYears: years as readonly IncomeYear[] };
  return toReadings(verification.forms, nowMs, wish);
}

const outcomes = (forms: unknown, years?: readonly number[]) =>
  readingsOf(forms, years).map(({ document, incomeYear, answer }) => [document, incomeYear, answer.outcome]);

it("reads the published form as one of the income of 2024-25", () => {
  const provenance = { provider: "TUTELAR", method: "REPORTED", fetchedAt: "2026-08-01T00:00:00.000Z" };
  const filing = { incomeYear: 2024, acknowledgementNumber: "219853550300625", kind: "ORIGINAL" };
  expect(readingsOf([sample])).toEqual([
    {
      document: "VERIFICATION_FORM",
      incomeYear: 2024,
      answer: { outcome: "FOUND", provenance, value: [{ ...filing, location: sample?.assessment_pdf }] },
    },
    {
      document: "FILINGS",
      incomeYear: 2024,
      answer: {
        outcome: "FOUND",
        provenance: { ...provenance, method: "DERIVED" },
        value: [
          {
            ...filing,
            form: "UNKNOWN",
            timeliness: "UNKNOWN",
            status: "FILED",
            statusHistory: [],
            regime: "UNKNOWN",
            grossTotalIncome: null,
            deductions: null,
            totalIncome: null,
            demand: null,
            bankAccounts: [],
          },
        ],
      },
    },
  ]);
});

it("keeps a revised return beside its original", () => {
  const revised = { ...sample, filing_type: "Revised", acknowledgement_number: "219853550311225" };
  const [forms] = readingsOf([revised, sample]);
  expect(forms).toMatchObject({ answer: { value: [{ kind: "REVISED" }, { kind: "ORIGINAL" }] } });
});

it("finds nothing where there is no form", () => {
  expect(outcomes([])).toEqual([
    ["VERIFICATION_FORM", undefined, "ABSENT"],
    ["FILINGS", undefined, "ABSENT"],
  ]);
});

it("tells of every wished year", () => {
  expect(outcomes([sample], [2024, 2023]).filter(([document]) => document === "FILINGS")).toEqual([
    ["FILINGS", 2024, "FOUND"],
    ["FILINGS", 2023, "ABSENT"],
  ]);
});

it.each<[string, unknown]>([
  ["null", null],
  ["a text", "none"],
  ["a form without a year", { ...sample, filing_year: "AY 2024" }],
])("loses no form to a neighbour that is %s", (_what, neighbour) => {
  expect(readingsOf([neighbour, sample], [2024])[0]).toMatchObject({ answer: { outcome: "FOUND", value: [{}] } });
});

it("does not claim an absence that an unreadable form may contradict", () => {
  expect(outcomes([{ ...sample, filing_year: "?" }, sample], [2023])).toEqual([
    ["VERIFICATION_FORM", 2023, "FAILED"],
    ["FILINGS", 2023, "FAILED"],
  ]);
});

it("fails where the list is none", () => {
  expect(outcomes("0 year ITR V")[0]).toEqual(["VERIFICATION_FORM", undefined, "FAILED"]);
});
