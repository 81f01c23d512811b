import type { Consent } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { Question } from "../../src/reading/question";
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
