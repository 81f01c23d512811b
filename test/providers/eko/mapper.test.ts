import type { Pan } from "../../../src/domain/identifiers";
import { readCompliance } from "../../../src/providers/eko/contract";
import { toComplianceAnswer } from "../../../src/providers/eko/mapper";
import { documented, reply } from "./replies";

const pan = "ABCDE1234F" as Pan;
const nowMs = Date.UTC(2026, 7, 1, 9, 30);

const answerTo = (body: unknown, about = pan) => toComplianceAnswer(readCompliance(reply(body)), about, nowMs);
const filedWith = (changes: Record<string, unknown>) =>
  answerTo({ ...documented.filed, data: { ...documented.filed.data, ...changes } });

describe("Eko's answer in our words", () => {
  it("tells of a filed return", () => {
    expect(answerTo(documented.filed)).toEqual({
      outcome: "FOUND",
      value: {
        itrFiled: true,
        standing: "COMPLIANT",
        standingLabel: "Compliant",
        filingStatus: "FILED",
        filingStatusLabel: "Filed",
        // The vendor's page equates the assessment year 2024-25 with the income of 2023-24.
        incomeYear: 2023,
        filedOn: "2024-07-25",
        acknowledgementNumber: "123456789012345",
        checkedAt: "2026-08-01T09:30:00.000Z",
      },
      provenance: { provider: "EKO", method: "REPORTED", fetchedAt: "2026-08-01T09:30:00.000Z" },
    });
  });

  it("finds that none was filed, which is not the same as finding nothing", () => {
    expect(answerTo(documented.notFiled)).toMatchObject({
      outcome: "FOUND",
      value: { itrFiled: false, standing: "NON_COMPLIANT", filingStatus: "NOT_FILED", incomeYear: 2023 },
    });
  });

  it("finds nothing under an unknown PAN", () => {
    expect(answerTo(documented.noRecord)).toMatchObject({ outcome: "ABSENT", fault: { code: "PAN_NOT_FOUND" } });
  });

  it.each([
    ["Filed", "FILED"],
    ["Not Filed", "NOT_FILED"],
    ["Under Processing", "UNDER_PROCESSING"],
    ["Defective", "DEFECTIVE"],
    ["Something new", "UNKNOWN"],
  ])("reads the filing status %s as %s", (label, filingStatus) => {
    expect(filedWith({ filing_status: label })).toMatchObject({ value: { filingStatus, filingStatusLabel: label } });
  });

  it.each([
    ["Compliant", "COMPLIANT"],
    ["Non-Compliant", "NON_COMPLIANT"],
    ["Pending", "PENDING"],
    ["Something new", "UNKNOWN"],
  ])("reads the compliance status %s as %s", (label, standing) => {
    expect(filedWith({ compliance_status: label })).toMatchObject({ value: { standing, standingLabel: label } });
  });

  it.each<[string, string, unknown]>([
    ["incomeYear", "assessment_year", "2024-26"],
    ["incomeYear", "assessment_year", "FY 2023-24"],
    ["incomeYear", "assessment_year", 2024],
    ["filedOn", "filing_date", "25/07/2024"],
    ["filedOn", "filing_date", "2024-02-30"],
    ["acknowledgementNumber", "acknowledgement_number", "12345"],
    ["acknowledgementNumber", "acknowledgement_number", 12345678901234],
  ])("leaves %s out rather than guess it from %s %j", (ours, theirs, value) => {
    expect(filedWith({ [theirs]: value })).toMatchObject({ outcome: "FOUND", value: { [ours]: undefined } });
  });
});

describe("the PAN that Eko echoes", () => {
  it("may be in small letters", () => {
    expect(filedWith({ pan_number: "abcde1234f" }).outcome).toBe("FOUND");
  });

  it.each(["ZZZPA1234C", "ABCDE1234G", "ABCDE****F"])("is not ours when it is %s", (echoed) => {
    expect(() => filedWith({ pan_number: echoed })).toThrow(
      expect.objectContaining({ code: "PROVIDER_BAD_RESPONSE" }) as Error,
    );
  });
});
