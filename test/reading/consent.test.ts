import type { Consent } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { keyOf, type Question } from "../../src/reading/question";
import type { StoredAnswer, StoredTaxpayer } from "../../src/reading/ports";
import { answerTo, gathering, held, question, startMs, taxpayer } from "./gathering";

const dayMs = 86_400_000;
const incomeYear = 2024 as IncomeYear;

function consent(changes: Partial<Consent> = {}): Consent {
  return {
    id: "cn_1",
    taxpayerId: "taxpayer-A",
    purpose: "KYC",
    documents: ["FILINGS"],
    incomeYears: [incomeYear],
    startsAtMs: startMs - dayMs,
    expiresAtMs: startMs + dayMs,
    dataLifeDays: 30,
    mostFetches: undefined,
    grantedAtMs: startMs - dayMs,
    revokedAtMs: undefined,
    fetches: 1,
    ...changes,
  };
}

const provenance = { provider: "FINPASS", method: "PARSED", fetchedAt: "2025-06-15T15:06:40.000Z" };
const filings: StoredAnswer = {
  ...held(1, { outcome: "FOUND", value: [], provenance }),
  document: "FILINGS",
  provider: "FINPASS",
  period: "2024-25",
  consentId: "cn_1",
};

function who(...consents: Consent[]): StoredTaxpayer {
  return taxpayer("A", { answers: [filings, held(1)], consents });
}

function aboutFilings(of: StoredTaxpayer, year = incomeYear): Question {
  return { taxpayer: of, document: "FILINGS", incomeYear: year };
}

describe("what a login has brought", () => {
  it("is read while the consent holds", async () => {
    const { askAll, asker } = gathering();
    const asked = aboutFilings(who(consent()));
    expect(answerTo(await askAll(asker(), [asked]), asked)).toMatchObject({ outcome: "FOUND" });
  });

  it.each([
    ["CONSENT_EXPIRED", consent({ expiresAtMs: startMs })],
    ["CONSENT_REVOKED", consent({ revokedAtMs: startMs - 1 })],
    ["CONSENT_EXCEEDED", consent({ incomeYears: [2023 as IncomeYear] })],
    // It is held, and was fetched under another consent.
    ["CONSENT_EXCEEDED", consent({ documents: ["PROFILE"] })],
  ])("is refused as %s", async (code, given) => {
    const { askAll, asker } = gathering();
    const asked = aboutFilings(who(given));
    expect(answerTo(await askAll(asker(), [asked]), asked)).toMatchObject({ outcome: "FAILED", fault: { code } });
  });

  it("is read under a newer consent when the older has lapsed", async () => {
    const { askAll, asker } = gathering();
    const lapsed = consent({ expiresAtMs: startMs });
    const asked = aboutFilings(who(lapsed, consent({ id: "cn_2", grantedAtMs: startMs })));
    expect(answerTo(await askAll(asker(), [asked]), asked)).toMatchObject({ outcome: "FOUND" });
  });

  it("is not read under a consent for another purpose", async () => {
    const { askAll, asker } = gathering();
    const lapsed = consent({ expiresAtMs: startMs });
    const other = consent({ id: "cn_2", purpose: "CREDIT_UNDERWRITING", grantedAtMs: startMs });
    const asked = aboutFilings(who(lapsed, other));
    expect(answerTo(await askAll(asker(), [asked]), asked)).toEqual({ outcome: "NOT_CONNECTED", provider: "FINPASS" });
  });

  it("is not read where the consent that brought it is unknown", async () => {
    const { askAll, asker } = gathering();
    const asked = aboutFilings(who(consent({ id: "cn_2" })));
    expect(answerTo(await askAll(asker(), [asked]), asked)).toEqual({ outcome: "NOT_CONNECTED", provider: "FINPASS" });
  });

  it("is not read under a newer consent of the same purpose that does not cover its year", async () => {
    const { askAll, asker } = gathering();
    const lapsed = consent({ expiresAtMs: startMs });
    const elsewhere = consent({ id: "cn_2", incomeYears: [2023 as IncomeYear] });
    const asked = aboutFilings(who(lapsed, elsewhere));
    expect(answerTo(await askAll(asker(), [asked]), asked)).toMatchObject({ fault: { code: "CONSENT_EXCEEDED" } });
  });

  it("is audited with the consent that brought it", async () => {
    const { askAll, asker, appended } = gathering();
    const newer = consent({ id: "cn_2", purpose: "MONITORING", grantedAtMs: startMs });
    await askAll(asker(), [aboutFilings(who(consent(), newer))]);
    expect(appended).toMatchObject([["lender", { kind: "READ", consentIds: ["cn_1"], purposes: ["KYC"] }]]);
  });

  it("is audited with the consent that brought it, and not with a newer one of its purpose", async () => {
    const { askAll, asker, appended } = gathering();
    await askAll(asker(), [aboutFilings(who(consent(), consent({ id: "cn_2", grantedAtMs: startMs })))]);
    expect(appended).toMatchObject([["lender", { consentIds: ["cn_1"] }]]);
  });

  it("is audited with each of the consents that brought the answers shown", async () => {
    const { askAll, asker, appended } = gathering();
    const other = consent({ id: "cn_2", purpose: "MONITORING" });
    const answers = [filings, { ...filings, provider: "KWIKID", consentId: "cn_2" }];
    const asked = aboutFilings(taxpayer("A", { answers, consents: [consent(), other] }));
    expect((await askAll(asker(), [asked])).get(keyOf(asked))).toHaveLength(2);
    expect(appended).toMatchObject([["lender", { consentIds: ["cn_1", "cn_2"], purposes: ["KYC", "MONITORING"] }]]);
  });

  it("is audited with the living consent of its purpose when its own has lapsed", async () => {
    const { askAll, asker, appended } = gathering();
    const lapsed = consent({ expiresAtMs: startMs });
    const other = consent({ id: "cn_3", purpose: "MONITORING", grantedAtMs: startMs });
    await askAll(asker(), [aboutFilings(who(lapsed, consent({ id: "cn_2" }), other))]);
    expect(appended).toMatchObject([["lender", { kind: "READ", consentIds: ["cn_2"], purposes: ["KYC"] }]]);
  });

  it("is of its own year", async () => {
    const { askAll, asker } = gathering();
    const asked = aboutFilings(who(consent({ incomeYears: [2023 as IncomeYear] })), 2023 as IncomeYear);
    expect(answerTo(await askAll(asker(), [asked]), asked)).toEqual({ outcome: "NOT_CONNECTED", provider: "FINPASS" });
  });

  it("is not connected where no consent names it and nothing is held", async () => {
    const { askAll, asker } = gathering();
    const asked: Question = { taxpayer: who(consent()), document: "DEMANDS" };
    expect(answerTo(await askAll(asker(), [asked]), asked)).toEqual({ outcome: "NOT_CONNECTED", provider: "FINPASS" });
  });

  it("is not handed to somebody without any consent", async () => {
    const { askAll, asker } = gathering();
    const asked = aboutFilings(who());
    expect(answerTo(await askAll(asker(), [asked]), asked)).toEqual({ outcome: "NOT_CONNECTED", provider: "FINPASS" });
  });
});

describe("what needs no login", () => {
  it("needs no consent", async () => {
    const { askAll, asker } = gathering();
    const asked = question(who());
    expect(answerTo(await askAll(asker(), [asked]), asked)).toMatchObject({ outcome: "FOUND" });
  });

  it.each([
    ["CONSENT_EXPIRED", consent({ expiresAtMs: startMs })],
    ["CONSENT_REVOKED", consent({ revokedAtMs: startMs - 1 })],
  ])("is neither read nor asked for any more after %s", async (code, lapsed) => {
    const { askAll, asker, asked } = gathering();
    const put = question(who(lapsed), 0);
    expect(answerTo(await askAll(asker(), [put]), put)).toMatchObject({ outcome: "FAILED", fault: { code } });
    expect(asked).toEqual([]);
  });

  it("is read beside a consent that holds", async () => {
    const { askAll, asker } = gathering();
    const put = question(who(consent()));
    expect(answerTo(await askAll(asker(), [put]), put)).toMatchObject({ outcome: "FOUND" });
  });
});
