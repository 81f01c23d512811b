import { consentFor, lapseOf, lapseOfAll, type Consent } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";

const nowMs = Date.UTC(2026, 7, 1);
const year = 2024 as IncomeYear;

function consent(changes: Partial<Consent> = {}): Consent {
  return {
    id: "cn_1",
    taxpayerId: "tp_1",
    purpose: "KYC",
    documents: ["PROFILE", "FILINGS"],
    incomeYears: [year],
    startsAtMs: nowMs - 1_000,
    expiresAtMs: nowMs + 1_000,
    dataLifeDays: 30,
    mostFetches: undefined,
    grantedAtMs: nowMs - 1_000,
    revokedAtMs: undefined,
    fetches: 1,
    ...changes,
  };
}

describe("a consent", () => {
  it.each([
    ["from the moment it starts", { startsAtMs: nowMs }],
    ["until the moment before it expires", { expiresAtMs: nowMs + 1 }],
  ])("holds %s", (_when, changes) => {
    expect(lapseOf(consent(changes), nowMs)).toBeUndefined();
  });

  it.each([
    ["CONSENT_REQUIRED", { startsAtMs: nowMs + 1 }],
    ["CONSENT_EXPIRED", { expiresAtMs: nowMs }],
    ["CONSENT_REVOKED", { revokedAtMs: nowMs - 1 }],
    ["CONSENT_REVOKED", { revokedAtMs: nowMs - 1, expiresAtMs: nowMs - 1 }],
  ])("does not hold: %s", (code, changes) => {
    expect(lapseOf(consent(changes), nowMs)).toMatchObject({ code });
  });

  it("covers a document of a year it names", () => {
    const given = consent();
    expect(consentFor([given], { document: "FILINGS", incomeYear: year }, nowMs)).toBe(given);
  });

  it("covers a document of no year whatever its years", () => {
    const given = consent({ incomeYears: [] });
    expect(consentFor([given], { document: "PROFILE", incomeYear: undefined }, nowMs)).toBe(given);
  });

  it.each([
    ["another document", { document: "DEMANDS", incomeYear: undefined } as const],
    ["another year", { document: "FILINGS", incomeYear: 2020 as IncomeYear } as const],
  ])("does not cover %s", (_what, asked) => {
    expect(consentFor([consent()], asked, nowMs)).toMatchObject({ code: "CONSENT_EXCEEDED" });
  });
});

describe("of several consents", () => {
  const asked = { document: "FILINGS", incomeYear: year } as const;

  it("the newest that covers is taken", () => {
    const newer = consent({ id: "cn_2", grantedAtMs: nowMs });
    expect(consentFor([consent(), newer], asked, nowMs)).toBe(newer);
  });

  it("one with fetches left is taken before a newer one without", () => {
    const left = consent({ mostFetches: 3, fetches: 2 });
    const usedUp = consent({ id: "cn_2", grantedAtMs: nowMs, mostFetches: 1 });
    expect(consentFor([left, usedUp], asked, nowMs)).toBe(left);
  });

  it("the newest that covers is taken where all are used up", () => {
    const older = consent({ mostFetches: 1 });
    const newer = consent({ id: "cn_2", grantedAtMs: nowMs, mostFetches: 1 });
    expect(consentFor([older, newer], asked, nowMs)).toBe(newer);
  });

  it("one that covers is taken before a newer one that does not", () => {
    const newer = consent({ id: "cn_2", grantedAtMs: nowMs, documents: ["PROFILE"] });
    expect(consentFor([newer, consent()], asked, nowMs)).toMatchObject({ id: "cn_1" });
  });

  it("one that does not reach so far is told before one that has lapsed", () => {
    const lapsed = consent({ expiresAtMs: nowMs });
    const narrow = consent({ grantedAtMs: nowMs - 5_000, documents: ["PROFILE"] });
    expect(consentFor([lapsed, narrow], asked, nowMs)).toMatchObject({ code: "CONSENT_EXCEEDED" });
  });

  it("the newest that has lapsed says why", () => {
    const revoked = consent({ revokedAtMs: nowMs, grantedAtMs: nowMs - 9_000 });
    const expired = consent({ expiresAtMs: nowMs });
    expect(consentFor([revoked, expired], asked, nowMs)).toMatchObject({ code: "CONSENT_EXPIRED" });
    expect(lapseOfAll([revoked, expired], nowMs)).toMatchObject({ code: "CONSENT_EXPIRED" });
  });

  it("one that holds means that they have not all lapsed", () => {
    expect(lapseOfAll([consent(), consent({ revokedAtMs: nowMs })], nowMs)).toBeUndefined();
  });

  it("none at all asks for one", () => {
    expect(consentFor([], asked, nowMs)).toMatchObject({ code: "CONSENT_REQUIRED" });
    expect(lapseOfAll([], nowMs)).toBeUndefined();
  });
});
