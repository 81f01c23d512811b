import { failed } from "../../src/domain/answer";
import type { Consent } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { Fault } from "../../src/kernel/fault";
import type { Answers } from "../../src/reading/question";
import { auditRecordsOf, auditedReads, type AuditedRequest } from "../../src/reading/audit";
import { provenance, startMs, statusOf } from "./gathering";

const found: Answers = [{ outcome: "FOUND", value: statusOf("held"), provenance }];
const by = { subject: "clerk", requestId: "request-1" };
const fields = ["Taxpayer.filings"];

function consentOf(letter: string): Consent {
  return {
    id: `cn_${letter}`,
    taxpayerId: `taxpayer-${letter}`,
    purpose: "KYC",
    documents: ["FILINGS"],
    incomeYears: [2024 as IncomeYear],
    startsAtMs: startMs - 1,
    expiresAtMs: startMs + 1_000,
    dataLifeDays: 1,
    mostFetches: undefined,
    grantedAtMs: startMs - 1,
    revokedAtMs: undefined,
    fetches: 1,
  };
}

function requestOf(letter: string, answers: Answers, changes: Partial<AuditedRequest> = {}): AuditedRequest {
  const consents = [consentOf(letter)];
  const shown = [{ document: "FILINGS", incomeYear: 2024 as IncomeYear, answers, consents }] as const;
  return { reads: auditedReads(shown), taxpayerId: `taxpayer-${letter}`, fields, ...changes };
}

const recordsOf = (...requests: AuditedRequest[]) => auditRecordsOf({ by }, requests, startMs);

describe("what somebody has seen", () => {
  it("is told with the consent and its purpose", () => {
    expect(recordsOf(requestOf("A", found))).toEqual([
      {
        kind: "READ",
        code: undefined,
        documents: ["FILINGS"],
        incomeYears: [2024],
        purposes: ["KYC"],
        receipts: [],
        consentIds: ["cn_A"],
        taxpayerIds: ["taxpayer-A"],
        fields,
        by,
        atMs: startMs,
      },
    ]);
  });

  it("is told once of all of whom it is the same", () => {
    expect(recordsOf(requestOf("A", found), requestOf("B", found), requestOf("A", found))).toMatchObject([
      { taxpayerIds: ["taxpayer-A", "taxpayer-B"], consentIds: ["cn_A", "cn_B"] },
    ]);
  });

  it("is told apart where other fields were selected", () => {
    const others = requestOf("B", found, { fields: ["Taxpayer.filing"] });
    expect(recordsOf(requestOf("A", found), others)).toHaveLength(2);
  });

  it("is something even where there is nothing on record", () => {
    expect(recordsOf(requestOf("A", [{ outcome: "ABSENT", provenance }]))).toMatchObject([{ kind: "READ" }]);
  });

  it("is nothing where nobody could tell", () => {
    expect(recordsOf(requestOf("A", [failed("EKO", new Fault("PROVIDER_TIMEOUT"))]))).toEqual([]);
  });

  it("is a refusal where the consent does not hold", () => {
    const refused = requestOf("A", [failed("EKO", new Fault("CONSENT_REVOKED"))]);
    expect(recordsOf(refused)).toMatchObject([{ kind: "REFUSED", code: "CONSENT_REVOKED", consentIds: [] }]);
  });
});
