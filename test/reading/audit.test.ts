import { failed } from "../../src/domain/answer";
import type { Consent } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { Fault } from "../../src/kernel/fault";
import type { Told } from "../../src/reading/question";
import { auditRecordsOf, seenIn, type Sight } from "../../src/reading/audit";
import { provenance, startMs, statusOf, taxpayer } from "./gathering";

const found: Told = [{ outcome: "FOUND", value: statusOf("held"), provenance }];
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

function sightOf(letter: string, told: Told, changes: Partial<Sight> = {}): Sight {
  const about = taxpayer(letter, { consents: [consentOf(letter)] });
  const gathered = [{ document: "FILINGS", incomeYear: 2024 as IncomeYear, told }] as const;
  return { seen: seenIn(about, gathered, startMs), taxpayerId: about.id, fields, ...changes };
}

const recordsOf = (...sights: Sight[]) => auditRecordsOf({ by }, sights, startMs);

describe("what somebody has seen", () => {
  it("is told with the consent and its purpose", () => {
    expect(recordsOf(sightOf("A", found))).toEqual([
      {
        kind: "READ",
        code: undefined,
        documents: ["FILINGS"],
        incomeYears: [2024],
        purposes: ["KYC"],
        consentIds: ["cn_A"],
        taxpayerIds: ["taxpayer-A"],
        fields,
        by,
        atMs: startMs,
      },
    ]);
  });

  it("is told once of all of whom it is the same", () => {
    expect(recordsOf(sightOf("A", found), sightOf("B", found), sightOf("A", found))).toMatchObject([
      { taxpayerIds: ["taxpayer-A", "taxpayer-B"], consentIds: ["cn_A", "cn_B"] },
    ]);
  });

  it("is told apart where other fields were selected", () => {
    const others = sightOf("B", found, { fields: ["Taxpayer.filing"] });
    expect(recordsOf(sightOf("A", found), others)).toHaveLength(2);
  });

  it("is something even where there is nothing on record", () => {
    expect(recordsOf(sightOf("A", [{ outcome: "ABSENT", provenance }]))).toMatchObject([{ kind: "READ" }]);
  });

  it("is nothing where nobody could tell", () => {
    expect(recordsOf(sightOf("A", [failed("EKO", new Fault("PROVIDER_TIMEOUT"))]))).toEqual([]);
  });

  it("is a refusal where the consent does not hold", () => {
    const refused = sightOf("A", [failed("EKO", new Fault("CONSENT_REVOKED"))]);
    expect(recordsOf(refused)).toMatchObject([{ kind: "REFUSED", code: "CONSENT_REVOKED", consentIds: [] }]);
  });
});
